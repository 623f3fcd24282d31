"""What is true of suppliers (外部供方) as of a moment."""
