"""What we do with direction (策划与领导)."""
