"""Deliveries (交付): what was shipped and where it is, and what is owed after it arrived."""
