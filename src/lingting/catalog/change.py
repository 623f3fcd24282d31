"""Maps (对照) between editions: clause to clause, tagged new, reworded, same, moved or removed; and what is reported of an edition whose text was not read."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, model_validator

from lingting.catalog.load import HERE, BadCatalog, CatalogError, line_of, read_file
from lingting.catalog.load import read as read_clauses
from lingting.catalog.model import Part, Text, Words

Tag = Literal["new", "reworded", "same", "moved", "removed"]
TAGS: tuple[Tag, ...] = ("new", "reworded", "moved", "same", "removed")


class ItemChange(Part):
    """How one numbered item of a requirement came about."""

    item: Words
    tag: Tag


class Counts(Part):
    """How many items a clause had and has."""

    older: Annotated[int, Field(ge=0)]
    newer: Annotated[int, Field(ge=0)]


class Row(Part):
    """One line of a map: clauses of the older edition, clauses of the newer one, and how they relate."""

    older: tuple[Words, ...] = ()
    newer: tuple[Words, ...] = ()
    tag: Tag
    items: tuple[ItemChange, ...] = ()
    counts: Counts | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _ends(self) -> "Row":
        if (self.tag == "removed") == bool(self.newer):
            raise ValueError("what is removed has no newer clause, and everything else has one")
        if self.tag != "new" and not self.older:
            raise ValueError(f"what is {self.tag} names the older clause")
        if self.tag == "removed" and self.note is None:
            raise ValueError("say in a note what was removed")
        return self


class Map(Part):
    """How the clauses of two editions correspond; `known` says whether both texts are known or the newer is only reported."""

    older: Words
    newer: Words
    known: Literal["published", "reported"]
    notice: Text
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]

    def row(self, number: str) -> Row | None:
        """Return the line of a clause of the newer edition."""
        return next((row for row in self.rows if number in row.newer), None)

    def onward(self, number: str) -> tuple[Row, ...]:
        """Return the lines that lead on from a clause of the older edition."""
        return tuple(row for row in self.rows if number in row.older)

    def tags(self) -> dict[Tag, int]:
        """Return how many lines bear each tag."""
        counted = Counter(row.tag for row in self.rows)
        return {tag: counted[tag] for tag in TAGS if counted[tag]}


class Need(Text):
    """Evidence that a reported requirement would take and that no register keeps."""


class Report(Text):
    """One reported change, in our own words: who says so, which checks of today carry over, and what does not exist yet.

    `unclear` marks a report that does not say what is asked, so that nobody can say what evidence it would take.
    """

    id: Words
    tag: Literal["new", "reworded", "moved"]
    sources: Annotated[tuple[Words, ...], Field(min_length=1)]
    carries: tuple[Words, ...] = ()
    needs: tuple[Need, ...] = ()
    unclear: bool = False


class Reported(Part):
    """A clause of an edition whose text was not read: only what is reported of it."""

    number: Words
    title: Text | None = None
    reports: Annotated[tuple[Report, ...], Field(min_length=1)]


class Event(Text):
    """Something reported to have happened, or to come, on a day."""

    day: date
    sources: Annotated[tuple[Words, ...], Field(min_length=1)]


class Unread(Part):
    """An edition whose text was not read: what is said of it, and by whom."""

    id: Words
    standard: Words
    status: Text
    clauses: int
    sources: Annotated[Mapping[str, Text], Field(min_length=1)]
    history: tuple[Event, ...]
    transition: tuple[Event, ...]
    unsupported: Text


class Outlook(Part):
    """An edition that is only reported, with its clauses that are said to change."""

    edition: Unread
    reported: tuple[Reported, ...]

    def clause(self, number: str) -> Reported | None:
        """Return what is reported of a clause; nothing where nothing is."""
        return next((one for one in self.reported if one.number == number), None)


def outlook(folder: Path = HERE / "iso9001_2026") -> tuple[Outlook | None, tuple[CatalogError, ...]]:
    """Read a reported edition: `edition.yaml` and one file for each clause that is said to change."""
    errors: list[CatalogError] = []
    edition, _ = read_file(folder / "edition.yaml", Unread, errors)
    known = set(read_clauses().checks)
    found: list[Reported] = []
    for path in sorted(folder.glob("*.yaml"), key=lambda path: _order(path.stem)):
        if path.name == "edition.yaml":
            continue
        one, node = read_file(path, Reported, errors)
        if one is None or node is None:
            continue
        found.append(one)
        if one.number != path.stem:
            errors.append(CatalogError(str(path), line_of(node, ("number",)), f"The file of {one.number} bears another name.", f"Call it {one.number}.yaml."))
        errors += [
            CatalogError(str(path), line_of(node, ("reports", place, field)), f"{report.id}: there is no {what} {name}.", "Name one that is there.")
            for place, report in enumerate(one.reports)
            for field, what, names, there in (
                ("sources", "source", report.sources, set(edition.sources) if edition else set(report.sources)),
                ("carries", "check", report.carries, known),
            )
            for name in names
            if name not in there
        ]
    if errors or edition is None:
        return None, tuple(sorted(errors))
    return Outlook(edition=edition, reported=tuple(found)), ()


def maps(folder: Path = HERE / "maps") -> tuple[tuple[Map, ...], tuple[CatalogError, ...]]:
    """Read every map of a folder; a clause of the newer edition stands in one line only, and an item that is named exists."""
    errors: list[CatalogError] = []
    found: list[Map] = []
    for path in sorted(folder.glob("*.yaml")):
        one, node = read_file(path, Map, errors)
        if one is not None and node is not None:
            found.append(one)
            errors += _mistakes(path, one, node)
    return tuple(found), tuple(sorted(errors))


def _mistakes(path: Path, one: Map, node: yaml.Node) -> Iterator[CatalogError]:
    """Yield what is wrong with the lines of a map, and what is missing from it."""
    book = read_clauses()
    ours = book.edition.edition["id"]
    numbers = {clause.number for clause in book.clauses if clause.assessable}
    items = {item.id for clause in book.clauses if clause.requirement for item in clause.requirement.items}
    seen: set[str] = set()
    for place, row in enumerate(one.rows):
        at = ("rows", place)
        strangers = [(side, number) for side in ("older", "newer") if getattr(one, side) == ours for number in getattr(row, side) if number not in numbers]
        for side, number in strangers:
            yield CatalogError(str(path), line_of(node, (*at, side)), f"{ours} has no clause {number}.", "Name one of its clauses.")
        for number in seen.intersection(row.newer):
            yield CatalogError(str(path), line_of(node, (*at, "newer")), f"{number} stands in two lines.", "Keep one of them.")
        seen.update(row.newer)
        lost = [(step, change.item) for step, change in enumerate(row.items) if one.newer == ours and change.item not in items]
        for step, item in lost:
            yield CatalogError(str(path), line_of(node, (*at, "items", step)), f"There is no item {item}.", "Name an item of the newer clause.")
    for number in _absent(one, ours, numbers, {leaf.number for leaf in book.leaves()}):
        yield CatalogError(str(path), line_of(node, ("rows",)), f"{number} is not in the map.", "Add its line.")


def _absent(one: Map, ours: str, numbers: set[str], leaves: set[str]) -> list[str]:
    """Return our clauses that a map forgets: all of them where ours is the newer edition, terms apart where it is the older."""
    newer = numbers - {number for row in one.rows for number in row.newer} if one.newer == ours else set()
    older = leaves - {number for row in one.rows for number in row.older} if one.older == ours else set()
    return sorted(newer | older, key=_order)


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdigit())


@cache
def read_maps() -> Mapping[str, Map]:
    """Return the maps that come with Lingting, by the years they join (`2008-2015`)."""
    found, errors = maps()
    if errors:
        raise BadCatalog("\n".join(map(str, errors)))
    return {f"{one.older.rpartition('-')[2]}-{one.newer.rpartition('-')[2]}": one for one in found}


@cache
def read_outlook() -> Outlook:
    """Return what is reported of the next edition."""
    found, errors = outlook()
    if found is None:
        raise BadCatalog("\n".join(map(str, errors)))
    return found
