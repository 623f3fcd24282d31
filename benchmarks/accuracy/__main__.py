"""python -m benchmarks.accuracy: all sets, one table."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # the machine is shared

from benchmarks.accuracy import abuse, acts, intent, politeness, satisfaction
from benchmarks.accuracy.figures import show

if __name__ == "__main__":
    show([satisfaction.measured, abuse.measured, acts.measured, politeness.measured, intent.measured])
