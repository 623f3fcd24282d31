"""What can happen in the register of contingencies (应急)."""
