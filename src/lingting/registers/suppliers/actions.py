"""What we do with suppliers (外部供方)."""
