"""`lingting judge`: asks a language model about one norm in conversations; proposals for a person to look at, never a verdict."""

import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from lingting.bulk.conversations import together
from lingting.catalog import read_norms
from lingting.channels.read import read
from lingting.judge.ask import Judge, NoAnswer
from lingting.message import Mistake
from lingting.site import options


@click.command()
@click.argument("norm")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--zone", default="Asia/Shanghai", show_default=True, help="The zone of times that name none.")
def judge(norm: str, paths: tuple[Path, ...], zone: str) -> None:
    """Ask the language model of LINGTING_JUDGE_SERVER about NORM in the conversations in PATHS; what leaves is masked, counted and logged."""
    settings, _ = options.read(os.environ)
    if not settings["JUDGE_SERVER"]:
        raise click.ClickException(
            "No language model is set up, and none is needed. To use one, name its address in LINGTING_JUDGE_SERVER; words then leave the house."
        )
    wanted = next((known for known in read_norms() if known.id == norm), None)
    if wanted is None:
        raise click.ClickException(f"There is no norm {norm}; `lingting norms test` lists none of that name.")
    asked = Judge(settings["JUDGE_SERVER"], settings["JUDGE_MODEL"], settings["JUDGE_KEY"], settings["JUDGE_BUDGET"], settings["HOME"] / "judge")
    place = ZoneInfo(zone)
    items = (item for path in paths for item in read(path, ours=(), zone=place))
    messages = (item for item in items if not isinstance(item, Mistake))
    for key, transcript in together(messages):
        try:
            judged = asked.judge(transcript, wanted, at=datetime.now(UTC))
        except NoAnswer as error:
            raise click.ClickException(str(error)) from error
        for finding in judged.findings:
            click.echo(f"{key} {finding.span.turn}: {finding.quote}  [{finding.instrument}: a proposal, not calibrated]")
        if judged.discarded:
            click.echo(f"{key}: {judged.discarded} proposals thrown away, their words do not stand there.", err=True)
