"""What the catalog holds: clauses with their four layers, checks, and norms – the shape of the YAML, written down once."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Source = Literal["seed", "domain", "seed+domain", "house"]


class Part(BaseModel):
    """A piece of the catalog: what is not known to its shape is a mistake, and nothing changes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Part):
    """The same sentence in Chinese and in English."""

    zh: Words
    en: Words


class Item(Text):
    """A numbered part of a requirement, with where its words come from."""

    id: Words
    source: Source


class Requirement(Text):
    """What is required (要求), in our own words."""

    items: tuple[Item, ...] = ()


class Change(Text):
    """What changed (变化) since the edition of 2008, and which clauses of it correspond."""

    clauses_2008: tuple[str, ...]


class Measure(Part):
    """How a check is counted. `set_by` says whose number the limit is: ours is never shown as ISO's; `own` that the house set it itself."""

    kind: Literal["ratio", "count", "age", "elapsed", "statistic", "judgement"]
    set_by: Literal["standard", "organisation", "law", "auditor"]
    op: Literal["<=", ">=", "=="] | None = None
    default: float | None = None
    unit: Literal["d", "workday", "min"] | None = None
    quantile: Annotated[float, Field(gt=0, lt=1)] | None = None
    numerator: Words | None = None
    denominator: Words | None = None
    of: Words | None = None
    own: bool = False

    @model_validator(mode="after")
    def _complete(self) -> "Measure":
        if self.kind == "ratio" and not (self.numerator and self.denominator and self.default is not None):
            raise ValueError("a ratio needs numerator, denominator and default")
        if self.kind == "ratio" and self.default is not None and not 0 <= self.default <= 1:
            raise ValueError("a ratio's default lies between 0 and 1")
        if self.kind in {"count", "age", "elapsed"} and not self.of:
            raise ValueError(f"kind {self.kind} needs `of`: what is counted or timed")
        return self


class Evidence(Part):
    """What a check rests on: kinds of records, and how they are counted."""

    records: tuple[Words, ...] = ()
    measure: Measure


class Check(Text):
    """What the auditor checks (检查); `question` is how she asks it, where that was written."""

    id: Words
    evidence: Evidence
    source: Source
    question: Text | None = None

    @property
    def measure(self) -> Measure:
        """Return how it is counted."""
        return self.evidence.measure


class Pattern(Text):
    """A nonconformity (不符合) that typically occurs, and the checks that would show it."""

    id: Words
    checks: tuple[str, ...]
    source: Source


class Documented(Text):
    """Documented information (成文信息) that the standard demands."""

    action: Literal["maintain", "retain"]


class Point(Text):
    """A point of the seed documents that a clause works out."""

    id: Words
    layer: Literal["requirement", "understanding", "change", "check", "nonconformity"]


class Clause(Part):
    """One clause, section or term of the standard."""

    number: Words
    parent: str | None
    level: int
    kind: Literal["section", "clause", "term"]
    assessable: bool
    title: Text
    source: Source | None = None
    title_note: Text | None = None
    requirement: Requirement | None = None
    change: Change | None = None
    checks: tuple[Check, ...] = ()
    nonconformities: tuple[Pattern, ...] = ()
    documented_information: tuple[Documented, ...] = ()
    seed_points: tuple[Point, ...] = ()
    seed_gap: Text | None = None

    @property
    def silent(self) -> frozenset[str]:
        """Return the layers on which the source documents say nothing: what stands there is the standard in our words, or written by us."""
        return frozenset({"requirement", "change", "check", "nonconformity"} - {point.layer for point in self.seed_points})

    @model_validator(mode="after")
    def _layers(self) -> "Clause":
        if self.assessable and not (self.requirement and self.change and self.checks and self.nonconformities):
            raise ValueError("an assessable clause needs all four layers: requirement, change, checks, nonconformities")
        return self


class Authored(Part):
    """Who wrote what the source documents do not say, and when."""

    by: Text
    day: date


class Edition(Part):
    """The edition whose clauses these are, and the words they use."""

    schema_version: int
    edition: Mapping[str, Any]
    authored: Authored
    notice: Text
    conventions: Mapping[str, Any]
    record_kinds: Mapping[str, Text]


class Catalog(Part):
    """All clauses of one edition, in order."""

    edition: Edition
    clauses: tuple[Clause, ...]

    @cached_property
    def _numbered(self) -> dict[str, Clause]:
        return {clause.number: clause for clause in self.clauses}

    @cached_property
    def checks(self) -> dict[str, Check]:
        """Return every check by its id."""
        return {check.id: check for clause in self.clauses for check in clause.checks}

    def clause(self, number: str) -> Clause:
        """Return a clause by its number; KeyError if there is none."""
        return self._numbered[number]

    def leaves(self) -> tuple[Clause, ...]:
        """Return the assessable clauses; terms stand apart, they have no state of conformity."""
        return tuple(clause for clause in self.clauses if clause.assessable and clause.kind == "clause")

    def terms(self) -> tuple[Clause, ...]:
        """Return the terms that have checks of their own."""
        return tuple(clause for clause in self.clauses if clause.kind == "term")

    def children(self, number: str) -> Iterator[Clause]:
        """Yield the clauses right below another."""
        return (clause for clause in self.clauses if clause.parent == number)
