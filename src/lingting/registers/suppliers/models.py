"""What can happen in the register of suppliers (外部供方)."""
