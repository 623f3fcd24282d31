"""An import that is killed at any moment: nothing is lost, nothing is there twice, the chain is intact."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from tests.homes import environment, with_packs

ROOT = Path(__file__).parents[1]
KILLS = 5
"""A few here; the benchmark does two hundred."""


def talks(path: Path, count: int) -> None:
    """Write conversations of four messages each."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            messages = [
                {"id": str(place), "at": f"2026-07-20T10:{place:02}:00+08:00", "role": "agent" if place % 2 else "customer", "text": text}
                for place, text in enumerate(["在吗", "您好，请问有什么可以帮您？", "查单", "我今天下午五点前给您回电话。"])
            ]
            file.write(json.dumps({"id": f"K-{number}", "channel": "chat", "messages": messages}, ensure_ascii=False) + "\n")


def command(home: Path, *words: str) -> subprocess.Popen[bytes]:
    words = (sys.executable, "-m", "lingting.cli", *words)
    return subprocess.Popen(words, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)


def test_an_import_killed_again_and_again_is_finished_by_the_last_one(tmp_path: Path) -> None:
    chance, home, path = random.Random(9), with_packs(tmp_path / "home"), tmp_path / "talks.jsonl"
    talks(path, 3000)
    assert command(home, "migrate").wait() == 0
    for _ in range(KILLS):
        running = command(home, "import", str(path))
        time.sleep(0.7 + 2 * chance.random())
        running.send_signal(signal.SIGKILL)
        running.wait()
    with sqlite3.connect(home / "lingting.sqlite3") as database:
        database.execute("UPDATE conversations_unheard SET until = NULL, tries = 0")  # as if the dead workers' minute were over
    assert command(home, "import", str(path)).wait() == 0
    with sqlite3.connect(home / "lingting.sqlite3") as database:
        counts = [
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("conversations_conversation", "conversations_said", "promises_promise")
        ]
        assert counts == [3000, 12000, 3000]
        assert database.execute("SELECT count(*) FROM conversations_unheard").fetchone()[0] == 0
    assert command(home, "verify").wait() == 0
