"""What we do with contingencies (应急)."""
