"""Recordings (录音): sound becomes turns with their times."""
