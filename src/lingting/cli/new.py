"""`lingting new`: makes all the parts of a register, a norm or a check together, in the one shape they have."""

import re
from pathlib import Path

import click

HOUSE = Path(__file__).parents[1]
TESTS = Path(__file__).parents[3] / "tests"

_NAME = re.compile(r"[a-z][a-z_]*")

_REGISTER = {
    "__init__.py": '"""{title} ({zh}): say in one line what this register keeps."""\n',
    "models.py": '''"""What can happen to {name} ({zh})."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Record


class {record}(Record):
    """Say what happened when this row is written."""

    PERSONAL: ClassVar = ("words",)

    words = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"])]
''',
    "queries.py": '''"""What is true of {name} ({zh}) as of a moment."""

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.{name}.models import {record}


def written(moment: Moment) -> RecordQuerySet[{record}]:
    """Return what was written down so far."""
    return {record}.objects.as_of(moment)
''',
    "actions.py": '''"""What we do with {name} ({zh})."""

from datetime import datetime

from lingting.ledger import book
from lingting.registers.{name}.models import {record}


def write(*, words: str, at: datetime, by: int) -> {record}:
    """Write it down."""
    row = {record}(words=words, at=at)
    book.write(row, act="{name}.write", by=by)
    return row
''',
    "migrations/__init__.py": "",
}
_REGISTER_TEST = '''"""The register of {name} ({zh})."""

from datetime import UTC, datetime

import pytest

from lingting.ledger.moment import Moment
from lingting.registers.{name} import actions, queries

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 21, 2, 0, tzinfo=UTC)


def test_what_is_written_stands_from_then_on() -> None:
    row = actions.write(words="…", at=AT, by=1)
    assert list(queries.written(Moment(AT))) == [row]
    assert not queries.written(Moment(AT.replace(day=20))).exists()
'''
_NORM = """id: {name}
version: 1
requirement: iso9001:2015/8.2.1/c
zh: {zh}
en: Say the norm in one sentence
why:
  zh: 说明为什么要听这个
  en: Say why this is listened for
known_problems:
  zh: 说明什么会漏、什么会误
  en: Say what is missed and what is taken wrongly
detector: rule
kind: breach
severity: minor
axis: 心
source: house
languages: [zh]
settings:
  find: words
  conditions:
    words:
      by: agent
      any: ["请替换成要听的词"]
flags: []
passes: []
"""
_CHECK = '''

@check("{name}", reads=("conversations.conversation",))
def {function}(moment: Moment) -> Sample:
    """总体：谁在范围内。不通过：其中哪些不通过。

    Population: who is in scope. Failing: which of them fail.
    """
    in_scope = conversations.begun(moment)
    return Sample(in_scope, in_scope.none())
'''
_CHECK_HEAD = '''"""{clause}: what the registers can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
'''


@click.group()
def new() -> None:
    """Scaffold a register, a norm or a check; what exists is never written over."""


@new.command()
@click.argument("name")
@click.option("--zh", required=True, help="Its Chinese name (台账).")
@click.option("--record", default="", help="The class of its first record; else made of the name.")
def register(name: str, zh: str, record: str) -> None:
    """Make the register NAME: what can happen, what is true, what we do, and its test."""
    if not _NAME.fullmatch(name):
        raise click.UsageError("A register's name is lower-case English letters, a thing in the plural: complaints.")
    words = {"name": name, "zh": zh, "title": name.capitalize(), "record": record or name.rstrip("s").capitalize()}
    folder = HOUSE / "registers" / name
    files = {folder / place: text for place, text in _REGISTER.items()} | {TESTS / "registers" / f"test_{name}.py": _REGISTER_TEST}
    _write({path: text.format(**words) for path, text in files.items()})
    click.echo(f'Next: add "lingting.registers.{name}" to INSTALLED_APPS in site/settings.py and to the contract of independence in pyproject.toml,')
    click.echo(f"then: django-admin makemigrations {name}; add its terms to docs/glossary.md.")


@new.command()
@click.argument("id")
@click.option("--zh", required=True, help="The norm in one Chinese sentence.")
def norm(id: str, zh: str) -> None:
    """Make the norm ID (like hold.announced); `lingting norms test` then says what it still needs."""
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", id):
        raise click.UsageError("A norm's id is words joined by points: hold.announced.")
    _write({HOUSE / "catalog" / "norms" / f"{id}.yaml": _NORM.format(name=id, zh=zh)})
    click.echo("Next: at least five flags and five passes, two of them near misses; then `lingting norms test`.")


@new.command()
@click.argument("id")
@click.argument("function")
def check(id: str, function: str) -> None:
    """Bind the check ID of the catalog (like 8.2.1-C4) to a new FUNCTION."""
    from lingting import catalog

    if id not in catalog.read().checks:
        raise click.UsageError(f"The catalog has no check {id}.")
    if not _NAME.fullmatch(function):
        raise click.UsageError("A function's name says what holds when nothing fails: customers_are_answered.")
    clause = id.rpartition("-")[0]
    path = HOUSE / "conformity" / "iso9001_2015" / f"c{clause.replace('.', '_')}.py"
    body = _CHECK.format(name=id, function=function)
    if not path.exists():
        _write({path: _CHECK_HEAD.format(clause=clause) + body})
        click.echo(f"Next: name {path.stem} in conformity/iso9001_2015/__init__.py.")
    elif f'"{id}"' in path.read_text(encoding="utf-8"):
        raise click.ClickException(f"{id} is bound already, in {path.name}.")
    else:
        with path.open("a", encoding="utf-8") as file:
            file.write(body)
        click.echo(f"{path.name}: {function}")
    click.echo("Next: its two questions, and its test with the near miss that must not fail.")


def _write(files: dict[Path, str]) -> None:
    """Write new files, all or none."""
    if there := [path for path in files if path.exists()]:
        raise click.ClickException(f"{there[0]} exists already; nothing was written.")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(str(path))
