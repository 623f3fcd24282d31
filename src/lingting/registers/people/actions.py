"""What we do with people (人员)."""
