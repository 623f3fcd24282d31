"""What is true of audits (审核与评审) as of a moment."""
