"""`lingting demo`: everything at once for somebody who has never seen Lingting – set up, bring in, listen, serve."""

import os
import secrets
from pathlib import Path

import click

SHOWN = Path(__file__).parents[3] / "demo" / "conversations"
"""The conversations of a fictional firm; they are part of the source, not of the installed package."""

FICTIONAL = {"ORGANISATION": "栖舟货运云|Qizhou Freight Cloud", "ADDRESSES": "qizhou.example", "CLOCK": "2026-08-31T09:00:00+08:00"}
PASSWORD = "tingqing-2026"  # noqa: S105  # the fictional firm's, shown to everybody
ACCOUNTS = (
    ("supervisor", "王主管", "supervisor"),
    ("quality", "陈审核", "quality_manager"),
    ("inspector", "赵质检", "inspector"),
    ("agent", "李客服", "agent"),
    ("auditor", "何外审", "external_auditor"),
    ("admin", "管理员", "administrator"),
)
"""Name to sign in with, name on the page, role."""


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--port", type=int, help="Instead of LINGTING_PORT; 0 takes a free one.")
@click.option("--serve/--no-serve", default=True, help="Serve afterwards, or stop when everything is brought in.")
@click.pass_context
def demo(context: click.Context, folder: Path | None, port: int | None, *, serve: bool) -> None:
    """Show the fictional firm 栖舟货运云, or your own files: set up, import FOLDER, listen, serve."""
    source = folder or SHOWN
    if not source.exists():
        raise click.ClickException(f"The demonstration's conversations are not at {source}. Start from a checkout, or name a folder of your own files.")
    home = Path(os.environ.get("LINGTING_HOME", "var")) / ("own" if folder else "demo")
    os.environ["LINGTING_HOME"] = str(home)
    if not folder:
        os.environ.update({f"LINGTING_{name}": words for name, words in FICTIONAL.items()})
    _set_up()
    password = secrets.token_urlsafe(12) if folder else PASSWORD
    _accounts(password)
    _bring_in(source)
    click.echo(_welcome(password, fictional=not folder))
    if serve:
        from lingting.cli.serve import serve as command

        context.invoke(command, port=port)


def _set_up() -> None:
    from lingting.cli.main import set_up_django
    from lingting.cli.migrate import bring_up_to_date

    set_up_django()
    bring_up_to_date()


def _accounts(password: str) -> None:
    """Let one person of each role sign in; with your own files the password is a new one at every start."""
    from lingting.access.models import Account

    for username, name, role in ACCOUNTS:
        held, _ = Account.objects.get_or_create(username=username, defaults={"name": name, "role": role})
        held.set_password(password)
        held.save()


def _bring_in(source: Path) -> None:
    from lingting.cli.import_ import bring_in, summary

    received = bring_in([source], listen=True)
    for line in summary(received):
        click.echo(line, err=True)


def _welcome(password: str, *, fictional: bool) -> str:
    from lingting.access.roles import roles

    names = roles().names
    width = max(len(username) for username, *_ in ACCOUNTS)
    people = [f"  {username:<{width}}  {names[role]['zh']} {names[role]['en']}" for username, _, role in ACCOUNTS]
    whose = "栖舟货运云 Qizhou Freight Cloud（虚构 / fictional）" if fictional else "您自己的文件 your own files"
    return "\n".join(["", whose, f"密码 password: {password}", *people, ""])
