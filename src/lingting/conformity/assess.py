"""Assessing (评定): runs checks, keeps their newest verdicts, and writes down every change of one."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, cast

from django.db import transaction
from django.db.models import Count, Max, QuerySet

from lingting import catalog
from lingting.catalog.model import Measure
from lingting.conformity import iso9001_2015, judged, portions  # noqa: F401  # they bind the checks
from lingting.conformity.check import CHECKS, Check, Rows, Sample
from lingting.conformity.models import Assessed, Latest
from lingting.conformity.verdict import State, Verdict, clause_state, judge_count, judge_gap, judge_share
from lingting.ledger import abreast, book
from lingting.ledger.models import Entry
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction
from lingting.registers.improvements import queries as improvements

STALE = timedelta(seconds=60)
"""A check whose answer changes as time passes is asked again after this long."""

INSTANT = timedelta(seconds=1)
"""A moment that lies no further back than this is now: a page asks for it and then for the time."""

MANY = 50
"""Checks to be asked again of which it is worth while to open connections beside one's own."""

STRIKING = "ledger.struck"
"""Whatever was struck out may have been counted by any check."""

MILLION = 1_000_000

Apart = Mapping[str, State]
"""Clauses whose state does not follow from their checks alone."""

NOTHING: Apart = MappingProxyType({})


@cache
def limits() -> dict[str, tuple[bool, float]]:
    """Return for each bound check whether it counts things rather than shares, and its limit, as the catalog has them."""
    return {id: limit(catalog.read().checks[id].measure) for id in CHECKS}


def limit(measure: Measure) -> tuple[bool, float]:
    """Return whether a measure counts things, and the least share that must pass (or the least count).

    "At most 5 % fail" is "at least 95 % pass", and a count that must be 0 is "all pass"; a time limit at a quantile is the share that must be within it;
    an age or a time limit without a quantile must hold for all; a rate that may be at most so much is the share of those that fail.
    """
    if measure.kind == "count" and measure.op in {"==", "<="} and not measure.default:
        return False, 1.0
    if measure.kind == "count":
        return True, float(measure.default or 0)
    if measure.kind == "statistic" and measure.op == "<=" and measure.default is not None:
        return False, 1 - float(measure.default)
    if measure.kind == "ratio" and measure.default is not None:
        return False, 1 - float(measure.default) if measure.op in {"<=", "<"} else float(measure.default)
    return False, float(measure.quantile or 1)


Counted = dict[Hashable, int]
"""What was counted already in one run, by the name of the question (`asking.once`): two checks may ask the same."""


def verdict(check: Check, sample: Sample, counted: Counted | None = None) -> Verdict:
    """Count a sample and judge it."""
    figures = [_figures(part, counted) for part in sample.parts or (sample,)]
    return judge(check, sum(scope for scope, _ in figures), sum(failing for _, failing in figures))


def judge(check: Check, scope: int, failing: int) -> Verdict:
    """Judge counts by the limit of the check."""
    return _judged(check.id, scope, failing) if CHECKS.get(check.id) is check else _judge(check, scope, failing)


@lru_cache(20_000)
def _judged(check_id: str, scope: int, failing: int) -> Verdict:
    return _judge(CHECKS[check_id], scope, failing)


def _judge(check: Check, scope: int, failing: int) -> Verdict:
    counts_things, least = limits()[check.id]
    if check.judged[0] and not scope:
        return Verdict(State.TO_BE_JUDGED, 0, 0, least)
    if counts_things:
        return judge_count(scope=scope, failing=failing, limit=least)
    share = judge_share(scope=scope, failing=failing, limit=least, whole=check.whole)
    return judge_gap(share, in_a_whole=check.gap.sort == "gap") if check.gap else share


def _figures(sample: Sample, counted: Counted | None) -> tuple[int, int]:
    if sample.amiss is not None:
        both = cast("QuerySet[Any]", sample.scope).aggregate(scope=Count("*"), failing=Count("pk", filter=sample.amiss))
        return both["scope"], both["failing"]
    scope = _count(sample.scope, counted)
    return scope, _count(sample.failing, counted) if scope else 0


