"""What is true of direction (策划与领导) as of a moment."""
