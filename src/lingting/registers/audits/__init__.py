"""Audits and reviews (审核与评审): programme, audits, findings and management reviews."""
