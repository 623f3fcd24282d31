"""A lesson (课): what cannot be counted and must be taught – short, in both languages, with what to avoid, what to do instead, and why."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from lingting.catalog.load import HERE, BadCatalog, CatalogError, line_of, read_file
from lingting.catalog.model import Part, Text

Module = Literal["basics", "listening", "asking", "communicating", "language"]

MODULES: dict[str, tuple[str, str]] = {
    "basics": ("与顾客沟通的基础", "The ground of talking with customers"),
    "listening": ("倾听", "Listening"),
    "asking": ("提问", "Asking"),
    "communicating": ("怎样沟通", "How to communicate"),
    "language": ("沟通的语言", "The language of it"),
}
"""The five modules of the course, in order."""


class Pair(Part):
    """What to avoid, what to do instead, and why."""

    bad: Text
    good: Text
    why: Text


class Claim(Text):
    """A figure that the source documents state and nobody has shown: a claim without a source, never a fact."""

    figure: Annotated[str, StringConstraints(min_length=1)]


class Lesson(Part):
    """One lesson; `teaches` are the requirement items it belongs to, `gap` says where the source names a thing and does not give it."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
    version: Annotated[int, Field(ge=1)]
    module: Module
    place: Annotated[int, Field(ge=1)]
    title: Text
    source: Literal["seed", "house"]
    teaches: tuple[Annotated[str, StringConstraints(pattern=r"^S-[A-Z0-9]+-\d{2}$")], ...] = ()
    points: Annotated[tuple[Text, ...], Field(min_length=1, max_length=8)]
    pairs: Annotated[tuple[Pair, ...], Field(min_length=1)]
    claims: tuple[Claim, ...] = ()
    gap: Text | None = None


def lessons(folder: Path = HERE / "lessons") -> tuple[tuple[Lesson, ...], tuple[CatalogError, ...]]:
    """Read a folder of lessons in the order of the course; every mistake is returned with its file and line."""
    errors: list[CatalogError] = []
    found: list[Lesson] = []
    for path in sorted(folder.glob("*.yaml")):
        lesson, node = read_file(path, Lesson, errors)
        if lesson is None or node is None:
            continue
        if lesson.id != path.stem:
            errors.append(CatalogError(str(path), line_of(node, ("id",)), f"The file of {lesson.id} bears another name.", f"Call it {lesson.id}.yaml."))
        if (lesson.module, lesson.place) in {(one.module, one.place) for one in found}:
            line = line_of(node, ("place",))
            errors.append(CatalogError(str(path), line, f"Place {lesson.place} of {lesson.module} is taken.", "Give it a place of its own."))
        found.append(lesson)
    order = list(MODULES)
    return tuple(sorted(found, key=lambda one: (order.index(one.module), one.place))), tuple(sorted(errors))


@cache
def read() -> tuple[Lesson, ...]:
    """Return the lessons that come with Lingting."""
    found, errors = lessons()
    if errors:
        raise BadCatalog("\n".join(map(str, errors)))
    return found
