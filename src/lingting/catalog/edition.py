"""Editions (版本): which text of the standard is in force on a day, and at which stage each stands; a new one is a line in editions.yaml, not code."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, model_validator

from lingting.catalog.load import HERE, BadCatalog, CatalogError, line_of, read_file
from lingting.catalog.model import Part, Text, Words

Stage = Literal["CD", "DIS", "FDIS", "IS", "Amd", "GB-T"]
"""How far a text has come: drafts (CD, DIS, FDIS), an international standard, an amendment, a national standard of China."""


class Span(Part):
    """Days from the first to the last, both included; without a last one it goes on."""

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _forward(self) -> "Span":
        if self.last is not None and self.last < self.first:
            raise ValueError("it ends before it begins")
        return self

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)


class Standard(Part):
    """One text: an edition, an amendment to one, or a national edition that is identical with one.

    `known` says whether its text is known here or only reported; what is only reported is never in force.
    """

    id: Words
    name: Words
    stage: Stage
    known: Literal["published", "reported"]
    published: date
    in_force: Span | None = None
    supersedes: Words | None = None
    amends: Words | None = None
    adopts: Words | None = None
    note: Text | None = None

    @property
    def is_edition(self) -> bool:
        """Tell whether it is a whole edition of its own."""
        return self.amends is None and self.adopts is None

    @model_validator(mode="after")
    def _known(self) -> "Standard":
        if self.known == "reported" and self.in_force is not None:
            raise ValueError("what is only reported cannot be in force here")
        return self


class Shelf(Part):
    """The file of editions."""

    editions: Annotated[tuple[Standard, ...], Field(min_length=1)]


def editions(path: Path = HERE / "editions.yaml") -> tuple[tuple[Standard, ...], tuple[CatalogError, ...]]:
    """Read the editions; every mistake is returned with its line: a name that leads nowhere, two editions in force at once."""
    errors: list[CatalogError] = []
    shelf, node = read_file(path, Shelf, errors)
    if shelf is None or node is None:
        return (), tuple(sorted(errors))
    names: set[str] = {one.id for one in shelf.editions}
    whole: list[Standard] = []
    for place, one in enumerate(shelf.editions):
        for field in ("supersedes", "amends", "adopts"):
            named = getattr(one, field)
            if named is not None and (named not in names or named == one.id):
                errors.append(_wrong(path, node, place, field, f"There is no other edition {named}.", "Name one of this file."))
        if one.in_force is not None and one.is_edition:
            errors += [
                _wrong(path, node, place, "in_force", f"{one.name} is in force together with {other.name}.", "End the one the day before the other.")
                for other in whole
                if other.in_force is not None and _overlap(other.in_force, one.in_force)
            ]
            whole.append(one)
    return shelf.editions, tuple(sorted(errors))


def _wrong(path: Path, node: yaml.Node, place: int, field: str, message: str, remedy: str) -> CatalogError:
    return CatalogError(str(path), line_of(node, ("editions", place, field)), message, remedy)


def _overlap(one: Span, other: Span) -> bool:
    return one.holds(other.first) or other.holds(one.first)


@cache
def read() -> tuple[Standard, ...]:
    """Return the editions that come with Lingting."""
    found, errors = editions()
    if errors:
        raise BadCatalog("\n".join(map(str, errors)))
    return found


def in_force(day: date, *, among: tuple[Standard, ...] | None = None) -> tuple[Standard, ...]:
    """Return the edition in force on a day and then its amendments, oldest first; nothing where no edition was."""
    shelf = read() if among is None else among
    whole = next((one for one in shelf if one.is_edition and one.in_force is not None and one.in_force.holds(day)), None)
    if whole is None:
        return ()
    amendments = [one for one in shelf if one.amends == whole.id and one.in_force is not None and one.in_force.holds(day)]
    return (whole, *sorted(amendments, key=lambda one: one.published))


def stamp(day: date, *, among: tuple[Standard, ...] | None = None) -> str:
    """Return the words that evidence of a day is stamped with.

    >>> stamp(date(2024, 2, 22)), stamp(date(2024, 2, 23))
    ('ISO 9001:2015', 'ISO 9001:2015 + Amd 1:2024')
    """
    whole, *amendments = in_force(day, among=among) or (None,)
    if whole is None:
        return "—"
    return " + ".join([whole.name, *(one.name.removeprefix(f"{whole.name}/") for one in amendments)])
