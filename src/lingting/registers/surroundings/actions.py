"""What we do with surroundings (运行环境)."""
