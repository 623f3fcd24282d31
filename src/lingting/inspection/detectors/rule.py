"""Rules (规则): norms written in the norm language; whatever can be said as words, speakers, places, order and what must not be missing."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from lingting.catalog.norm import Case, Norm, Only, Rule, expression
from lingting.inspection.conditions import Met, compiled, inside
from lingting.inspection.finding import Finding
from lingting.inspection.listener import ALWAYS, Due, Listener, Way, both, voices
from lingting.inspection.scan import Place
from lingting.inspection.talk import Talk
from lingting.inspection.windows import Truth, standing, truth, unheard
from lingting.inspection.words import Words

INSTRUMENT = "rules/1"

Tree = Callable[[Callable[[str], Truth]], Truth]


@dataclass(frozen=True, slots=True)
class Ready:
    """A case made ready: the talks it is for, unless it is for all; its `when` as a function; and the ways to find, or to have due, anything."""

    case: Case
    only: Only | None
    when: Tree | None
    ways: tuple[Way, ...]
    due_ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of one quoted place: the parts that are missing, or that are due but may still come."""

    place: Place
    missing: tuple[str, ...] = ()
    open: bool = False


def listen(norm: Norm, words: Words) -> Listener:
    """Return a rule as a listener: its patterns stand in `words` afterwards."""
    rule = norm.shaped(Rule)
    quoted = {name for case in rule.cases for name in (case.find, case.cite, *case.slots.values())}
    exact = {name for case in rule.cases for name in (*(() if _ends_enough(case) else (case.find, case.cite)), *case.slots.values())}
    quoted |= {one for name in quoted for one in (rule.conditions[name].either if name else ())}
    exact |= {one for name in exact for one in (rule.conditions[name].either if name else ())}
    mets = {name: compiled(condition, words, quoted=name in quoted, exact=name in exact) for name, condition in rule.conditions.items()}
    mets = {name: replace(met, seen_from=rule.seen_from(name)) for name, met in mets.items()}
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
                    yield from (Due(norm.id, heard.place, heard.missing) for heard in _heard(ready, mets, talk) if heard.open)

    after = frozenset(other for condition in rule.conditions.values() for other in condition.norm)
    return Listener(INSTRUMENT, _of_any([ready.ways for ready in cases]), find, due, _of_any([ready.due_ways for ready in cases]), after)


def _ends_enough(case: Case) -> bool:
    """Tell whether it is enough to know where the words of a case end: whole sentences or turns are quoted, and nothing stands in order with them."""
    return case.quote in {"clauses", "sentence", "turn"} and not (case.cite or case.needs or case.steps)


def _of_any(several: list[tuple[Way, ...]]) -> tuple[Way, ...]:
    return tuple({way: None for ways in several for way in ways})


def _ready(case: Case, mets: Mapping[str, Met], words: Words) -> Ready:
    when = expression(case.when) if case.when else None
    due = _ways(case.find, mets, words)
    if Way() in due:
        words.always.update(tag for need in case.needs for tags in mets[need].gates for tag in tags)
    found = both(due, _ways(case.cite, mets, words) if case.cite else ALWAYS)
    return Ready(case, _asked(case.only), _tree(when) if when else None, both(found, _ways_when(when, mets, words) if when else ALWAYS), due)


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
    said: set[object] = set()
    for heard in _heard(ready, mets, talk):
        if heard.open:
            continue
        place = _cited(ready.case, mets, talk, heard.place)
        unit = _unit(ready.case.once, talk, place) if place else None
        if place and (unit is None or unit not in said):
            said.add(unit)
            slots = {"missing": " ".join(heard.missing)} if heard.missing else {}
            yield talk.finding(norm, INSTRUMENT, _quote(ready.case, talk, place), slots=slots | _slots(ready.case, mets, talk, heard.place))


def _heard(ready: Ready, mets: Mapping[str, Met], talk: Talk) -> Iterator[Heard]:
    """Yield the places that a case quotes, once all that is asked of them is decided."""
    case = ready.case
    when: Truth = True
    for place in standing(talk, case.find, mets):
        quoted = (case.find, place)
        if ready.when:
            when = ready.when(lambda name: truth(talk, name, mets, quoted))  # noqa: B023  # called at once
            if when is False:
                continue
        if case.steps and not _out_of_step(case, mets, talk, quoted):
            continue
        if not case.needs:
            yield Heard(place, open=when is None)
            continue
        truths = {name: truth(talk, name, mets, quoted) for name in case.needs}
        missing = tuple(name for name, met in truths.items() if not met)
        if missing:
            yield Heard(place, missing, open=when is None or None in truths.values())


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
