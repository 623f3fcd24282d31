"""Figures (统计): one place for every rate, interval, limit and plan; pure functions of numbers. Unknown is None, never 0 and never 1."""
