"""The engine (引擎): transcripts in, findings out; one pass over the text, then norms that look only at the words they were met by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from lingting.inspection.finding import Finding, Kind
from lingting.inspection.later import Later
from lingting.inspection.normalise import plains
from lingting.inspection.pack import Pack
from lingting.inspection.pinyin import sounds
from lingting.inspection.scan import Marks
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import VOICES, Role, Transcript

UNSURE = 0.5
"""A turn that was recognised with less confidence than this counts against nobody; a house default."""


def inspect(transcript: Transcript, pack: Pack) -> tuple[Finding, ...]:
    """Return what the norms of a pack find in one conversation, in the order of its words."""
    return inspect_many([transcript], pack)[0]


def inspect_many(transcripts: Sequence[Transcript], pack: Pack) -> list[tuple[Finding, ...]]:
    """Return the findings of many conversations, scanned together.

    1. Bring every turn into its plain form.
    2. Scan all of them at once.
    3. Let each norm that was met by a word listen; the others cost nothing.
    """
    return [found(talk, pack) for talk in talks(transcripts, pack)]


def talks(transcripts: Sequence[Transcript], pack: Pack) -> Iterator[Talk]:
    """Yield conversations ready to be listened to."""
    made = plains([turn.text for transcript in transcripts for turn in transcript.turns])
    texts = [tuple(islice(made, len(transcript.turns))) for transcript in transcripts]
    marks = marked(texts, transcripts, pack)
    for transcript, words, own in zip(transcripts, texts, marks, strict=True):
        yield talk_of(transcript, words, own, pack)


def talk_of(transcript: Transcript, plain: Sequence[str], marks: Marks, pack: Pack, *, known: Mapping[Any, Any] | None = None,
            settled: dict[Any, tuple[int, Any]] | None = None, later: Later | None = None) -> Talk:  # fmt: skip
    """Return one conversation ready to be listened to; `known` is what was worked out of its turns before, `settled` what later turns only add to."""

    def found_by(talk: Talk, norm: str) -> tuple[Finding, ...]:
        return _known(talk, pack, pack.places[norm])

    passed = pack.gates.passed(marks.voices)
    may = pack.gates.may(passed, transcript.channel, transcript.language[:2])
    asked = later or Later(pack.later, plain)
    return Talk(transcript, plain, marks, pack.calendar, pack.organisation, found_by, dict(known or {}), settled, passed, may, asked)


def found(talk: Talk, pack: Pack) -> tuple[Finding, ...]:
    """Return what the norms of a pack find in a conversation."""
    findings = [finding for place in _places(talk.may) for finding in _known(talk, pack, place)]
    findings.sort(key=_order)
    return tuple(findings)


def _order(finding: Finding) -> tuple[int, int, int, str]:
    span = finding.span
    return span.turn, span.start, span.end, finding.norm


def _places(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _known(talk: Talk, pack: Pack, place: int) -> tuple[Finding, ...]:
    """Return what one norm finds; asked again, it does not listen again."""
    known = talk.known.get(place)
    if known is None:
        heard = pack.listeners[place].find(talk) if talk.may >> place & 1 else ()
        # Speech that nobody wrote down has no words to quote: whatever seems to be missing in it may have been said.
        known = talk.known[place] = tuple([_sure(talk, finding) for finding in heard if finding.quote.strip()])
    findings: tuple[Finding, ...] = known
    return findings


def _sure(talk: Talk, finding: Finding) -> Finding:
    """Let words that were hardly understood count against nobody: the instrument abstains."""
    turn = talk.transcript.turns[finding.span.turn]
    unsure = turn.confidence is not None and turn.confidence < UNSURE
    return replace(finding, kind=Kind.ABSTENTION) if unsure and finding.kind is Kind.BREACH and turn.role is Role.AGENT else finding


def marked(texts: Sequence[Sequence[str]], transcripts: Sequence[Transcript], pack: Pack) -> list[Marks]:
    """Return where the words of the pack stand in each conversation, by tag; in recognised speech also where only the sound is right."""
    marks = pack.scanner.scan(texts, [[VOICES[turn.role] for turn in transcript.turns] for transcript in transcripts])
    recognised = [number for number, transcript in enumerate(transcripts) if any(turn.confidence is not None for turn in transcript.turns)]
    if recognised and pack.words.sounds:
        heard = pack.sound_scanner.scan([[sounds(turn) for turn in texts[number]] for number in recognised])
        for number, more in zip(recognised, heard, strict=True):
            _add(marks[number], more, transcripts[number])
    return marks


def _add(marks: Marks, heard: Marks, transcript: Transcript) -> None:
    """Add the words of which only the sound is right, where a machine wrote them down."""
    for tag, places in heard.items():
        known = marks.get(tag, [])
        more = {place for place in places if transcript.turns[place[0]].confidence is not None}.difference(known)
        if more:
            marks.put(tag, sorted([*known, *more]), heard.voices[tag])
