"""Controls of what is set up (期间核查): recordings for the recogniser, conversations for a language model's prompts; each runs by itself when due.

What cannot be run says why, in the register, instead of standing still.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from lingting.catalog import gold, read_norms
from lingting.catalog.load import own
from lingting.catalog.norm import Norm
from lingting.channels.recording.read import read_recording
from lingting.inspection.normalise import plain
from lingting.inspection.samples import dialogue
from lingting.inspection.transcript import Channel, Transcript
from lingting.judge.ask import Judge, NoAnswer
from lingting.judge.question import instrument as engine_of
from lingting.message import Message
from lingting.registers.instruments import controls
from lingting.registers.instruments.choices import Sort
from lingting.registers.instruments.controls import Figure
from lingting.registers.instruments.models import Instrument, Version
from lingting.site import speech as recognising
from lingting.statistics.edits import edits
from lingting.statistics.intervals import wilson

MARGIN = 0.05
"""By how much the share of right letters may fall below the first figure before the recogniser drifts; a house default."""

CASES = 10
"""So many conversations in which a norm's words are marked, and as many in which they are not, are put to a prompt; a house default."""

FEWEST = 5
"""Fewer marked conversations say nothing."""


class CannotRun(Exception):
    """The control cannot be run; the words say why in both languages."""


def speech(now: datetime) -> int:
    """Let the recogniser hear the house's control recordings, where that is due; return how many records say what came of it."""
    return sum(_run(one, _heard, now) for one in controls.waiting(Sort.SPEECH, now))


def prompts(now: datetime) -> int:
    """Put the control conversations to the language model by each prompt for which that is due; return how many records say what came of it."""
    return sum(_run(one, _judged, now) for one in controls.waiting(Sort.PROMPT, now))


def _run(instrument: Instrument, measure: Callable[[Instrument, Version | None, datetime], Figure], now: datetime) -> int:
    version = controls.in_use(instrument, now)
    try:
        controls.tell(instrument, version, measure(instrument, version, now), at=now)
    except CannotRun as error:
        return int(controls.miss(instrument, str(error), at=now))
    return 1


def _heard(_: Instrument, version: Version | None, now: datetime) -> Figure:  # noqa: ARG001  # as for a prompt
    recogniser = recognising.recogniser(settings.LINGTING)
    if recogniser is None:
        raise CannotRun("没有设置语音识别（LINGTING_SPEECH_MODEL 或 LINGTING_SPEECH_SERVER）。 No recogniser is set up.")
    _same(version, recognising.engine(settings.LINGTING))
    folder = own()
    cases = [(path, told) for path in sorted((folder / "controls").glob("*.wav")) if (told := path.with_suffix(".txt")).is_file()] if folder else []
    if not cases:
        raise CannotRun("没有对照录音：请在 LINGTING_HOUSE 的 controls 里放 .wav 和同名的 .txt。 No control recordings: put .wav and .txt of one name there.")
    wrong = letters = 0
    for path, told in cases:
        wanted = _letters(told.read_text(encoding="utf-8"))
        wrong, letters = wrong + edits(wanted, _letters(_words(path, recogniser))), letters + len(wanted)
    if not letters:
        raise CannotRun("对照录音的 .txt 是空的。 The control's .txt files are empty.")
    share = max(0.0, 1 - wrong / letters)
    return Figure(f"对照录音 {len(cases)} 段 {letters} 字 Control recordings", share, share - MARGIN)


def _words(path: Path, recogniser: Any) -> str:
    items = list(read_recording(path, zone=settings.LINGTING["ZONE"], recogniser=recogniser))
    said = [item for item in items if isinstance(item, Message)]
    if not said:
        raise CannotRun(f"{path.name}: {'; '.join(map(str, items))}")
    return " ".join(message.text for message in sorted(said, key=lambda message: message.at))


def _letters(words: str) -> str:
    return "".join(letter for letter in plain(words) if letter.isalnum())


def _judged(instrument: Instrument, version: Version | None, now: datetime) -> Figure:
    options = settings.LINGTING
    if not options["JUDGE_SERVER"]:
        raise CannotRun("没有设置语言模型（LINGTING_JUDGE_SERVER）。 No language model is set up.")
    norm = next((norm for norm in read_norms() if norm.id == instrument.norm), None)
    if norm is None:
        raise CannotRun("没有写明它听哪条规范，没有标注可对照。 It names no norm that is marked in the control.")
    _same(version, engine_of(options["JUDGE_MODEL"]))
    cases = list(_cases(norm))
    if sum(marked for _, _, marked in cases) < FEWEST:
        raise CannotRun(f"对照对话里标注不到 {FEWEST} 处。 Fewer than {FEWEST} of the control conversations are marked.")
    judge = Judge(options["JUDGE_SERVER"], options["JUDGE_MODEL"], options["JUDGE_KEY"], options["JUDGE_BUDGET"], settings.HOME / "judge", fresh=True)
    try:
        right = sum(bool(judge.judge(talk, norm, at=now).findings) == marked for _, talk, marked in cases)
    except NoAnswer as error:
        raise CannotRun(f"语言模型没有答完。 {error}") from error
    interval = wilson(right, len(cases))
    return Figure(controls.name(gold.fingerprint(tuple(one for one, _, _ in cases))), right / len(cases), interval.low if interval else 0.0)


def _cases(norm: Norm) -> Iterator[tuple[gold.Labelled, Transcript, bool]]:
    """Yield control conversations with whether people marked the norm's words in them; of the development half: the test half speaks for certificates."""
    counts = {True: 0, False: 0}
    for one in gold.read_gold("development"):
        if (norm.channels and one.channel not in norm.channels) or (norm.languages and one.language not in norm.languages):
            continue
        turns, marks = dialogue(one.text, datetime.fromisoformat(one.at))
        named = {name for name, _ in marks}
        marked = norm.id in named
        if f"?{norm.id}" not in named and counts[marked] < CASES:
            counts[marked] += 1
            yield one, Transcript(turns, Channel(one.channel), one.language, ended=one.ended, meta=one.meta), marked


def _same(version: Version | None, engine: str) -> None:
    """Refuse to tell of one version what another did."""
    if version is not None and version.engine and version.engine != engine:
        raise CannotRun(f"在用的是 {engine}，登记的版本是 {version.engine}；请登记新版本。 {engine} is in use, {version.engine} is registered: register it.")
