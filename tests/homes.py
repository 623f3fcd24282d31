"""Homes of processes that tests start: each its own in everything but the compiled norms, which are the same for all and take half a minute to make."""

import os
from pathlib import Path

from lingting.site.options import PACKS, packs


def with_packs(home: Path) -> Path:
    """Return a home, made if need be, in which the compiled norms lie already."""
    home.mkdir(parents=True, exist_ok=True)
    (home / PACKS).symlink_to(packs(os.environ).resolve(), target_is_directory=True)
    return home


def environment(home: Path) -> dict[str, str]:
    """Return the outer environment without settings of ours but the home."""
    return {name: words for name, words in os.environ.items() if not name.startswith("LINGTING_")} | {"LINGTING_HOME": str(home)}
