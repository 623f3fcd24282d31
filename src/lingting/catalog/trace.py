"""The trace (追踪): for each requirement item where it is shown – norm, check, kind of record, page, lesson – or, openly, that it is not shown yet."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, StringConstraints, model_validator

from lingting.catalog import lesson
from lingting.catalog.load import HERE, BadCatalog, CatalogError, line_of, norms, read_file
from lingting.catalog.load import read as read_clauses
from lingting.catalog.model import Part, Text, Words

Kind = Literal["C", "R", "W", "K"]
"""What an item asks for: C something computed, R a record that is held, W work with its steps and times, K knowledge that is taught."""

RecordKind = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z_-]+$")]
"""A register and one of its kinds of records: `suppliers.evaluated`."""


class Open(Text):
    """Why an item is not shown yet, and the kinds of records that will show it."""

    planned: tuple[RecordKind, ...] = ()


class Place(Part):
    """One place where an item is shown; exactly one of its shapes is given."""

    norm: Words | None = None
    check: Words | None = None
    record: RecordKind | None = None
    page: Words | None = None
    lesson: Words | None = None
    open: Open | None = None

    @model_validator(mode="after")
    def _one(self) -> "Place":
        if len(self.model_fields_set) != 1:
            raise ValueError("a place is one of norm, check, record, page, lesson, open")
        return self

    @property
    def shape(self) -> str:
        """Return which shape it has."""
        return next(iter(self.model_fields_set))

    @property
    def name(self) -> str:
        """Return what it names; nothing where it says that nothing is there yet."""
        value = getattr(self, self.shape)
        return value if isinstance(value, str) else ""


class Demand(Text):
    """A requirement item (要求项) in our own words, and where it is shown; without a place or an open word about it, it is a mistake."""

    id: Annotated[str, StringConstraints(pattern=r"^S-[A-Z0-9]+-\d{2}$")]
    kind: Kind
    shown_by: Annotated[tuple[Place, ...], Field(min_length=1)]

    @property
    def places(self) -> tuple[Place, ...]:
        """Return where it is shown today."""
        return tuple(place for place in self.shown_by if place.shape != "open")

    @property
    def gaps(self) -> tuple[Open, ...]:
        """Return what is openly missing."""
        return tuple(place.open for place in self.shown_by if place.open is not None)


class Group(Text):
    """A group of items: one theme of the source documents, one file."""

    group: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+$")]
    items: Annotated[tuple[Demand, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _own(self) -> "Group":
        strangers = [item.id for item in self.items if not item.id.startswith(f"S-{self.group}-")]
        if strangers:
            raise ValueError(f"{', '.join(strangers)} belong to another group")
        return self


ORDER = ("META", "821", "LISTEN", "841", "SVC", "STAFF", "715", "HOT", "842", "855", "714", "323", "MOT", "INT", "BANK", "442", "TALK")
"""The groups in the order of the source documents."""


def requirements(folder: Path = HERE / "requirements") -> tuple[tuple[Group, ...], tuple[CatalogError, ...]]:
    """Read the trace; what it names of the catalog (norms, checks, lessons) must be there. Pages and kinds of records are known further up."""
    errors: list[CatalogError] = []
    known = {
        "norm": {norm.id for norm in norms()[0]},
        "check": set(read_clauses().checks),
        "lesson": {one.id for one in lesson.lessons()[0]},
    }
    found: dict[str, Group] = {}
    seen: set[str] = set()
    for path in sorted(folder.glob("*.yaml")):
        group, node = read_file(path, Group, errors)
        if group is None or node is None:
            continue
        found[group.group] = group
        if group.group != path.stem:
            errors.append(CatalogError(str(path), line_of(node, ("group",)), f"The file of {group.group} bears another name.", f"Call it {group.group}.yaml."))
        errors += _mistakes(path, group, node, known, seen)
    ordered = sorted(found.values(), key=lambda group: (ORDER.index(group.group) if group.group in ORDER else len(ORDER), group.group))
    return tuple(ordered), tuple(sorted(errors))


def _mistakes(path: Path, group: Group, node: yaml.Node, known: dict[str, set[str]], seen: set[str]) -> list[CatalogError]:
    errors = []
    for place, item in enumerate(group.items):
        if item.id in seen:
            errors.append(CatalogError(str(path), line_of(node, ("items", place, "id")), f"{item.id} stands twice.", "Keep one of the two."))
        seen.add(item.id)
        for step, one in enumerate(item.shown_by):
            if one.shape in known and one.name not in known[one.shape]:
                line = line_of(node, ("items", place, "shown_by", step))
                errors.append(
                    CatalogError(str(path), line, f"{item.id}: there is no {one.shape} {one.name}.", "Name one of the catalog, or say openly what is missing.")
                )
    return errors


@cache
def read() -> tuple[Group, ...]:
    """Return the trace that comes with Lingting."""
    found, errors = requirements()
    if errors:
        raise BadCatalog("\n".join(map(str, errors)))
    return found
