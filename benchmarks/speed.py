"""python -m benchmarks.speed [CONVERSATIONS]: how fast the ear is on one processor, and what it could be compared with; all figures of one run.

python -m benchmarks.speed through CONVERSATIONS: the full pack alone, once through so many conversations made as they are needed.

Conversations of 20 messages are put together from what people said in STAR and CrossWOZ. Times are of the processor, not of the clock, and the best of
several: the machine may be shared. What is scaled from a sample says so.
"""

import gc
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from math import inf
from pathlib import Path
from zoneinfo import ZoneInfo

import hyperscan
import numpy as np
from rich.console import Console
from rich.table import Table
from snownlp import SnowNLP

from benchmarks.__main__ import LENGTH, held, made
from lingting.bulk.conversations import transcript
from lingting.bulk.findings import BATCH
from lingting.catalog import read_norms
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import found, inspect_many, talks
from lingting.inspection.live import Live
from lingting.inspection.normalise import plains
from lingting.inspection.pack import Pack, pack
from lingting.inspection.scan import Scanner
from lingting.inspection.transcript import Channel, Transcript

CONVERSATIONS = 5_000
TIMES = 3
"""Runs of which the best counts."""

PAIRS = 6
"""Runs of half and whole, in turns: the quotient of two figures is noisier than either."""

NAIVE = 40
"""Conversations on which the loop of regular expressions is tried."""

RATED = 150
"""Messages that SnowNLP rates."""

TURNS = 200
"""Turns after which the live inspector is timed, for as many again."""


BEGAN, APART = datetime(2026, 3, 2, 1, tzinfo=UTC), timedelta(seconds=15)
"""When the turns of that conversation are said: made conversations lie months apart, and in one that goes on time never runs backwards."""


@dataclass(slots=True)
class Report:
    """The lines of the table: what, how much, the target, and whether it is reached."""

    lines: list[tuple[str, str, str, str]] = field(default_factory=list)

    def say(self, what: str, how_much: str, target: str = "") -> None:
        """Add a line that nobody aims at."""
        self.lines.append((what, how_much, target, ""))

    def aim(self, what: str, how_much: str, value: float, *, least: float = -inf, most: float = inf) -> None:
        """Add a line with a target."""
        target = f"≤ {most:,g}" if most < inf else f"≥ {least:,g}"
        self.lines.append((what, how_much, target, "yes" if least <= value <= most else "no"))

    def table(self, title: str) -> Table:
        """Return the lines as a table."""
        table = Table(title=title)
        for heading in ("what", "measured", "target", "reached"):
            table.add_column(heading)
        for line in self.lines:
            table.add_row(*line)
        return table


def spent(act: Callable[[], object]) -> float:
    """Return the seconds of the processor."""
    began = time.process_time()
    act()
    return time.process_time() - began


def best(act: Callable[[], object], times: int = TIMES) -> float:
    """Return the least seconds of several runs."""
    return min(spent(act) for _ in range(times))


def batches(given: Sequence[Transcript]) -> Iterator[Sequence[Transcript]]:
    """Yield conversations as many together as bulk listening takes."""
    return (given[cut : cut + BATCH] for cut in range(0, len(given), BATCH))


def inspected(given: Sequence[Transcript], ready: Pack) -> None:
    """Listen to conversations and let the findings go."""
    for batch in batches(given):
        inspect_many(batch, ready)


def ready_again(report: Report) -> Pack:
    """Make the pack twice: what is compiled once is read back."""
    norms, calendar = read_norms(), WorkCalendar(ZoneInfo("Asia/Shanghai"))
    with tempfile.TemporaryDirectory() as folder:
        first = spent(lambda: pack(norms, calendar=calendar, kept=Path(folder)))
        again = best(lambda: pack(norms, calendar=calendar, kept=Path(folder)))
        ready = pack(norms, calendar=calendar, kept=Path(folder))
    patterns = len(ready.words.patterns)
    report.say(f"pack of {len(norms)} norms, {patterns} patterns: compiled", f"{first:.1f} s")
    report.aim("  read back", f"{again:.2f} s", again, most=1)
    return ready


def bare(given: Sequence[Transcript], ready: Pack) -> float:
    """Return the seconds that a scan alone takes for the same text and all patterns, those looked for later too: every match is told and forgotten."""
    scanner = Scanner(ready.words.patterns, ready.words.begun)
    buffers = ["\n".join(plains([turn.text for talk in batch for turn in talk.turns])).encode() for batch in batches(given)]
    databases = [(database, hyperscan.Scratch(database)) for several in scanner.databases for database in several]

    def act() -> None:
        for buffer in buffers:
            for database, scratch in databases:
                database.scan(buffer, match_event_handler=lambda *_: None, scratch=scratch)

    return best(act)


def whole(report: Report, given: Sequence[Transcript], ready: Pack) -> float:
    """Compare the full pack with the bare scan, and tell where its time goes."""
    count, scan = len(given), bare(given, ready)
    full = best(lambda: inspected(given, ready))
    words = best(lambda: [list(plains([turn.text for talk in batch for turn in talk.turns])) for batch in batches(given)])
    heard = best(lambda: [list(talks(batch, ready)) for batch in batches(given)])
    norms = best(lambda: [[found(talk, ready) for talk in talks(batch, ready)] for batch in batches(given)]) - heard
    report.say(f"bare scan of {count:,} conversations, all patterns", f"{count / scan:,.0f} conversations/s", "the ceiling")
    report.aim("full pack", f"{count / full:,.0f} conversations/s", count / full, least=4000)
    report.say("  messages", f"{count * LENGTH / full:,.0f} /s")
    report.say("  time of the full pack to the bare scan", f"{full / scan:.1f} : 1")
    for what, seconds in (("plain form", words), ("scan and marks", heard - words), ("norms", norms)):
        report.say(f"  share of {what}", f"{seconds / (heard + norms):.0%}")
    return full / count


