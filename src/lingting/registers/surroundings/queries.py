"""What is true of surroundings (运行环境) as of a moment."""
