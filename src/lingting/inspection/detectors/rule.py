"""Rules (规则): norms written in the norm language; whatever can be said as words, speakers, places, order and what must not be missing."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from lingting.catalog.norm import Case, Condition, Norm, Only, Rule, expression, names_in
from lingting.inspection.conditions import Met, compiled, grows, steady
from lingting.inspection.filters import inside
from lingting.inspection.finding import Finding
from lingting.inspection.listener import ALWAYS, Due, Listener, Way, both, voices
from lingting.inspection.scan import Place
from lingting.inspection.talk import Talk
from lingting.inspection.windows import Truth, standing, truth, unheard
from lingting.inspection.words import Begun, Words

INSTRUMENT = "rules/1"

Tree = Callable[[Callable[[str], Truth]], Truth]


@dataclass(frozen=True, slots=True)
class Ready:
    """A case made ready: the talks it is for, unless it is for all; its `when` as a function; and the ways to find, or to have due, anything.

    `lasting` are conditions of which what is decided at a place stays so, whatever is said later; `final` tells that all it asks for are such.
    """

    case: Case
    only: Only | None
    when: Tree | None
    ways: tuple[Way, ...]
    due_ways: tuple[Way, ...]
    lasting: frozenset[str]
    final: bool


@dataclass(slots=True)
class Heard:
    """What became of one quoted place: the parts that are missing, or that are due but may still come; and the finding once it was told."""

    place: Place
    missing: tuple[str, ...] = ()
    open: bool = False
    finding: Finding | None = None


def listen(norm: Norm, words: Words) -> Listener:
    """Return a rule as a listener: its patterns stand in `words` afterwards."""
    rule = norm.shaped(Rule)
    quoted = _quoted(rule)
    mets = {name: compiled(condition, words, begun=quoted.get(name, False)) for name, condition in rule.conditions.items()}
    mets = {name: replace(met, seen_from=rule.seen_from(name), grows=grows(name, rule.conditions)) for name, met in mets.items()}
    only = _asked(rule.only)
    cases = [_ready(case, mets, words) for case in rule.cases]

    alone = len(cases) == 1  # then the pack has looked at its gates

    def find(talk: Talk) -> Iterator[Finding]:
        if _speaks(only, talk):
            for ready in cases:
                if (alone or talk.passes(ready.ways)) and _speaks(ready.only, talk):
                    yield from _findings(norm, ready, mets, talk)

    def due(talk: Talk) -> Iterator[Due]:
        if not talk.transcript.ended and _speaks(only, talk):
            for ready in cases:
                if talk.passes(ready.due_ways) and _speaks(ready.only, talk):
                    waiting = (heard for heard in _heard(ready, mets, talk) if heard.open)
                    yield from dict.fromkeys(Due(norm.id, _quote(ready.case, talk, heard.place), heard.missing) for heard in waiting)

    after = frozenset(other for condition in rule.conditions.values() for other in condition.norm)
    return Listener(INSTRUMENT, _of_any([ready.ways for ready in cases]), find, due, _of_any([ready.due_ways for ready in cases]), after)


def _quoted(rule: Rule) -> dict[str, Begun]:
    """Return the conditions that are quoted, each with whether its words must know where they begin.

    Other words that are looked for beside them, in the same turn, must be told from them: those that end alike would look the same.
    """
    beside = {condition.within.anchor for condition in rule.conditions.values() if condition.within and condition.within.same}
    quoted: dict[str, Begun] = {}
    for case in rule.cases:
        for name, begun in ((case.find, _begun(case)), (case.cite, _begun(case)), *((name, True) for name in case.slots.values())):
            for one in (name, *(rule.conditions[name].either if name else ())):
                quoted[one] = max(quoted.get(one, False), True if {name, one} & beside else begun, key=_MORE.index)
    return quoted


_MORE: list[Begun] = [False, "sentence", "clause", True]


def _begun(case: Case) -> Begun:
    """Tell whether the words of a case must know where they begin: hardly, if all around them is quoted once and nothing stands in order with them."""
    if case.cite or case.needs or case.steps or not case.once or case.quote == "words":
        return True
    return "clause" if case.quote == "clause" else "sentence"


def _of_any(several: list[tuple[Way, ...]]) -> tuple[Way, ...]:
    return tuple({way: None for ways in several for way in ways})


def _ready(case: Case, mets: Mapping[str, Met], words: Words) -> Ready:
    when = expression(case.when) if case.when else None
    due = _ways(case.find, mets, words)
    if Way() in due:
        asked = {*case.needs, *(names_in(case.when) if case.when else ())}
        words.always.update(tag for name in asked for tags in mets[name].gates for tag in tags)
    found = both(due, _ways(case.cite, mets, words) if case.cite else ALWAYS)
    lasting = frozenset(name for name in mets if _lasts(mets[name].condition, case))
    final = lasting.issuperset({*(names_in(case.when) if case.when else ()), *case.needs, *case.steps} - {case.find})
    ways = both(found, _ways_when(when, mets, words) if when else ALWAYS)
    return Ready(case, _asked(case.only), _tree(when) if when else None, ways, due, lasting, final)


def _lasts(condition: Condition, case: Case) -> bool:
    """Tell whether later turns leave alone what a condition is around a quoted place: seen from other places, it may be met once another of these is said."""
    return steady(condition) and (condition.within is None or condition.within.anchor == case.find)


def _ways(name: str, mets: Mapping[str, Met], words: Words) -> tuple[Way, ...]:
    """Return the ways to meet a condition: its words, said by its speakers, or another norm's findings; and what its window is seen from."""
    met = mets[name]
    condition = met.condition
    if condition.either:
        own = tuple(way for other in condition.either for way in _ways(other, mets, words))
    else:
        gates = {words.gate(dict.fromkeys(tags, voices(condition.by))) for tags in met.gates}
        own = (Way(sum(gates), frozenset({frozenset(condition.norm)} if condition.norm else ())),)
    return both(own, _ways(condition.within.anchor, mets, words)) if condition.within else own


