"""Complaints and feedback (投诉与反馈): what customers say about us, what we do about it, and surveys."""
