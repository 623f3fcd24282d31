"""The gold set (金标集): conversations written by hand in which people marked what a good listener hears; docs/labelling.md is the guide."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, RootModel, StringConstraints

from lingting.catalog.load import HERE, BadCatalog, CatalogError, read_file
from lingting.catalog.model import Part, Words

Half = Literal["development", "test"]


class Labelled(Part):
    """One labelled conversation; `text` holds its turns, with ⟦norm|words⟧ around what was marked and ⟦?norm|words⟧ where people would differ."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}-[a-z]+-\d{3}$")]
    channel: Literal["phone", "chat", "mail", "form", "portal", "survey", "face-to-face"] = "chat"
    at: Words = "2026-03-11T14:30:00+08:00"
    ended: bool = False
    meta: Mapping[str, Any] = {}
    note: Words
    text: Words

    @property
    def language(self) -> str:
        """Return the language it is spoken in."""
        return self.id[:2]

    @property
    def trade(self) -> str:
        """Return the trade it comes from."""
        return self.id.split("-")[1]


class Labels(RootModel[Annotated[tuple[Labelled, ...], Field(min_length=1)]]):
    """A file of labelled conversations."""


def gold(folder: Path = HERE / "gold", half: Half | None = None) -> tuple[tuple[Labelled, ...], tuple[CatalogError, ...]]:
    """Read a gold set: files named LANGUAGE/TRADE.HALF.yaml; every mistake is returned, an id that stands twice is one."""
    errors: list[CatalogError] = []
    found: dict[str, Labelled] = {}
    for path in sorted(folder.glob(f"*/*.{half or '*'}.yaml")):
        labels, _ = read_file(path, Labels, errors)
        for labelled in labels.root if labels else ():
            if labelled.id in found:
                errors.append(CatalogError(str(path), 0, f"{labelled.id} stands twice in the gold set.", "Give it a number of its own."))
            found[labelled.id] = labelled
    return tuple(found.values()), tuple(sorted(errors))


@cache
def read_gold(half: Half | None = None) -> tuple[Labelled, ...]:
    """Return the gold set that comes with Lingting, or one half of it."""
    found, errors = gold(half=half)
    if errors:
        raise BadCatalog("\n".join(map(str, errors)))
    return found


def fingerprint(labelled: tuple[Labelled, ...]) -> str:
    """Return the hash that names exactly these conversations and labels."""
    told = "\n".join(one.model_dump_json() for one in sorted(labelled, key=lambda one: one.id))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
