"""An intake (受理): what is asked of a customer one by one, read back and confirmed; the shape of catalog/intake.yaml."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from lingting.catalog.load import HERE, BadCatalog, CatalogError, read_file
from lingting.catalog.model import Part, Source, Words
from lingting.catalog.norm import Patterns


class Slot(Part):
    """One thing that is asked: what it is called, and how its value is compared – digits exactly, words by what they are made of."""

    name: Words
    zh: Words
    en: Words
    kind: Literal["digits", "words"]
    label: Patterns
    but: Patterns = ()


class Intake(Part):
    """What an intake asks for, and the words by which its steps are known."""

    id: Words
    source: Source
    provenance: tuple[str, ...] = ()
    announced: Patterns
    permission: Patterns
    confirming: Patterns
    yes: Patterns
    no: Patterns
    refusal: Patterns
    asking: Patterns
    slots: Annotated[tuple[Slot, ...], Field(min_length=2)]


@cache
def read_intake(path: Path = HERE / "intake.yaml") -> Intake:
    """Return the intake that comes with Lingting, or an organisation's own."""
    errors: list[CatalogError] = []
    intake, _ = read_file(path, Intake, errors)
    if intake is None:
        raise BadCatalog("\n".join(map(str, errors)))
    return intake
