"""Calibration (校准): how far a detector agrees with the people who labelled the gold set, turn by turn, and the certificate that says so."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any

import numpy as np

from lingting.catalog.gold import Labelled, fingerprint
from lingting.catalog.load import HERE
from lingting.catalog.norm import Norm
from lingting.inspection import measure
from lingting.inspection.engine import inspect_many
from lingting.inspection.finding import Finding, Kind, Span
from lingting.inspection.pack import Pack
from lingting.inspection.samples import dialogue
from lingting.inspection.transcript import Channel, Transcript
from lingting.statistics.agreement import kappa as cohen
from lingting.statistics.intervals import Counts, Figure, Interval, bootstrap, wilson

VALID = timedelta(days=182)
"""How long a certificate holds when nothing changed; a house default."""

LEAST = 5
"""Marked turns without which precision and recall say nothing: the certificate then shows counts alone. A house default."""


TOLERANCE = 0.7
"""The precision below which an instrument gives indications, no findings; a house default, and shown as ours."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One conversation under one norm: turns marked and found, found alone, marked alone, neither; and how many of the common ones have the very words."""

    both: int
    found: int
    marked: int
    neither: int
    exact: int
    abstained: int


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its 95 % interval; None is unknown."""

    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is known of an instrument for one norm: turns, figures with intervals (bootstrap over conversations), the gold set's hash, and how long it holds.

    `turns` is the confusion matrix: marked and found, found alone, marked alone, neither. `words` is the share of turns found in which the very
    words were quoted.
    """

    norm: str
    norm_version: int
    instrument: str
    gold: str
    conversations: int
    turns: tuple[int, int, int, int]
    abstained: int
    precision: Rate
    recall: Rate
    kappa: Rate
    words: float | None
    issued: date
    due: date

    @property
    def enough(self) -> bool:
        """Tell whether enough turns were marked for the rates to mean anything."""
        return self.turns[0] + self.turns[2] >= LEAST


def certificates(labelled: Sequence[Labelled], pack: Pack, *, at: datetime, seed: int = 7) -> Iterator[Certificate]:
    """Yield the certificate of each norm of a pack on a gold set.

    A turn counts as found where the norm quotes words in it; turns in doubt count for nothing. A norm is measured on the conversations of the
    channels and languages that it is meant for.
    """
    talks = [_transcript(one) for one in labelled]
    heard = inspect_many([transcript for transcript, _ in talks], pack)
    name = fingerprint(tuple(labelled))
    for norm, listener in zip(pack.norms, pack.listeners, strict=True):
        parts = [
            _agreement(norm, transcript, marks, findings)
            for (transcript, marks), findings, one in zip(talks, heard, labelled, strict=True)
            if _meant_for(norm, one)
        ]
        yield _certificate(norm, listener.instrument, name, parts, at.date(), seed)


@dataclass(frozen=True, slots=True)
class Standing:
    """How well an instrument hears a norm, as its certificate in force says: shares with their intervals, and n, the turns that people marked."""

    precision: float
    precision_from: float
    precision_to: float
    recall: float
    recall_from: float
    recall_to: float
    n: int
    due: date

    @property
    def indication(self) -> bool:
        """Tell whether the instrument is so unsure that what it hears is an indication only."""
        return self.precision < TOLERANCE


def standing(norm: Norm, instrument: str, at: date) -> Standing | None:
    """Return how well a norm is heard, if its certificate is of this version of norm and instrument, not past its date, and rests on enough turns."""
    told = issued().get(norm.id)
    if told is None or (told["norm_version"], told["instrument"]) != (norm.version, instrument) or date.fromisoformat(told["due"]) < at:
        return None
    rates = [told["precision"], told["recall"]]
    n = told["turns"][0] + told["turns"][2]
    if n < LEAST or any(rate["value"] is None for rate in rates):
        return None
    spans = [(rate["value"], *_ends(rate, n)) for rate in rates]
    return Standing(*spans[0], *spans[1], n, date.fromisoformat(told["due"]))


def with_reviewed(told: Standing | None, right: int, wrong: int) -> Standing | None:
    """Return how sure an instrument is when findings that people reviewed count with its gold set: so many called right, so many called wrong.

    Precision is of all that was found, in the gold set and since, with Wilson's interval; recall stays, because nobody reviews what was not found. A
    certificate that states turns marked and a recall tells how many of the gold set's findings were right; `None` where neither says anything.

    >>> with_reviewed(None, 3, 1).precision
    0.75
    """
    if right + wrong == 0:
        return told
    both = round(told.recall * told.n) if told else 0
    found = round(both / told.precision) if told and told.precision else both
    hits, n = both + right, found + right + wrong
    ends = wilson(hits, n)
    low, high = (ends.low, ends.high) if ends else (0.0, 1.0)
    if told is None:
        return Standing(hits / n, low, high, 0.0, 0.0, 1.0, n, date.max)
    return Standing(hits / n, low, high, told.recall, told.recall_from, told.recall_to, told.n + right + wrong, told.due)


