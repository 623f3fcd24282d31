"""A line of the table: a figure with its set, variant, n, interval, and what others published."""

import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.ground import DATA
from lingting.inspection import measure
from lingting.statistics.intervals import Figure, Interval, bootstrap

Measure = Callable[[Path], Iterable["Line"]]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `protocol` says how it was measured, `published` what others reached, `same` whether they measured on the same samples."""

    name: str
    protocol: str
    figure: str
    value: float | None
    interval: Interval | None
    n: int
    groups: int
    published: tuple[tuple[str, float], ...] = ()
    same: bool = False

    @property
    def reached(self) -> str:
        """Say which of the published figures are reached, and whether by less than chance may give; on other samples that is a hint and no proof."""
        if not self.published or self.value is None:
            return "–"
        missed = [name for name, figure in self.published if self.value < figure]
        which = "yes" if not missed else "no" if len(missed) == len(self.published) else f"all but {', '.join(missed)}"
        near = any(figure in self.interval for _, figure in self.published) if self.interval else False
        return "; ".join([which, *["within the interval"] * near, *["other samples"] * (not self.same)])


def lines(
    name: str, protocol: str, truth: Sequence[Hashable], said: Sequence[Hashable], groups: Sequence[Hashable], figures: dict[str, Figure],
    published: dict[str, tuple[tuple[str, float], ...]] | None = None, *, same: bool = False,
) -> Iterator[Line]:  # fmt: skip
    """Yield a line for each figure, with an interval from drawing whole groups (dialogues) anew."""
    labels = sorted({*truth, *said}, key=str)
    matrices = measure.by_group(truth, said, groups, labels)
    whole = sum(matrices[1:], matrices[0])
    intervals = bootstrap(matrices, list(figures.values()), seed=1)
    for (figure, of), interval in zip(figures.items(), intervals, strict=True):
        yield Line(name, protocol, figure, of(whole), interval, len(truth), len(matrices), (published or {}).get(figure, ()), same)


def show(measures: Iterable[Measure]) -> None:
    """Measure, and print one table with what it cost."""
    table = Table(title="How well it hears: data that nobody here wrote")
    for heading in ("set", "protocol", "figure", "value", "95 %", "n", "groups", "published", "reached"):
        table.add_column(heading, overflow="fold")
    began, spent = time.perf_counter(), time.process_time()
    for measured in measures:
        for line in _told(measured):
            table.add_row(*line)
        print(f"{_set(measured)}: {time.perf_counter() - began:.0f} s so far", flush=True)
    Console(width=200).print(table)
    print(f"Intervals: 1,000 draws of whole groups. Cost: {time.perf_counter() - began:.0f} s, {time.process_time() - spent:.0f} s of one processor.")


def _told(measured: Measure) -> Iterator[tuple[str, ...]]:
    if not DATA.is_dir():
        yield (_set(measured), f"not measured: data absent ({DATA}); name their folder in LINGTING_DATA")
        return
    for line in measured(DATA):
        value = "unknown" if line.value is None else f"{line.value:.3f}"
        interval = f"{line.interval.low:.3f}–{line.interval.high:.3f}" if line.interval else "unknown"
        published = ", ".join(f"{name} {figure:.3f}" for name, figure in line.published) or "–"
        yield line.name, line.protocol, line.figure, value, interval, str(line.n), str(line.groups), published, line.reached


def _set(measured: Measure) -> str:
    """Return the name of the file that measures."""
    return Path(measured.__code__.co_filename).stem
