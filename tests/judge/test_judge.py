"""The language model: off unless set up; what leaves is masked, counted and logged; what comes back counts only if its words stand there."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.fakes.answering_server import answering_server

from lingting.catalog import read_norms
from lingting.cli.judge import judge as command
from lingting.inspection.transcript import Role, Transcript, Turn
from lingting.judge.ask import BudgetSpent, Judge, NoAnswer

AT = datetime(2026, 7, 21, 2, 0, tzinfo=UTC)
NORM = next(norm for norm in read_norms() if norm.id == "complaint.made")
TALK = Transcript((Turn(Role.CUSTOMER, "我叫周敏，电话13800138000，货压坏了。", AT), Turn(Role.AGENT, "抱歉。", AT)), language="zh")


def answer(*findings: tuple[int, str]) -> dict[str, object]:
    content = json.dumps({"findings": [{"turn": turn, "quote": quote} for turn, quote in findings]}, ensure_ascii=False)
    return {"choices": [{"message": {"content": content}}]}


def sent(requests: Sequence[dict[str, object]]) -> str:
    """Return the words that a request took out of the house."""
    return json.loads(requests[0]["body"])["messages"][1]["content"]


def at(server: str, home: Path, budget: int = 100_000) -> Judge:
    return Judge(server, "small", "secret", budget, home)


def test_words_that_stand_there_become_a_finding_in_the_raw_text(tmp_path: Path) -> None:
    """
    客户: 我叫周敏，电话13800138000，货压坏了。
    """
    with answering_server(answer((0, "货压坏了"))) as (server, requests):
        judged = at(server, tmp_path).judge(TALK, NORM, at=AT)
    [found] = judged.findings
    assert (found.quote, found.instrument, found.norm) == ("货压坏了", "judge-small/1", "complaint.made")
    assert TALK.turns[0].text[found.span.start : found.span.end] == found.quote
    assert "〔电话1〕" in sent(requests)
    assert not any(personal in sent(requests) for personal in ("13800138000", "周敏"))


def test_a_masked_quote_is_found_again_in_the_raw_words(tmp_path: Path) -> None:
    with answering_server(answer((0, "电话〔电话1〕"))) as (server, _):
        assert [found.quote for found in at(server, tmp_path).judge(TALK, NORM, at=AT).findings] == ["电话13800138000"]


@pytest.mark.parametrize("proposal", [(0, "货丢了"), (1, "货压坏了"), (7, "货压坏了"), (0, " ")])
def test_words_that_do_not_stand_there_are_thrown_away(tmp_path: Path, proposal: tuple[int, str]) -> None:
    with answering_server(answer(proposal)) as (server, _):
        judged = at(server, tmp_path).judge(TALK, NORM, at=AT)
    assert (judged.findings, judged.discarded) == ((), 1)


def test_an_answer_of_another_shape_is_worth_nothing(tmp_path: Path) -> None:
    with answering_server({"choices": [{"message": {"content": "The agent is lazy."}}]}) as (server, _):
        assert at(server, tmp_path).judge(TALK, NORM, at=AT).findings == ()


def test_the_same_question_is_asked_once(tmp_path: Path) -> None:
    with answering_server(answer((0, "货压坏了"))) as (server, requests):
        for _ in range(3):
            assert at(server, tmp_path).judge(TALK, NORM, at=AT).findings
    assert len(requests) == 1


def test_what_leaves_is_written_down_and_ends_with_the_budget(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with answering_server(answer()) as (server, requests):
        at(server, tmp_path).judge(TALK, NORM, at=AT)
        [line] = (tmp_path / "left-2026-07-21.jsonl").read_text(encoding="utf-8").splitlines()
        left = json.loads(line)
        assert (left["to"], left["norm"], left["masked"]) == (server, "complaint.made", 2)
        assert "leave for" in caplog.text
        other = Transcript((Turn(Role.CUSTOMER, "太慢了", AT),))
        with pytest.raises(BudgetSpent):
            at(server, tmp_path, budget=left["characters"]).judge(other, NORM, at=AT)
    assert len(requests) == 1


def test_a_server_that_fails_ends_in_a_sentence(tmp_path: Path) -> None:
    with answering_server({"error": "no"}, status=500) as (server, _), pytest.raises(NoAnswer, match="check the address"):
        at(server, tmp_path).judge(TALK, NORM, at=AT)


def test_without_an_address_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINGTING_JUDGE_SERVER", raising=False)
    (tmp_path / "a.jsonl").write_text("", encoding="utf-8")
    outcome = CliRunner().invoke(command, ["complaint.made", str(tmp_path / "a.jsonl")])
    assert outcome.exit_code == 1
    assert "none is needed" in outcome.output
