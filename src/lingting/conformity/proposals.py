"""Proposals (提议): typical nonconformities of the catalog that failing checks show, each on one thing, not yet raised; a person raises them, or does not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import TypeAlias

from lingting import catalog
from lingting.catalog.model import Clause, Pattern
from lingting.conformity import assess
from lingting.conformity.assess import Standing
from lingting.conformity.check import CHECKS, Check
from lingting.conformity.verdict import State, Verdict
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kind_of
from lingting.records.values import name_of
from lingting.registers.improvements import queries as improvements
from lingting.registers.improvements.models import Evidence

OF_A_CHECK = 100
"""Failing records of a check that are looked through; who raises those sees the next."""

SEVERAL = "*"
"""What a nonconformity names as its thing that was raised once for everything its pattern showed then: its evidence names the records."""

Place: TypeAlias = tuple[type[Record], int]
"""Where a record stands: its class and its number."""

QUOTED = ("quote", "words", "statement", "what", "reason", "note", "name", "subject")
"""Columns that hold the words of a record, the most telling first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A typical nonconformity seen on a thing: the pattern, the clause, the check that fails, and the records that show it."""

    pattern: Pattern
    clause: str
    check_id: str
    thing: str
    rows: tuple[Record, ...]

    @property
    def called(self) -> str:
        """Return what people call the thing."""
        row = self.rows[0]
        kind = kind_of(row)
        about = kind.about if kind and not kind.has_code else None
        return name_of(row if about is None else getattr(row, about.name))

    @property
    def quote(self) -> str:
        """Return the words of the first record that shows it."""
        return words(self.rows[0])


def words(row: Record) -> str:
    """Return a record's own words, or its name; of a kind that is closed to most readers, its code or number alone."""
    kind = kind_of(row)
    if kind and kind.text.closed:
        return str(getattr(row, "code", "") or row.pk)
    return next((str(text) for name in QUOTED if (text := getattr(row, name, None))), name_of(row) if kind else "")


def thing(row: Record) -> str:
    """Return the thing that a record is about, as kind and number: a record with a code is a thing, an event is about its first reference."""
    kind = kind_of(row)
    about = kind.about if kind and not kind.has_code else None
    if about is None:
        return f"{row._meta.label_lower} {row.pk}"
    return f"{about.target._meta.label_lower} {getattr(row, about.attribute)}"


def proposed(moment: Moment, *, standing: dict[str, Standing] | None = None, now: datetime | None = None) -> list[Proposal]:
    """Return what failing checks show and nobody raised: one proposal for each pattern and thing, in the order of the clauses.

    What was raised once on a record is not proposed again when it is closed: the record stays as it is, and another record is another occurrence.
    """
    how = standing if standing is not None else assess.standings(moment, now=now or moment.at)
    left = assess.left(moment)
    raised = set(improvements.raised(moment).exclude(pattern="").values_list("pattern", "thing"))
    together = Evidence.objects.as_of(moment).filter(nonconformity__in=improvements.raised(moment).filter(thing=SEVERAL))
    cited = set(together.values_list("nonconformity__pattern", "kind", "record"))
    patterns = [
        (clause, pattern)
        for clause in catalog.read().leaves()
        if assess.clause(clause.number, how, left)[0] is not State.NOT_APPLICABLE
        for pattern in clause.nonconformities
    ]
    shown = _shown(dict.fromkeys(id for _, pattern in patterns for id in pattern.checks if id in how and _shows(CHECKS.get(id), how[id].verdict)), how)
    return [
        one
        for clause, pattern in patterns
        for one in _of_pattern(clause, pattern, shown)
        if not {(pattern.id, one.thing), (pattern.id, "")} & raised and not cited.issuperset((pattern.id, row._meta.label_lower, row.pk) for row in one.rows)
    ]


def _shows(check: Check | None, verdict: Verdict) -> bool:
    """Whether what fails may be raised: it does not conform, or it is a gap that a person may find to be more than one."""
    return check is not None and (verdict.state is State.NONCONFORMS or (check.gap is not None and verdict.state is State.AT_RISK))


def _shown(check_ids: Iterable[str], how: dict[str, Standing]) -> dict[str, list[tuple[Record, ...]]]:
    """Return for each check the records that fail it, each with what shows more of it; those of one kind are fetched together."""
    found = {id: _places(id, how[id].moment) if how[id].moment.known is not None else _asked(id, how[id].moment) for id in check_ids}
    wanted: dict[type[Record], set[int]] = {}
    for places in found.values():
        for model, number in chain.from_iterable(places):
            wanted.setdefault(model, set()).add(number)
    rows = {model: model._default_manager.in_bulk(numbers) for model, numbers in wanted.items()}
    return {id: [tuple(rows[model][number] for model, number in places) for places in found[id]] for id in found}


def _asked(check_id: str, moment: Moment) -> tuple[tuple[Place, ...], ...]:
    check = CHECKS[check_id]
    failing = (row for row in check.ask(moment).failing[:OF_A_CHECK] if isinstance(row, Record))
    return tuple(tuple((type(one), one.pk) for one in (row, *(check.beside(row, moment) if check.beside else ()))) for row in failing)


_places = lru_cache(maxsize=1024)(_asked)
"""Where the records stand that fail a check, remembered for as long as its verdict holds; their words are read anew each time, since they can be erased."""


def _of_pattern(clause: Clause, pattern: Pattern, shown: dict[str, list[tuple[Record, ...]]]) -> Iterator[Proposal]:
    found: dict[str, list[Record]] = {}
    shown_by: dict[str, str] = {}
    for check_id in pattern.checks:
        for rows in shown.get(check_id, ()):
            found.setdefault(thing(rows[0]), []).extend(rows)
            shown_by.setdefault(thing(rows[0]), check_id)
    for name, together in found.items():
        yield Proposal(pattern, clause.number, shown_by[name], name, tuple(together))
