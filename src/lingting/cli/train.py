"""`lingting train`: makes a small model out of findings that people have reviewed, and prints how far it can be trusted."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from lingting.learning.certificate import Certificate, Rate
from lingting.learning.excerpt import Sample
from lingting.learning.linear import Kind
from lingting.learning.samples import read_samples
from lingting.learning.store import save
from lingting.learning.train import AIM, TooFew, Trained, train
from lingting.site import options

SHOWN = 12
"""Labels whose confusion fits a screen; the matrix of more stands in certificate.json."""
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


@click.command("train")
@click.argument("name")
@click.argument("path", metavar="SAMPLES.jsonl", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice([str(kind) for kind in Kind]), help="Detect one label, or choose among several; two labels detect by default.")
@click.option("--seed", default=1, show_default=True, help="The same samples and seed give the same model, byte for byte.")
@click.option("--folds", default=5, show_default=True, type=click.IntRange(2, 20), help="Parts for the cross-validation; conversations stay whole.")
@click.option("--aim", default=AIM, show_default=True, type=click.FloatRange(0.5, 1.0), help="Share of answers that must be right; below it, it abstains.")
def train_(name: str, path: Path, kind: str | None, seed: int, folds: int, aim: float) -> None:
    """Train the small model NAME on reviewed samples, one JSON object a line: conversation, text, before, label, reviewed_by."""
    if not _NAME.fullmatch(name):
        raise click.ClickException(f"{name!r} is no name for a model. Use small letters, digits and hyphens, such as complaint-tone.")
    models = _home() / "models"
    samples = _samples(path)
    chosen = Kind(kind) if kind else (Kind.DETECT if len({sample.label for sample in samples}) <= 2 else Kind.CLASSIFY)  # noqa: PLR2004  # two labels
    try:
        trained = _trained(samples, name, chosen, seed, folds, aim)
    except TooFew as error:
        raise click.ClickException(str(error)) from error
    for table in _tables(trained.certificate):
        Console().print(table)
    click.echo(trained.certificate.why)
    try:
        click.echo(f"Written: {save(trained, models)}")
    except OSError as error:
        raise click.ClickException(f"{models} cannot be written ({error.strerror}). Nothing is left there; name another folder in LINGTING_HOME.") from error


def _samples(path: Path) -> list[Sample]:
    """Read the samples; a file with a bad line is not taken at all, for a model must stand on what somebody can show."""
    with path.open("rb") as file:
        samples, mistakes = read_samples(file, str(path))
    for mistake in mistakes:
        click.echo(f"{mistake.path} {mistake.place}: {mistake.wrong} {mistake.remedy}", err=True)
    if mistakes:
        raise click.ClickException(f"{len(mistakes)} of {len(samples) + len(mistakes)} lines could not be taken. Nothing was trained or written.")
    if not samples:
        raise click.ClickException(f"{path} holds no samples. Nothing was trained or written.")
    return samples


def _trained(samples: list[Sample], name: str, kind: Kind, seed: int, folds: int, aim: float) -> Trained:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        steps = progress.add_task("training", total=folds + 3)

        def advance(step: str) -> None:
            progress.update(steps, advance=1, description=f"training: {step}")

        return train(samples, name=name, kind=kind, seed=seed, folds=folds, aim=aim, advance=advance)


def _home() -> Path:
    try:
        values, _ = options.read(os.environ)
    except options.BadSetting as error:
        raise click.ClickException(str(error)) from error
    home: Path = values["HOME"]
    return home


def _tables(certificate: Certificate) -> Iterator[Table]:
    """Yield the certificate as tables: the figures with their intervals, then what was called what."""
    title = f"证书 Certificate · {certificate.name}/{certificate.version}"
    told = f"{certificate.samples} samples, {certificate.conversations} conversations, reviewed by {escape(', '.join(certificate.reviewers))}"
    figures = Table(title=title, caption=f"{told}\n{certificate.method}\n{certificate.folds}-fold by conversation; 95 % intervals over conversations")
    for heading in ("指标 figure", "数值 value", "95 %", "n"):
        figures.add_column(heading)
    for name, rate in certificate.overall.items():
        figures.add_row(name, *_cells(rate))
    for label, rates in certificate.by_label.items():
        for name, rate in rates.items():
            figures.add_row(escape(f"{label} · {name}"), *_cells(rate))
    for name, rate in certificate.answered.items():
        figures.add_row(f"弃权之外 where it answers · {name}", *_cells(rate))
    yield figures
    if len(certificate.labels) <= SHOWN:
        counts = Table(title="混淆矩阵 Confusion: reviewed (rows), called (columns)")
        for heading in ("", *certificate.labels):
            counts.add_column(escape(heading))
        for label, row in zip(certificate.labels, certificate.confusion, strict=True):
            counts.add_row(escape(label), *map(str, row))
        yield counts


def _cells(rate: Rate) -> tuple[str, str, str]:
    value = "未知 unknown" if rate.value is None else f"{rate.value:.3f}"
    interval = "未知 unknown" if rate.low is None or rate.high is None else f"{rate.low:.3f}–{rate.high:.3f}"
    return value, interval, str(rate.n)
