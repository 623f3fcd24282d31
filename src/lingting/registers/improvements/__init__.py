"""Improvements (改进): nonconformities, what was done about them, and whether it worked."""