def _count(rows: Rows, counted: Counted | None) -> int:
    # By its name and not by its words: finding these takes as long as counting, and would be done twice for every question.
    name = getattr(rows, "known_as", None)
    if counted is None or name is None:
        return rows.count()
    if name not in counted:
        counted[name] = rows.count()
    return counted[name]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a check stands, when that was counted, and how much of the book was known."""

    check_id: str
    verdict: Verdict
    moment: Moment


def ask(check: Check, moment: Moment, counted: Counted | None = None) -> Standing:
    """Count a check's sample now."""
    return Standing(check.id, verdict(check, check.ask(moment), counted), moment)


def standings(moment: Moment, *, now: datetime) -> dict[str, Standing]:
    """Return how every bound check stands: the kept verdicts where they still hold, counted anew where not."""
    if moment.known is not None or now - moment.at > INSTANT:
        return in_full(moment)
    kept = {row.check_id: _kept(row) for row in Latest.objects.all()}
    written = _written(kept)
    again = _again(_stale(kept, written, now), moment, kept, written)
    return {id: again[id][0] if id in again else kept[id] for id in CHECKS}


Again = dict[str, tuple[Standing, portions.Tally | None]]
"""Checks that were asked again, by their id; of a big table with the pieces that were counted."""


def _again(checks: Sequence[Check], moment: Moment, kept: Mapping[str, Standing], written: Mapping[str, int]) -> Again:
    """Ask checks again: of a big table only what was touched since it was last counted."""
    counted: Counted = {}
    tallies = portions.tallies([_task(check, kept, written) for check in checks if check.units is not None], moment)
    others = [check for check in checks if check.id not in tallies]
    asked = {standing.check_id: standing for standing in abreast.each(lambda check: ask(check, moment, counted), others, least=MANY)}
    again: Again = {}
    for check in checks:
        tally = tallies.get(check.id)
        again[check.id] = Standing(check.id, judge(check, tally.scope, tally.failing), moment) if tally else asked[check.id], tally
    return again


def _task(check: Check, kept: Mapping[str, Standing], written: Mapping[str, int]) -> portions.Task:
    known = _counted_to(check, kept, written)
    return portions.Task(check, known, [label for label in check.units or () if known is not None and written.get(label, 0) > known])


def _counted_to(check: Check, kept: Mapping[str, Standing], written: Mapping[str, int]) -> int | None:
    """Return the entry up to which the kept pieces of a check are right; none if they must be counted whole.

    That is so if it was never counted, something was struck out, or a kind was written that names no single row.
    """
    before = kept.get(check.id)
    known = before.moment.known if before else None
    others = check.reads - set(check.units or ())
    return None if known is None or any(written.get(label, 0) > known for label in (*others, STRIKING)) else known


def catch_up(now: datetime) -> list[Assessed]:
    """Ask again every check whose records were added to, or whose time has run, and write down what changed.

    1. Find the last entry that can no longer be preceded.
    2. Ask the stale checks, each as known at that entry.
    3. In one transaction, keep the newest verdicts and write an `Assessed` for each that differs from the one before.
    """
    known = book.settled()
    kept = {row.check_id: _kept(row) for row in Latest.objects.all()}
    written = _written(kept)
    again = _again(_stale(kept, written, now), Moment(now, known), kept, written)
    asked = [standing for standing, _ in again.values()]
    changed = [_record(standing) for standing in asked if standing.check_id not in kept or _counts(kept[standing.check_id]) != _counts(standing)]
    with transaction.atomic():
        if changed:
            book.write(*changed, act="conformity.assess")
        portions.keep({id: tally for id, (_, tally) in again.items() if tally is not None})
        _keep(asked)
        Latest.objects.filter(known__lt=known).update(known=known)
    return changed


def in_full(moment: Moment, *, checks: Collection[str] | None = None) -> dict[str, Standing]:
    """Ask every check, kept or not: what an incremental run must agree with."""
    counted: Counted = {}
    # Those of big tables take longest: begun last, one would be waited for alone.
    asked = sorted((CHECKS[id] for id in checks or CHECKS), key=lambda check: check.units is None)
    found = {standing.check_id: standing for standing in abreast.each(lambda check: ask(check, moment, counted), asked)}
    return {id: found[id] for id in checks or CHECKS}


def untrue(*, advance: Callable[[int], object] = lambda _: None) -> list[tuple[Assessed, Standing]]:
    """Recompute every verdict written down and return those that come out otherwise, with what came out.

    A verdict given by an earlier version of its check is not recomputed: it was another instrument.
    """
    wrong = []
    for row in Assessed.objects.order_by("id").iterator(500):
        check = CHECKS.get(row.check_id)
        if check and check.rule == row.rule:
            standing = ask(check, Moment(row.at, row.known))
            if _counts(standing) != (row.state, row.scope, row.failing, row.limit):
                wrong.append((row, standing))
        advance(1)
    return wrong