def _ways_when(when: ast.expr, mets: Mapping[str, Met], words: Words) -> tuple[Way, ...]:
    """Return the ways in which a `when` may be true; what must not be met asks for nothing."""
    if isinstance(when, ast.Name):
        return _ways(when.id, mets, words)
    if not isinstance(when, ast.BoolOp):
        return ALWAYS
    sides = [_ways_when(value, mets, words) for value in when.values]
    return reduce(both, sides) if isinstance(when.op, ast.And) else tuple(way for side in sides for way in side)


def _asked(only: Only) -> Only | None:
    return None if only == Only() else only


def _speaks(only: Only | None, talk: Talk) -> bool:
    if only is None:
        return True
    transcript = talk.transcript
    if only.channels and transcript.channel not in only.channels:
        return False
    if only.ended is not None and transcript.ended is not only.ended:
        return False
    if only.timed is not None and any(turn.until is not None for turn in transcript.turns[:1]) is not only.timed:
        return False
    if only.turns is not None and not inside(only.turns, len(transcript.turns)):
        return False
    return all(str(transcript.meta.get(name, "")) in wanted for name, wanted in only.meta.items())


def _findings(norm: Norm, ready: Ready, mets: Mapping[str, Met], talk: Talk) -> Iterator[Finding]:
    case, said = ready.case, set[object]()
    for heard in _heard(ready, mets, talk):
        if heard.open:
            continue
        place = _cited(case, mets, talk, heard.place)
        unit = _unit(case.once, talk, place) if place else None
        if place and (unit is None or unit not in said):
            said.add(unit)
            finding = heard.finding
            if finding is None:
                slots = {"missing": " ".join(heard.missing)} if heard.missing else {}
                finding = talk.finding(norm, INSTRUMENT, _quote(case, talk, place), slots=slots | _slots(case, mets, talk, heard.place))
                heard.finding = None if case.cite or case.slots else finding
            yield finding


def _heard(ready: Ready, mets: Mapping[str, Met], talk: Talk) -> Iterator[Heard]:
    """Yield the places that a case quotes, once all that is asked of them is decided."""
    settled = talk.settled
    if settled is None:
        return filter(None, (_judged(ready, mets, talk, place) for place in standing(talk, ready.case.find, mets)))
    heard: list[Heard] = talk.once(("heard", id(ready)), lambda: _heard_so_far(ready, mets, talk, settled))
    return iter(heard)


