"""A second fictional firm in another trade: three weeks of a bank branch, whose norms, templates and thresholds are data."""
