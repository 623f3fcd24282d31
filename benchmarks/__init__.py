"""What Lingting costs: runnable, with ratios in one run."""
