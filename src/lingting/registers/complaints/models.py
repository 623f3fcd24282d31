"""What can happen in the register of complaints (投诉与反馈)."""
