"""Bulk listening (批量): files of any size, a batch of whole conversations at a time, on one machine or on many."""
