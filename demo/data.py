"""The demo's data files, read once, and draws that are the same every time."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

HERE = Path(__file__).parent


@cache
def read(name: str) -> Any:
    """What demo/NAME.yaml holds, `read("firm/customers")` for example."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def draws(*about: object) -> Random:
    """Draws for one purpose: the same purpose always draws the same, whatever else is drawn."""
    return Random("/".join(str(part) for part in (read("firm/firm")["seed"], *about)))  # noqa: S311  # nothing secret


def moment(words: str) -> datetime:
    """A time of the data files."""
    return datetime.fromisoformat(words)


def day(words: str) -> date:
    """A day of the data files."""
    return date.fromisoformat(words)


@cache
def zone() -> Any:
    """The firm's time zone, as its clock writes it."""
    return moment(read("firm/firm")["clock"]).tzinfo


def at(on: date, minutes: float) -> datetime:
    """The time so many minutes after the beginning of a day, in the firm's zone."""
    return datetime(on.year, on.month, on.day, tzinfo=zone()) + timedelta(minutes=minutes)
