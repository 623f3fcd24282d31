"""`lingting demo`: everything at once for somebody who has never seen Lingting – set up, bring in, listen, serve."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import yaml

FIRM = Path(__file__).parents[3] / "demo"
"""The fictional firms: what writes their files, and a few conversations of the first; part of the source, not of the installed package."""

FIRST_FIRM = "firm"
"""The firm that is shown where none is named; each is a folder of `FIRM` that holds a firm.yaml."""

PASSWORD = "tingqing-2026"  # noqa: S105  # the fictional firm's, shown to everybody
ACCOUNTS = {
    "supervisor": "supervisor", "quality": "quality_manager", "inspector": "inspector", "agent": "agent", "auditor": "external_auditor",
    "internal": "internal_auditor", "trainee": "trainee", "admin": "administrator",
}  # fmt: skip
"""Name to sign in with, and the role."""

PASSES = {"external_auditor": timedelta(days=5)}
"""How long whoever only visits a firm may sign in, from the firm's own day on."""

FIRST = ("parties.party", "parties.reached")
"""What is brought in before the conversations, so that it is known who calls."""

PREPARED = "prepared"
"""The file that says of which state of the firm a home holds everything; without it the bringing in did not end."""


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--port", type=int, help="Instead of LINGTING_PORT; 0 takes a free one.")
@click.option("--serve/--no-serve", default=True, help="Serve afterwards, or stop when everything is brought in.")
@click.option("--small", is_flag=True, help="Only sixty-two conversations of the fictional firm, without its registers; ready in seconds.")
@click.option("--firm", "name", default=FIRST_FIRM, help="Another fictional firm: the name of a folder of demo/ that holds a firm.yaml.")
@click.pass_context
def demo(context: click.Context, folder: Path | None, port: int | None, *, serve: bool, small: bool, name: str) -> None:
    """Show the fictional firm with its thirteen weeks, or your own files: set up, import FOLDER, listen, serve."""
    source = folder or (FIRM / "conversations" if small else None)
    if not folder and name not in firms():
        known = f"there are {', '.join(firms())}" if firms() else "start from a checkout, or name a folder of your own files"
        raise click.ClickException(f"The demonstration's firm is not at {FIRM / name}; {known}.")
    home = Path(os.environ.get("LINGTING_HOME", "var")) / ("own" if folder else "small" if small else "demo" if name == FIRST_FIRM else name)
    os.environ["LINGTING_HOME"] = str(home)
    if not folder:
        os.environ.update(environment(name))
    password = secrets.token_urlsafe(12) if folder else PASSWORD
    if source is None:
        prepare(home, password, name)
    else:
        _set_up()
        _accounts(password, name="" if folder else name)
        _bring_in(source)
    click.echo(_welcome(password, name="" if folder else name))
    if serve:
        from lingting.cli.serve import serve as command

        context.invoke(command, port=port)


def firms() -> list[str]:
    """Return the names of the fictional firms."""
    return sorted(path.parent.name for path in FIRM.glob("*/firm.yaml"))


def firm(name: str = FIRST_FIRM) -> Mapping[str, Any]:
    """Return what a firm is called, what its clock says, how it is set up and what writes its files."""
    told: Mapping[str, Any] = yaml.safe_load((FIRM / name / "firm.yaml").read_text(encoding="utf-8"))
    return told


def environment(name: str) -> dict[str, str]:
    """Return the settings of a firm; its folder `house`, if it has one, is what it sets for itself."""
    house = FIRM / name / "house"
    own = {"LINGTING_HOUSE": str(house)} if house.is_dir() else {}
    return {f"LINGTING_{key}": words for key, words in firm(name)["environment"].items()} | own


def prepare(home: Path, password: str, name: str = FIRST_FIRM) -> None:
    """Make a home hold a firm's weeks: at once where it does already, anew where the firm has changed or the bringing in did not end."""
    mark = home / PREPARED
    if mark.exists() and mark.read_text(encoding="utf-8") == fingerprint():
        _set_up()
        _passes()
        return
    begin_anew(home)
    _set_up()
    _accounts(password, name=name)
    if mistakes := list(bring_in_firm(home / "files", firm(name).get("writes", FIRM.name))):
        raise click.ClickException("\n".join(mistakes[:20]))
    _passes()
    mark.write_text(fingerprint(), encoding="utf-8")


def _passes() -> None:
    """Let whoever only visits the firm sign in for some days from now."""
    from lingting.access.models import Account
    from lingting.site.clock import now

    for role, span in PASSES.items():
        Account.objects.filter(role=role).update(until=now() + span)


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


def bring_in_firm(files: Path, writes: str) -> Iterator[str]:
    """Have the module `writes` write a firm's files and bring them in by the doors that everybody uses, who it knows first; yield mistakes."""
    from lingting.cli.import_ import bring_in, summary
    from lingting.cli.registers import bring_all
    from lingting.conformity import assess, weeks
    from lingting.ledger import statistics
    from lingting.site import clock, worker

    subprocess.run([sys.executable, "-m", writes, str(files)], cwd=FIRM.parent, check=True, env=os.environ | {"PYTHONPATH": str(FIRM.parent)})  # noqa: S603  # our own
    yield from bring_all(files / "registers", kinds=FIRST)
    received = bring_in([files / "conversations"], listen=True)
    *mistakes, counts = summary(received)
    yield from mistakes
    click.echo(counts, err=True)
    yield from bring_all(files / "registers")
    statistics.refresh()
    assess.catch_up(clock.now())
    weeks.catch_up(clock.now(), most=weeks.MOST)
    worker.seal()


def _set_up() -> None:
    from lingting.cli.main import set_up_django
    from lingting.cli.migrate import bring_up_to_date

    set_up_django()
    bring_up_to_date()


def _accounts(password: str, *, name: str) -> None:
    """Let one person of each role sign in, of a firm those who work there; with your own files the password is a new one at every start."""
    from lingting.access.models import Account
    from lingting.access.roles import roles

    people = yaml.safe_load((FIRM / name / "people.yaml").read_text(encoding="utf-8")) if name else {}
    for username, role in ACCOUNTS.items():
        code, called = next(((code, person["name"]) for code, person in people.items() if person["role"] == role), ("", roles().names[role]["zh"]))
        held, _ = Account.objects.get_or_create(username=username, defaults={"name": called, "role": role, "person": code})
        held.set_password(password)
        held.save()


def _bring_in(source: Path) -> None:
    from lingting.cli.import_ import bring_in, summary

    received = bring_in([source], listen=True)
    for line in summary(received):
        click.echo(line, err=True)


def _welcome(password: str, *, name: str) -> str:
    from lingting.access.roles import roles

    names = roles().names
    width = max(len(username) for username in ACCOUNTS)
    people = [f"  {username:<{width}}  {names[role]['zh']} {names[role]['en']}" for username, role in ACCOUNTS.items()]
    called = firm(name)["organisation"] if name else {}
    whose = f"{called['zh']} {called['en']}（虚构 / fictional）" if name else "您自己的文件 your own files"
    return "\n".join(["", whose, f"密码 password: {password}", *people, ""])
