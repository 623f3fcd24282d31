"""`python -m benchmarks.demo`: how long one waits from `lingting demo` to the first page – where the firm is brought in first, and where it stands ready."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
TIMES = 3
"""Starts on a prepared machine, after the one that prepares it."""

MOST = 15
"""Seconds to the first page on a prepared machine."""


def first_page(home: str) -> float:
    """Start the demonstration in a home, wait until a page comes, stop it, and return the seconds of waiting."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "lingting.cli", "demo", "--port", "0"]
    env = {name: words for name, words in os.environ.items() if not name.startswith("LINGTING_")} | {"LINGTING_HOME": home}
    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        try:
            address = next(found[0] for line in running.stdout or () if (found := re.search(r"http://[\w.:]+", line)))
            while True:
                try:
                    urlopen(f"{address}/sign-in", timeout=5).close()  # noqa: S310  # our own server
                except OSError:
                    time.sleep(0.05)
                else:
                    return time.perf_counter() - began
        finally:
            running.terminate()


def main() -> None:
    """Prepare a home, start on it again, and print how long each took."""
    with tempfile.TemporaryDirectory(prefix="lingting-bench-") as home:
        first, *again = [first_page(home) for _ in range(TIMES + 1)]
    prepared = ", ".join(f"{one:.1f}" for one in again)
    print(f"-- from the command to the first page: {first:.1f} s with the firm brought in first; prepared {prepared} s (target {MOST})")


if __name__ == "__main__":
    main()
