"""The fictional firm brought in once, for whoever asks about it: whoever comes first prepares the home, others wait for that."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.homes import environment, with_packs

from lingting.cli.demo import fingerprint

ROOT = Path(__file__).parents[1]
LONGEST = 600
"""Seconds that another process may need to prepare the home."""


def brought_in(base: Path) -> Path:
    """Return the folder that holds the firm's home, `demo`, and what it says of itself, `told.json`."""
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "firm"
    try:
        shared.mkdir()
    except FileExistsError:
        _wait(shared / "told.json")
        return shared
    env = environment(shared)
    with_packs(shared / "demo")
    subprocess.run([sys.executable, "-m", "lingting.cli", "demo", "--no-serve"], env=env, cwd=ROOT, check=True, capture_output=True)
    said = subprocess.run([sys.executable, "-m", "demo.ask", str(shared / "demo")], env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    (shared / "told.tmp").write_text(said.stdout, encoding="utf-8")
    (shared / "told.tmp").rename(shared / "told.json")
    return shared


def at_hand() -> Path | None:
    """Return a home named in LINGTING_FIRM that holds the firm as it is now, as `make demo` leaves it."""
    home = Path(os.environ.get("LINGTING_FIRM") or "nowhere")
    mark = home / "prepared"
    return home if mark.exists() and mark.read_text(encoding="utf-8") == fingerprint() else None


def _wait(path: Path) -> None:
    for _ in range(LONGEST):
        if path.exists():
            return
        time.sleep(1)
    pytest.fail(f"{path} was not prepared.")
