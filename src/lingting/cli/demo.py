"""`lingting demo`: everything at once for somebody who has never seen Lingting – set up, bring in, listen, serve."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import yaml

FIRM = Path(__file__).parents[3] / "demo"
"""The fictional firm: what writes its files, and a few conversations of it; part of the source, not of the installed package."""

PASSWORD = "tingqing-2026"  # noqa: S105  # the fictional firm's, shown to everybody
ACCOUNTS = {
    "supervisor": "supervisor", "quality": "quality_manager", "inspector": "inspector", "agent": "agent", "auditor": "external_auditor",
    "internal": "internal_auditor", "trainee": "trainee", "admin": "administrator",
}  # fmt: skip
"""Name to sign in with, and the role."""

FIRST = ("parties.party", "parties.reached")
"""What is brought in before the conversations, so that it is known who calls."""

PREPARED = "prepared"
"""The file that says of which state of the firm a home holds everything; without it the bringing in did not end."""


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--port", type=int, help="Instead of LINGTING_PORT; 0 takes a free one.")
@click.option("--serve/--no-serve", default=True, help="Serve afterwards, or stop when everything is brought in.")
@click.option("--small", is_flag=True, help="Only sixty-two conversations of the fictional firm, without its registers; ready in seconds.")
@click.pass_context
def demo(context: click.Context, folder: Path | None, port: int | None, *, serve: bool, small: bool) -> None:
    """Show the fictional firm with its thirteen weeks, or your own files: set up, import FOLDER, listen, serve."""
    source = folder or (FIRM / "conversations" if small else None)
    if not folder and not (FIRM / "firm" / "firm.yaml").exists():
        raise click.ClickException(f"The demonstration's firm is not at {FIRM}. Start from a checkout, or name a folder of your own files.")
    home = Path(os.environ.get("LINGTING_HOME", "var")) / ("own" if folder else "small" if small else "demo")
    os.environ["LINGTING_HOME"] = str(home)
    if not folder:
        os.environ.update({f"LINGTING_{name}": words for name, words in firm()["environment"].items()})
    password = secrets.token_urlsafe(12) if folder else PASSWORD
    if source is None:
        prepare(home, password)
    else:
        _set_up()
        _accounts(password, named=not folder)
        _bring_in(source)
    click.echo(_welcome(password, fictional=not folder))
    if serve:
        from lingting.cli.serve import serve as command

        context.invoke(command, port=port)


def firm() -> Mapping[str, Any]:
    """Return what the firm is called, what its clock says and how it is set up."""
    told: Mapping[str, Any] = yaml.safe_load((FIRM / "firm" / "firm.yaml").read_text(encoding="utf-8"))
    return told


def prepare(home: Path, password: str) -> None:
    """Make a home hold the thirteen weeks: at once where it does already, anew where the firm has changed or the bringing in did not end."""
    mark = home / PREPARED
    if mark.exists() and mark.read_text(encoding="utf-8") == fingerprint():
        _set_up()
        return
    begin_anew(home)
    _set_up()
    from lingting.conformity import weeks
    from lingting.site import clock

    _accounts(password, named=True)
    if mistakes := list(bring_in_firm(home / "files")):
        raise click.ClickException("\n".join(mistakes[:20]))
    weeks.catch_up(clock.now(), most=weeks.MOST)
    mark.write_text(fingerprint(), encoding="utf-8")


def fingerprint() -> str:
    """Return a digest of everything that makes the firm's files."""
    digest = sha256()
    for path in sorted(path for path in FIRM.rglob("*") if path.suffix in {".py", ".yaml"}):
        digest.update(str(path.relative_to(FIRM)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def begin_anew(home: Path) -> None:
    """Put a home of the demonstration aside that is of an earlier state of the firm, or was not finished."""
    if home.exists() and any(home.glob("lingting.sqlite3*")):
        aside = home.with_name(f"{home.name}-before")
        shutil.rmtree(aside, ignore_errors=True)
        home.rename(aside)


def bring_in_firm(files: Path) -> Iterator[str]:
    """Write the firm's files and bring them in by the doors that everybody uses: who it knows, what was said, what was written down; yield mistakes."""
    from lingting.cli.import_ import bring_in, summary
    from lingting.cli.registers import bring_all
    from lingting.conformity import assess
    from lingting.ledger import statistics
    from lingting.site import clock, worker

    subprocess.run([sys.executable, "-m", "demo", str(files)], cwd=FIRM.parent, check=True, env=os.environ | {"PYTHONPATH": str(FIRM.parent)})  # noqa: S603  # our own
    yield from bring_all(files / "registers", kinds=FIRST)
    received = bring_in([files / "conversations"], listen=True)
    *mistakes, counts = summary(received)
    yield from mistakes
    click.echo(counts, err=True)
    yield from bring_all(files / "registers")
    statistics.refresh()
    assess.catch_up(clock.now())
    worker.seal()


def _set_up() -> None:
    from lingting.cli.main import set_up_django
    from lingting.cli.migrate import bring_up_to_date

    set_up_django()
    bring_up_to_date()


def _accounts(password: str, *, named: bool) -> None:
    """Let one person of each role sign in; with your own files the password is a new one at every start."""
    from lingting.access.models import Account
    from lingting.access.roles import roles

    people = yaml.safe_load((FIRM / "firm" / "people.yaml").read_text(encoding="utf-8")) if named else {}
    for username, role in ACCOUNTS.items():
        code, name = next(((code, person["name"]) for code, person in people.items() if person["role"] == role), ("", roles().names[role]["zh"]))
        held, _ = Account.objects.get_or_create(username=username, defaults={"name": name, "role": role, "person": code})
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
    width = max(len(username) for username in ACCOUNTS)
    people = [f"  {username:<{width}}  {names[role]['zh']} {names[role]['en']}" for username, role in ACCOUNTS.items()]
    called = firm()["organisation"] if fictional else {}
    whose = f"{called['zh']} {called['en']}（虚构 / fictional）" if fictional else "您自己的文件 your own files"
    return "\n".join(["", whose, f"密码 password: {password}", *people, ""])
