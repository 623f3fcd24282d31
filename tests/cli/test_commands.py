"""The commands, as a person types them: real processes on a home of their own."""

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.homes import environment, with_packs

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `lingting` with a home of its own; the norms are compiled already."""
    for folder in ("home", "home/small", "home/own", "cache/lingting"):
        with_packs(tmp_path / folder)
    home = environment(tmp_path / "home") | {"XDG_CACHE_HOME": str(tmp_path / "cache")}

    def command(*words: str, ok: bool = True, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "lingting.cli", *words], env=home | more, input=given, capture_output=True, text=True, check=False, cwd=ROOT, timeout=300
        )
        assert (done.returncode == 0) == ok, done.stdout + done.stderr
        return done

    return command


def test_the_demonstration_brings_in_its_62_conversations_and_verifies(run: Run, tmp_path: Path) -> None:
    first = run("demo", "--small", "--no-serve")
    assert "62 conversations" in first.stderr
    assert "tingqing-2026" in first.stdout
    again = run("demo", "--small", "--no-serve")
    assert "0 conversations and 0 messages written down" in again.stderr
    assert "Intact" in run("verify", LINGTING_HOME=str(tmp_path / "home" / "small")).stdout


def test_the_demonstration_starts_on_somebodys_own_files_with_a_password_nobody_knows(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.csv").write_text("conversation,channel,message,at,role,text\nA1,chat,1,2026-07-20 10:00,customer,hello\n", encoding="utf-8")
    done = run("demo", str(tmp_path / "mine"), "--no-serve")
    assert "1 conversations" in done.stderr
    assert "tingqing-2026" not in done.stdout


def test_inspect_needs_no_database_and_quotes_its_words(run: Run, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "home")
    done = run("inspect", "demo/conversations/phone.jsonl", "--format", "jsonl", "--norm", "promise.made", "--organisation", "栖舟货运云")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) > 10
    assert all(one["norm"] == "promise.made" and one["quote"] for one in found)
    assert not (tmp_path / "home").exists()


def test_inspect_prints_a_table_for_people(run: Run) -> None:
    assert "promise.made" in run("inspect", "demo/conversations/vcon").stdout


def test_verify_names_the_first_record_that_was_changed_behind_the_triggers(run: Run, tmp_path: Path) -> None:
    run("demo", "--small", "--no-serve")
    home = tmp_path / "home" / "small"
    with sqlite3.connect(home / "lingting.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        number, text = database.execute("SELECT id, text FROM conversations_said ORDER BY id LIMIT 1").fetchone()
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            database.execute("UPDATE conversations_said SET text = 'x' WHERE id = ?", (number,))
        for name in names:
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE conversations_said SET text = ? WHERE id = ?", (text + "!", number))
    done = run("verify", "--all", ok=False, LINGTING_HOME=str(home))
    assert str(number) in done.stdout
    assert "trigger" in done.stdout
    refused = run("serve", ok=False, LINGTING_HOME=str(home))
    assert "triggers are missing" in refused.stderr


def test_erase_empties_a_persons_words_and_the_chain_still_verifies(run: Run, tmp_path: Path) -> None:
    run("demo", "--small", "--no-serve")
    home = str(tmp_path / "home" / "small")
    assert "records were emptied" in run("erase", "--address", "19900000327", "--reason", "本人要求", "--yes", LINGTING_HOME=home).stdout
    assert "Intact" in run("verify", LINGTING_HOME=home).stdout
    with sqlite3.connect(Path(home) / "lingting.sqlite3") as database:
        everything = "\n".join(database.iterdump())
    assert "19900000327" not in everything
    assert "林女士" not in everything.replace("小林", "")


def test_a_setting_that_cannot_be_read_is_named_with_what_to_write(run: Run) -> None:
    done = run("migrate", ok=False, LINGTING_PORT="many")
    assert "LINGTING_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_norms_prove_themselves(run: Run) -> None:
    assert "0 failed" in run("norms", "test").stdout


def test_a_norm_is_tried_on_past_conversations_and_finds_what_listening_finds(run: Run) -> None:
    heard = run("inspect", "demo/conversations/phone.jsonl", "--format", "table", "--norm", "promise.made").stdout
    tried = run("norms", "try", "promise.made", "demo/conversations/phone.jsonl").stdout
    assert "promise.made" in tried
    assert tried == heard
    assert "promise.vague" not in tried
    assert "there are" in run("norms", "try", "promise.never", "demo/conversations/phone.jsonl", ok=False).stderr


def test_the_generated_pages_are_fresh(run: Run) -> None:
    assert "fresh" in run("docs", "--check").stdout


def test_a_weak_password_is_refused(run: Run) -> None:
    run("migrate")
    done = run("account", "lin", "--role", "agent", "--password-stdin", ok=False, given="123456\n")
    assert "Traceback" not in done.stderr


def test_an_account_and_its_token(run: Run) -> None:
    run("migrate")
    run("account", "lin", "--role", "agent", "--password-stdin", given="listen-to-every-word\n")
    assert run("api-token", "lin", "--label", "test").stdout.startswith("lt_")
    assert "There is no role" in run("account", "lin", "--role", "king", "--password-stdin", ok=False, given="listen-to-every-word\n").stderr


def test_a_port_that_is_taken_is_said_with_what_to_do(run: Run) -> None:
    run("migrate")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]), ok=False)
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_register_goes_out_as_a_workbook_and_comes_back_in(run: Run, tmp_path: Path) -> None:
    run("migrate")
    run("registers", "template", "instruments", str(tmp_path / "empty.xlsx"))
    sheet = tmp_path / "instrument.csv"
    sheet.write_text("编号,名称,种类,预期用途\nWB-01,地磅,器具,称整车\n", encoding="utf-8")
    assert "1 records written down" in run("registers", "import", "instruments", str(sheet)).stdout
    run("registers", "export", "instruments", str(tmp_path / "full.xlsx"))
    assert "1 were known already" in run("registers", "import", "instruments", str(tmp_path / "full.xlsx")).stdout
    sheet.write_text("编号,名称,种类,预期用途\nWB-02,地磅,活物,称整车\n", encoding="utf-8")
    assert "instrument!C2" in run("registers", "import", "instruments", str(sheet), ok=False).stderr
    assert "There is no register nothing" in run("registers", "export", "nothing", "x.xlsx", ok=False).stderr
