"""What we do with audits (审核与评审)."""
