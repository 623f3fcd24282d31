"""`lingting documents` and what `lingting verify` writes down: files looked over, revisions entered, the book attested."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from tests.conformity.papers import paper, who  # noqa: F401  # fixtures

from lingting.cli.documents import documents
from lingting.cli.verify import verify
from lingting.ledger import triggers
from lingting.ledger.models import Record
from lingting.registers.documents.models import Flaw, Revision
from lingting.registers.documents.retained import Verified
from lingting.site import worker

TEXT = "# 4.9 信息核对\n坐席核对单号和地址，并向顾客复述一遍。超过 2 小时没有答复的，必须由主管回电。挂断之前问清还有没有别的问题。\n"


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., list[str]]:
    def write(**texts: str) -> list[str]:
        for name, text in texts.items():
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        return [str(tmp_path / f"{name}.md") for name in texts]

    return write


def test_files_are_looked_over_side_by_side_and_nothing_is_written(files: Callable[..., list[str]]) -> None:
    done = CliRunner().invoke(documents, ["look", *files(a=TEXT, b=TEXT.replace("必须", "不必"))])
    assert done.exit_code == 1
    assert "b.md: near copy of a.md" in done.output
    assert "b.md: reversed: 超过 2 小时没有答复的，不必由主管回电 ≠ 超过 2 小时没有答复的，必须由主管回电" in done.output


def test_what_is_right_passes_and_what_cannot_be_read_is_said(files: Callable[..., list[str]], tmp_path: Path) -> None:
    assert CliRunner().invoke(documents, ["look", *files(a=TEXT)]).exit_code == 0
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    done = CliRunner().invoke(documents, ["look", str(tmp_path / "a.pdf")])
    assert done.exit_code == 1
    assert "save it as .docx" in done.output


@pytest.mark.django_db
def test_a_file_is_entered_as_a_revision_with_its_flaws(paper: Callable[..., Record], files: Callable[..., list[str]]) -> None:  # noqa: F811
    paper("DOC-1", words=TEXT)
    [file] = files(a=TEXT.replace("# 4.9 信息核对", "# 信息核对"))
    done = CliRunner().invoke(documents, ["add", "DOC-1", file, "--number", "v2", "--author", "A01"])
    assert "1 places look wrong" in done.output
    assert Revision.objects.get(number="v2").words.startswith("# 信息核对")
    assert Flaw.objects.get().slip == "no-number"
    refused = CliRunner().invoke(documents, ["add", "DOC-9", file])
    assert "DOC-9" in refused.output
    assert refused.exit_code == 1


@pytest.mark.django_db
def test_verifying_is_written_down_with_the_kinds_that_do_not_agree(paper: Callable[..., Record], settings: object, tmp_path: Path) -> None:  # noqa: F811
    settings.HOME = tmp_path  # where the heads of the chain are noted
    revision = paper("DOC-1", words=TEXT)
    worker.seal()
    done = CliRunner().invoke(verify)
    assert done.exit_code == 0, done.output
    first = Verified.objects.get()
    assert (first.broken, first.kinds, len(first.head)) == (0, "", 64)
    with connection.cursor() as cursor:
        for name in [name for name in names_of_triggers() if "documents_revision" in name]:
            cursor.execute(f'DROP TRIGGER "{name}"' if connection.vendor == "sqlite" else f"DROP TRIGGER {name} ON documents_revision")
        cursor.execute("UPDATE documents_revision SET change = 'x' WHERE id = %s", [revision.id])
    assert CliRunner().invoke(verify, ["--no-record"]).exit_code == 1
    assert Verified.objects.count() == 1
    assert CliRunner().invoke(verify).exit_code == 1
    second = Verified.objects.get(broken__gt=0)
    assert "documents.revision" in second.kinds


def names_of_triggers() -> list[str]:
    assert not triggers.missing()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        return [name for (name,) in cursor.fetchall()]
