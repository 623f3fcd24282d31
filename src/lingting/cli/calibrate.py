"""`lingting calibrate`: measures every detector on the gold set and writes its certificate."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table

from lingting.catalog import gold as golden
from lingting.catalog.load import HERE
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.calibration import LEAST, Certificate, Rate, certificates, disagreements
from lingting.inspection.calibration import reviewed as count_in
from lingting.inspection.pack import standard_pack
from lingting.site import options


@click.command()
@click.option("--gold", "folder", type=click.Path(exists=True, path_type=Path), default=HERE / "gold", help="A gold set of your own.")
@click.option("--half", type=click.Choice(["development", "test", "both"]), default="test", show_default=True, help="Certificates state the test half.")
@click.option("--language", type=click.Choice(["zh", "en"]), default=None, help="Only conversations in this language.")
@click.option("--norm", "norms", multiple=True, help="Only this norm; may be given several times.")
@click.option("--show", is_flag=True, help="Show where the detector and the people differ.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Write the certificates there as JSON.")
@click.option("--reviewed", is_flag=True, help="Count the findings that people judged, and disputes decided, in this house's book with the gold set.")
@click.option("--at", type=click.DateTime(), default=None, help="The day of issue; today, if it is not given.")
def calibrate(folder: Path, half: str, language: str | None, norms: tuple[str, ...], *, show: bool, out: Path | None,
              at: datetime | None, reviewed: bool) -> None:  # fmt: skip
    """Measure the detectors against what people marked."""
    labelled, errors = golden.gold(folder, None if half == "both" else half)  # type: ignore[arg-type]  # click's choice is one of the two
    if errors:
        raise click.ClickException("\n".join(map(str, errors)))
    labelled = tuple(one for one in labelled if language in {None, one.language})
    if not labelled:
        raise click.ClickException(f"There are no labelled conversations of that sort in {folder}; see docs/labelling.md.")
    pack = standard_pack(calendar=WorkCalendar(ZoneInfo("Asia/Shanghai")), kept=options.packs(os.environ))
    if unknown := set(norms) - set(pack.places):
        raise click.ClickException(f"There is no norm {', '.join(sorted(unknown))}.")
    issued = [one for one in certificates(labelled, pack, at=at or datetime.now(UTC)) if not norms or one.norm in norms]
    issued = [_with_reviewed(one) for one in issued] if reviewed else issued
    Console().print(_table(issued, half, len(labelled)))
    for norm in norms if show else ():
        for conversation, what, words, turn in disagreements(norm, labelled, pack):
            click.echo(f"{norm} {conversation} {what}: {words} ← {turn}")
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps([asdict(one) for one in issued], ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")


def _with_reviewed(one: Certificate) -> Certificate:
    """Return a certificate with what people said of the findings of its norm, version and instrument."""
    from lingting.cli.main import set_up_django

    set_up_django()
    from lingting.ledger.moment import Moment
    from lingting.registers.conversations import queries
    from lingting.site import clock

    return count_in(one, *queries.reviewed(Moment(clock.now()), one.norm, one.norm_version, one.instrument))


def _table(issued: Iterable[Certificate], half: str, conversations: int) -> Table:
    told = f"{half}, {conversations} 个对话 conversations · 95 % 区间 intervals, bootstrap over conversations"
    caption = f"{told} · 少于 {LEAST} 处不报比率 no rates below {LEAST} marked turns"
    table = Table(title="校准证书 Certificates", caption=caption)
    for heading in ("规范 norm", "标注 marked", "找到 found", "精确率 precision", "召回率 recall", "kappa", "弃权 abstained"):
        table.add_column(heading, justify="left" if "norm" in heading else "right")
    for one in issued:
        both, found, marked, _ = one.turns
        rates = [_rate(rate) if one.enough else "…" for rate in (one.precision, one.recall, one.kappa)]
        table.add_row(one.norm, str(both + marked), str(both + found), *rates, str(one.abstained))
    return table


def _rate(rate: Rate) -> str:
    if rate.value is None:
        return "–"
    spread = f" [{rate.interval.low:.2f}, {rate.interval.high:.2f}]" if rate.interval else ""
    return f"{rate.value:.2f}{spread}"