def naive(report: Report, given: Sequence[Transcript], ready: Pack, full: float) -> None:
    """Look for the same patterns with a loop of regular expressions, as a program without a scan would."""
    compiled, refused = [], 0
    for pattern in ready.words.patterns:
        try:
            compiled.append(re.compile(pattern))
        except re.error:
            refused += 1
    messages = list(plains([turn.text for talk in given[:NAIVE] for turn in talk.turns]))
    each = spent(lambda: [match.span() for message in messages for pattern in compiled for match in pattern.finditer(message)]) / len(given[:NAIVE])
    report.say(f"loop of re over the patterns ({NAIVE} conversations)", f"{1 / each:,.0f} conversations/s, {refused} patterns re cannot compile")
    report.say("  the full pack is faster", f"{each / full:.0f} times")


def rated(report: Report, given: Sequence[Transcript], full: float) -> None:
    """Rate messages with SnowNLP, the sentiment of one message and nothing else."""
    messages = [turn.text for talk in given for turn in talk.turns if re.search(r"[\u4e00-\u9fff]", turn.text)][:RATED]
    SnowNLP(messages[0]).sentiments  # noqa: B018  # its model is loaded with the first
    each = spent(lambda: [SnowNLP(message).sentiments for message in messages]) / len(messages) * LENGTH
    report.say(f"SnowNLP's sentiment ({RATED} Chinese messages)", f"{1 / each:,.1f} conversations/s")
    report.say("  the full pack is faster", f"{each / full:,.0f} times")


def live(report: Report, given: Sequence[Transcript], ready: Pack) -> None:
    """Take a long conversation turn by turn, its turns those of several told one after another as in one that goes on; of each turn the best of several."""
    said = [replace(turn, at=BEGAN + number * APART) for number, turn in enumerate(islice((turn for talk in given for turn in talk.turns), 2 * TURNS))]

    def told() -> list[float]:
        listener = Live(ready, channel=Channel.CHAT)
        return [1000 * spent(lambda turn=turn: listener.hear(turn)) for turn in said][TURNS:]

    middle, high = np.percentile(np.min([told() for _ in range(TIMES)], axis=0), [50, 99])
    report.aim(f"live, a turn after {TURNS}: p50", f"{middle:.2f} ms", float(middle), most=5)
    report.aim("  p99", f"{high:.2f} ms", float(high), most=5)


def growth(report: Report, given: Sequence[Transcript], ready: Pack) -> None:
    """Twice as many conversations cost twice as much and hold no more memory; so does one conversation of twice as many turns."""
    half = given[: len(given) // 2]
    inspected(half, ready)
    before, pairs = held(), [(spent(lambda: inspected(half, ready)), spent(lambda: inspected(given, ready))) for _ in range(PAIRS)]
    grown = held() - before
    ratio = min(both for _, both in pairs) / min(one for one, _ in pairs)
    report.aim(f"{len(given):,} conversations to {len(half):,}", f"{ratio:.2f} times", ratio, most=2.05)
    report.aim("  memory held more", f"{grown:.0f} MB", grown, most=20)
    turns = [turn for talk in given for turn in talk.turns][:20_000]
    short, long = (Transcript(turns[:size], ended=True) for size in (len(turns) // 2, len(turns)))
    pairs = [(spent(lambda: inspected([short], ready)), spent(lambda: inspected([long], ready))) for _ in range(TIMES)]
    ratio = min(both for _, both in pairs) / min(one for one, _ in pairs)
    report.aim(f"one conversation of {len(turns):,} turns to one of {len(turns) // 2:,}", f"{ratio:.2f} times", ratio, most=2.3)


def through(count: int) -> None:
    """Listen to many conversations once, a batch at a time: what each half costs, and the memory held after each tenth."""
    ready, made_so_far = pack(read_norms(), calendar=WorkCalendar(ZoneInfo("Asia/Shanghai"))), map(transcript, made(7))
    taken, memory, tenth = [], [], count // BATCH // 10
    inspected(list(islice(made_so_far, BATCH)), ready)
    for number in range(1, count // BATCH + 1):
        batch = list(islice(made_so_far, BATCH))
        taken.append(spent(lambda batch=batch: inspect_many(batch, ready)))
        if number % tenth == 0:
            memory.append(held())
            print(f"{number * BATCH:,} conversations: {number * BATCH / sum(taken):,.0f} a second of the processor, {memory[-1]:.0f} MB held", flush=True)
    half = len(taken) // 2
    print(f"all to the first half: {sum(taken) / sum(taken[:half]):.2f} times; memory from the first tenth to the last: {memory[-1] - memory[0]:+.0f} MB")


def main(count: int) -> None:
    """Measure everything and print the table."""
    report = Report()
    ready = ready_again(report)
    given = [transcript(messages) for messages in islice(made(7), count)]
    inspected(given[:BATCH], ready)
    gc.collect()
    gc.freeze()  # as bulk listening does; it never holds so many conversations either
    full = whole(report, given, ready)
    naive(report, given, ready, full)
    rated(report, given, full)
    live(report, given, ready)
    growth(report, given, ready)
    title = f"The ear on one processor, {count:,} conversations of {LENGTH} messages, {datetime.now(UTC):%Y-%m-%d}"
    Console(width=130).print(report.table(title))


if __name__ == "__main__":
    counts = [int(word) for word in sys.argv[1:] if word.isdecimal()] or [CONVERSATIONS]
    (through if "through" in sys.argv else main)(counts[0])
