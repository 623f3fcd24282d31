"""What is true of contingencies (应急) as of a moment."""
