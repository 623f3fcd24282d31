"""Channels tried as a customer would try them (试通)."""