def left(moment: Moment) -> Apart:
    """Return the clauses of which more is known than their checks say.

    What was declared not applicable is so with a reason and until its day of review, and does not conform without; nor does a clause against which a
    nonconformity is open, whatever its checks say.
    """
    unfounded = set(direction.excluded_unfounded(moment).values_list("clause", flat=True))
    out = {number: State.NONCONFORMS if number in unfounded else State.NOT_APPLICABLE for number in direction.excluded(moment).values_list("clause", flat=True)}
    return out | dict.fromkeys(improvements.open_(moment).order_by().values_list("clause", flat=True).distinct(), State.NONCONFORMS)


def clause(number: str, standing: Mapping[str, Standing], left: Apart = NOTHING) -> tuple[State, int, int]:
    """Return how a clause stands, how many of its checks have an answer, and how many it has.

    A check that nothing is bound to is unanswered, so a clause with one cannot conform. What is known of it beside its checks – alone or with its
    chapter – decides where there is such a thing.
    """
    ids = [check.id for check in catalog.read().clause(number).checks]
    states = [standing[id].verdict.state if id in standing else State.NO_EVIDENCE for id in ids]
    beside = {left[out] for out in left if number == out or number.startswith(f"{out}.")}
    state = next((one for one in (State.NONCONFORMS, State.NOT_APPLICABLE) if one in beside), clause_state(states))
    return state, sum(one is not State.NO_EVIDENCE for one in states), len(ids)


def _written(kept: dict[str, Standing]) -> Mapping[str, int]:
    """Return the newest entry of each kind of record that was written since the verdicts were kept."""
    since = min((standing.moment.known or 0 for standing in kept.values()), default=0)
    acts = Entry.objects.filter(id__gt=since).order_by().values_list("kinds").annotate(newest=Max("id"))
    written: dict[str, int] = {}
    for kinds, newest in acts:
        for kind in kinds.split():
            written[kind] = max(newest, written.get(kind, 0))
    return written


def _stale(kept: dict[str, Standing], written: Mapping[str, int], now: datetime) -> list[Check]:
    return [check for check in CHECKS.values() if _is_stale(check, kept.get(check.id), written, now)]


def _is_stale(check: Check, standing: Standing | None, written: Mapping[str, int], now: datetime) -> bool:
    if standing is None or standing.moment.known is None:
        return True
    if check.timed and now - standing.moment.at >= STALE:
        return True
    return any(written.get(kind, 0) > standing.moment.known for kind in (*check.reads, STRIKING))


def _kept(row: Latest) -> Standing:
    check = CHECKS.get(row.check_id)
    least = limits()[row.check_id][1] if check else row.limit / MILLION
    state = State(row.state)
    current = check is not None and check.rule == row.rule and round(least * MILLION) == row.limit
    ends = (None if row.low is None else row.low / MILLION, None if row.high is None else row.high / MILLION)
    verdict = Verdict(state, row.scope, row.failing, least, *ends)
    return Standing(row.check_id, verdict, Moment(row.at, row.known if current else None))


def _record(standing: Standing) -> Assessed:
    return Assessed(**_columns(standing))


def _keep(standings: Sequence[Standing]) -> None:
    Latest.objects.bulk_create(
        [Latest(**_columns(standing)) for standing in standings],
        update_conflicts=True,
        unique_fields=["check_id"],
        update_fields=["at", "known", "state", "scope", "failing", "limit", "low", "high", "rule"],
    )


def _columns(standing: Standing) -> dict[str, object]:
    result = standing.verdict
    low, high = (None if end is None else round(end * MILLION) for end in (result.low, result.high))
    return {
        "check_id": standing.check_id, "at": standing.moment.at, "known": standing.moment.known or 0,
        "state": result.state.value, "scope": result.scope, "failing": result.failing,
        "limit": round(result.limit * MILLION), "low": low, "high": high, "rule": CHECKS[standing.check_id].rule,
    }  # fmt: skip


def _counts(standing: Standing) -> tuple[str, int, int, int]:
    result = standing.verdict
    return result.state.value, result.scope, result.failing, round(result.limit * MILLION)