def _heard_so_far(ready: Ready, mets: Mapping[str, Met], talk: Talk, settled: dict[Any, tuple[int, Any]]) -> list[Heard]:
    """Return the places that a case quotes while the talk goes on; what was decided for good is not asked again."""
    decided: dict[Place, Heard | None] = settled.setdefault(("decided", id(ready)), (0, {}))[1]
    found = []
    for place in standing(talk, ready.case.find, mets):
        if place in decided:
            heard = decided[place]
        else:
            heard = _judged(ready, mets, talk, place)
            if not (heard and heard.open) and (ready.final or _ruled_out(ready, mets, talk, place)):
                decided[place] = heard
        if heard:
            found.append(heard)
    return found


def _ruled_out(ready: Ready, mets: Mapping[str, Met], talk: Talk, place: Place) -> bool:
    """Tell whether a case can never be met at a place, by those of its conditions alone that stay what they are."""
    lasting, quoted = ready.lasting, (ready.case.find, place)
    return ready.when is not None and ready.when(lambda name: truth(talk, name, mets, quoted) if name in lasting else None) is False


def _judged(ready: Ready, mets: Mapping[str, Met], talk: Talk, place: Place) -> Heard | None:
    """Return what becomes of a place that a case may quote; None if it is not met there."""
    case, quoted = ready.case, (ready.case.find, place)
    when = ready.when(lambda name: truth(talk, name, mets, quoted)) if ready.when else True
    if when is False or (case.steps and not _out_of_step(case, mets, talk, quoted)):
        return None
    if not case.needs:
        return Heard(place, open=when is None)
    truths = {name: truth(talk, name, mets, quoted) for name in case.needs}
    missing = tuple(name for name, met in truths.items() if not met)
    return Heard(place, missing, open=when is None or None in truths.values()) if missing else None


def _out_of_step(case: Case, mets: Mapping[str, Met], talk: Talk, quoted: tuple[str, Place]) -> bool:
    """Tell whether a step came before one that should have been taken earlier, or an earlier one was never taken."""
    before = (-1, 0, 0)
    for name in case.steps:
        places = [quoted[1]] if name == quoted[0] else standing(talk, name, mets, quoted)
        first = next((place for place in places if place > before), None)
        if name == quoted[0]:
            return quoted[1] <= before
        if first is None or first > quoted[1]:
            return not unheard(talk, name, mets, quoted)
        before = first
    return False


def _cited(case: Case, mets: Mapping[str, Met], talk: Talk, place: Place) -> Place | None:
    """Return the words that are quoted: those found, or the last ones of the condition that is cited instead."""
    places = standing(talk, case.cite, mets, (case.find, place)) if case.cite else [place]
    return places[-1] if places else None


def _unit(once: str, talk: Talk, place: Place) -> object:
    if once == "turn":
        return place[0]
    if once == "sentence":
        return place[0], talk.sentence(place)[0]
    return True if once == "conversation" else None


def _quote(case: Case, talk: Talk, place: Place) -> Place:
    if case.quote == "words":
        return place
    if case.quote == "turn":
        return place[0], 0, len(talk.transcript.turns[place[0]].text)
    if case.quote == "clause":
        return place[0], *talk.clause(place)
    start, end = talk.sentence(place)
    if case.quote == "clauses":
        return place[0], *talk.clauses_of(place)
    return place[0], start, end


def _slots(case: Case, mets: Mapping[str, Met], talk: Talk, place: Place) -> dict[str, str]:
    found = {slot: standing(talk, name, mets, (case.find, place)) for slot, name in case.slots.items()}
    return {slot: talk.words(places[0][0], places[0][1:]) for slot, places in found.items() if places}


def _tree(node: ast.expr) -> Tree:
    """Return an expression of names as a function over their truths (Kleene 1938: what is not decided stays so)."""
    if isinstance(node, ast.Name):
        return lambda of: of(node.id)
    if isinstance(node, ast.UnaryOp):
        inner = _tree(node.operand)
        return lambda of: None if (met := inner(of)) is None else not met
    if not isinstance(node, ast.BoolOp):
        raise TypeError("`expression` lets nothing else through")
    parts = [_tree(value) for value in node.values]
    decisive = isinstance(node.op, ast.Or)

    def joined(of: Callable[[str], Truth]) -> Truth:
        truths = []
        for part in parts:
            met = part(of)
            if met is decisive:
                return decisive
            truths.append(met)
        return None if None in truths else not decisive

    return joined
