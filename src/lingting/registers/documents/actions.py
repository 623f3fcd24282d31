"""What we do with documents (成文信息)."""
