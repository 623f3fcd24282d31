"""Kill −9 at 200 random moments of an import, restart, finish: nothing lost, nothing twice, chain intact.

python -m benchmarks.kills [TIMES]
"""

import random
import signal
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from tests.test_kill import command, talks


def main(times: int) -> None:
    """Kill an import of 3,000 conversations again and again, each time on what the last one left; start afresh when it is done."""
    chance, finished, killed = random.Random(1), 0, 0
    while killed < times:
        with tempfile.TemporaryDirectory() as folder:
            home, path = Path(folder) / "home", Path(folder) / "talks.jsonl"
            talks(path, 3000)
            assert command(home, "migrate").wait() == 0
            for _ in range(min(8, times - killed)):
                running = command(home, "import", str(path))
                time.sleep(0.5 + 3 * chance.random())
                running.send_signal(signal.SIGKILL)
                killed += running.wait() == -signal.SIGKILL
            with sqlite3.connect(home / "lingting.sqlite3") as database:
                database.execute("UPDATE conversations_unheard SET until = NULL, tries = 0")
            assert command(home, "import", str(path)).wait() == 0
            with sqlite3.connect(home / "lingting.sqlite3") as database:
                tables = ("conversations_conversation", "conversations_said", "promises_promise", "conversations_unheard")
                counts = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
            assert counts == [3000, 12000, 3000, 0], counts
            assert command(home, "verify").wait() == 0
            finished += 1
    print(f"{killed} kills, {finished} imports finished: each with all 3,000 conversations once, and a chain that verifies")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
