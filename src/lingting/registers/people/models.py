"""What can happen in the register of people (人员)."""