def _ends(rate: Mapping[str, Any], n: int) -> tuple[float, float]:
    """Return the ends of a rate's interval; where the bootstrap had none (all drawn alike), Wilson's."""
    interval = rate["interval"]
    if interval is None:
        ends = wilson(round(rate["value"] * n), n)
        return (ends.low, ends.high) if ends else (0.0, 1.0)
    return interval["low"], interval["high"]


@cache
def issued() -> dict[str, dict[str, Any]]:
    """Return the certificates that come with Lingting, by norm (`lingting calibrate --out` writes them)."""
    path = HERE / "certificates.json"
    return {told["norm"]: told for told in json.loads(path.read_text(encoding="utf-8"))} if path.exists() else {}


def reviewed(certificate: Certificate, right: int, wrong: int) -> Certificate:
    """Return a certificate in which findings that people reviewed count: so many called right, so many wrong; precision with Wilson's interval.

    Reviewed findings are no random sample of turns: recall and kappa stay as the gold set gave them.
    """
    both, found, marked, neither = certificate.turns
    if right + wrong == 0:
        return certificate
    hits, n = both + right, both + found + right + wrong
    return replace(certificate, turns=(hits, found + wrong, marked, neither), precision=Rate(hits / n, wilson(hits, n)))


def disagreements(norm: str, labelled: Sequence[Labelled], pack: Pack) -> Iterator[tuple[str, str, str, str]]:
    """Yield where a detector and the people differ: conversation, "missed" or "wrong", the words, and the whole turn."""
    talks = [_transcript(one) for one in labelled]
    for one, (transcript, marks), findings in zip(labelled, talks, inspect_many([transcript for transcript, _ in talks], pack), strict=True):
        if not _meant_for(pack.norm(norm), one):
            continue
        marked, doubtful = _marked(marks, norm)
        found = {finding.span.turn: finding.span for finding in findings if finding.norm == norm and finding.kind is not Kind.ABSTENTION}
        for turn in sorted((set(found) ^ set(marked)) - set(doubtful)):
            span, text = marked.get(turn) or found[turn], transcript.turns[turn].text
            yield one.id, "missed" if turn in marked else "wrong", text[span.start : span.end], text


def _meant_for(norm: Norm, one: Labelled) -> bool:
    return (not norm.channels or one.channel in norm.channels) and (not norm.languages or one.language in norm.languages)


def _transcript(one: Labelled) -> tuple[Transcript, list[tuple[str, Span]]]:
    turns, marks = dialogue(one.text, datetime.fromisoformat(one.at))
    return Transcript(turns, Channel(one.channel), one.language, ended=one.ended, meta=one.meta), marks


def _marked(marks: Iterable[tuple[str, Span]], norm: str) -> tuple[dict[int, Span], set[int]]:
    """Return the turns in which a norm's words are marked, and those in which people would differ."""
    marked = {span.turn: span for name, span in marks if name == norm}
    return marked, {span.turn for name, span in marks if name == f"?{norm}"} - set(marked)


def _agreement(norm: Norm, transcript: Transcript, marks: Sequence[tuple[str, Span]], findings: Sequence[Finding]) -> Agreement:
    marked, doubtful = _marked(marks, norm.id)
    own = [finding for finding in findings if finding.norm == norm.id and finding.kind == norm.kind]
    found = {finding.span.turn for finding in own} - doubtful
    abstained = {finding.span.turn for finding in findings if finding.norm == norm.id and finding.kind is Kind.ABSTENTION}
    both = found & set(marked)
    return Agreement(
        both=len(both), found=len(found - both), marked=len(set(marked) - both),
        neither=len(transcript.turns) - len(found | set(marked) | doubtful), exact=sum(finding.span in marked.values() for finding in own),
        abstained=len(abstained),
    )  # fmt: skip


def _certificate(norm: Norm, instrument: str, gold: str, parts: Sequence[Agreement], issued: date, seed: int) -> Certificate:
    matrices: list[Counts] = [np.array([[part.neither, part.found], [part.marked, part.both]], dtype=np.int64) for part in parts]
    total = sum(matrices[1:], matrices[0]) if matrices else np.zeros((2, 2), dtype=np.int64)
    figures: tuple[Figure, ...] = (partial(measure.precision, label=1), partial(measure.recall, label=1), cohen)
    intervals = bootstrap(matrices, figures, seed=seed)
    precision, recall, kappa = (Rate(figure(total), interval) for figure, interval in zip(figures, intervals, strict=True))
    both, found, marked, neither = int(total[1, 1]), int(total[0, 1]), int(total[1, 0]), int(total[0, 0])
    return Certificate(
        norm=norm.id, norm_version=norm.version, instrument=instrument, gold=gold, conversations=len(parts), turns=(both, found, marked, neither),
        abstained=sum(part.abstained for part in parts), precision=precision, recall=recall, kappa=kappa,
        words=sum(part.exact for part in parts) / both if both else None, issued=issued, due=issued + VALID,
    )  # fmt: skip
