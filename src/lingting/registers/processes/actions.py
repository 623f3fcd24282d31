"""What we do with processes (过程)."""
