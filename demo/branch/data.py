"""The branch's data files, and draws that are the same every time."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

HERE = Path(__file__).parent


@cache
def read(name: str) -> Any:
    """What demo/branch/NAME.yaml holds."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def draws(*about: object) -> Random:
    """Draws for one purpose: the same purpose always draws the same, whatever else is drawn."""
    return Random("/".join(str(part) for part in (read("firm")["seed"], *about)))  # noqa: S311  # nothing secret


def clock() -> datetime:
    """What time it is in the branch."""
    return datetime.fromisoformat(read("firm")["clock"])


@cache
def open_days() -> tuple[date, ...]:
    """The days of the three weeks on which the branch is open."""
    firm = read("firm")
    first, last = (date.fromisoformat(firm[name]) for name in ("begin", "end"))
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return tuple(day for day in days if day.isoformat() not in firm["closed"])
