"""What can happen in the register of surroundings (运行环境)."""
