"""The word lists of tables.yaml, read once."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def words(table: str) -> frozenset[str]:
    """Return one list as a set."""
    return frozenset(_tables()[table].split())


@cache
def _tables() -> dict[str, str]:
    tables: dict[str, str] = yaml.safe_load(files("lingting.inspection.personal").joinpath("tables.yaml").read_text(encoding="utf-8"))
    return tables
