"""What can happen in the register of audits (审核与评审)."""
