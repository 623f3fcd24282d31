"""What we do with complaints (投诉与反馈)."""
