"""The engine (引擎): transcripts in, findings out; one pass over the text, then norms that look only at their hits."""

from collections.abc import Iterator, Sequence

from lingting.catalog.model import Norm
from lingting.inspection.finding import Finding
from lingting.inspection.heard import Heard, Mark
from lingting.inspection.normalise import plain
from lingting.inspection.pack import Pack
from lingting.inspection.transcript import Transcript


def inspect(transcript: Transcript, pack: Pack) -> tuple[Finding, ...]:
    """Return what the norms of a pack find in one conversation, in the order of its words."""
    return inspect_many([transcript], pack)[0]


def inspect_many(transcripts: Sequence[Transcript], pack: Pack) -> list[tuple[Finding, ...]]:
    """Return the findings of many conversations, scanned together.

    1. Bring every turn into its plain form.
    2. Scan all of them at once.
    3. Hand each norm its hits; a norm without any, that does not listen for what is missing, costs nothing.
    """
    plains = [tuple(plain(turn.text) for turn in transcript.turns) for transcript in transcripts]
    marks = _marks(plains, pack)
    return [
        tuple(sorted(_findings(transcript, words, marks[number], pack), key=lambda found: (found.span, found.norm)))
        for number, (transcript, words) in enumerate(zip(transcripts, plains, strict=True))
    ]


def _marks(plains: Sequence[tuple[str, ...]], pack: Pack) -> list[dict[int, list[Mark]]]:
    marks: list[dict[int, list[Mark]]] = [{} for _ in plains]
    for hit in pack.scanner.scan(plains):
        norm, tag = pack.owners[hit.pattern]
        marks[hit.text].setdefault(norm, []).append(Mark(tag, hit.turn, hit.start, hit.end))
    return marks


def _findings(transcript: Transcript, words: tuple[str, ...], marks: dict[int, list[Mark]], pack: Pack) -> Iterator[Finding]:
    for place, (norm, detector) in enumerate(zip(pack.norms, pack.detectors, strict=True)):
        here = marks.get(place)
        if (here or detector.ALWAYS) and _applies(norm, transcript):
            yield from detector.find(norm, Heard(transcript, words, tuple(here or ()), pack.calendar, pack.organisation))


def _applies(norm: Norm, transcript: Transcript) -> bool:
    return not norm.channels or transcript.channel in norm.channels
