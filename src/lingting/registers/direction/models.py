"""What can happen in the register of direction (策划与领导)."""
