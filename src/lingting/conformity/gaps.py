"""Gaps (缺口): checks of which one or two failing are something still to be done – a gap, overdue, a review due – and no nonconformity by themselves."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import RootModel

from lingting.catalog.load import BadCatalog, CatalogError, read_file
from lingting.catalog.model import Part, Text


class Gap(Part):
    """What is still to be done where a check fails, and why that alone is no nonconformity."""

    sort: Literal["gap", "overdue", "review"]
    why: Text


class File(RootModel[dict[str, Gap]]):
    """The gaps by the id of their check."""


NAMES = {"gap": ("缺口", "A gap"), "overdue": ("逾期", "Overdue"), "review": ("待评审", "Review due")}
"""What the sorts are called, in Chinese and in English."""


@cache
def gaps() -> dict[str, Gap]:
    """Read `gaps.yaml`."""
    errors: list[CatalogError] = []
    read, _ = read_file(Path(__file__).with_name("gaps.yaml"), File, errors)
    if read is None:
        raise BadCatalog("\n".join(map(str, errors)))
    return read.root
