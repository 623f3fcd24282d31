"""Promises (承诺): what we told a customer we would do, by when, and whether we did."""
