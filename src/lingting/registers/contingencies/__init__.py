"""Contingencies (应急): what may go badly wrong, what is then done and said, drills and real events."""
