"""An intake (受理): what is asked of a customer one by one, read back and confirmed; the shape of the files in catalog/intakes/, one for each trade."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from lingting.catalog.listening import Patterns
from lingting.catalog.load import HERE, BadCatalog, CatalogError, read_file
from lingting.catalog.model import Part, Source, Words


class Slot(Part):
    """One thing that is asked: what it is called, and how its value is compared – digits exactly, words by what they are made of."""

    name: Words
    zh: Words
    en: Words
    kind: Literal["digits", "words"]
    label: Patterns
    but: Patterns = ()


class Intake(Part):
    """What an intake asks for, the customer's words that call for it (`occasion`), and the words by which its steps are known.

    A contact that is recorded under one of `otherwise` as its reason is no intake, whatever is asked in it; a sentence with words of `identity` proves who
    somebody is and takes nothing down.
    """

    id: Words
    source: Source
    provenance: tuple[str, ...] = ()
    occasion: Patterns
    otherwise: tuple[str, ...] = ("complaint", "consultation", "enquiry", "tracking", "praise", "internal")
    announced: Patterns = ("$intake-announced",)
    permission: Patterns = ("$intake-permission",)
    confirming: Patterns = ("$intake-confirming",)
    yes: Patterns = ("$intake-yes",)
    no: Patterns = ("$intake-no",)
    refusal: Patterns = ("$intake-refusal",)
    asking: Patterns = ("$intake-asking",)
    settled: Patterns = ("$intake-settled",)
    identity: Patterns = ("$intake-identity",)
    slots: Annotated[tuple[Slot, ...], Field(min_length=2)]


@cache
def read_intakes(folder: Path = HERE / "intakes") -> tuple[Intake, ...]:
    """Return the intakes that come with Lingting, or an organisation's own."""
    errors: list[CatalogError] = []
    found = [intake for path in sorted(folder.glob("*.yaml")) if (intake := read_file(path, Intake, errors)[0]) is not None]
    if errors or not found:
        raise BadCatalog("\n".join(map(str, errors)) or f"There is no intake in {folder}.")
    return tuple(found)
