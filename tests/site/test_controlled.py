"""Controls of recognisers and prompts run by themselves when due; what cannot be run says why, once."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import soundfile
from tests import instruments as house
from tests.fakes.answering_server import answering_server
from tests.fakes.voice import RATE, voice

from lingting.registers.instruments import controls, queries
from lingting.registers.instruments.missed import Missed
from lingting.registers.instruments.models import Checked
from lingting.site import controlled

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]
JULY, AUGUST = house.at("2026-07-01 03:00"), house.at("2026-08-02 03:00")
WORDS = "货今天下午五点前送到，谢谢。"


@pytest.fixture
def recogniser(put: Put) -> Any:
    """The recogniser in the register of instruments."""
    return put("instruments.instrument", code="AS-01", name="语音识别", sort="speech", use="把录音写成字", at="2026-06-01")


@pytest.fixture
def prompt(put: Put) -> Any:
    """A prompt that asks for complaints."""
    return put("instruments.instrument", code="PR-01", name="投诉提示词", sort="prompt", use="提出疑似投诉", norm="complaint.made", at="2026-06-01")


@pytest.fixture
def setting(settings: Any, tmp_path: Path) -> Callable[..., None]:
    """Set things up as the environment would, in a home of its own."""
    settings.HOME = tmp_path

    def set_up(**given: object) -> None:
        settings.LINGTING = {**settings.LINGTING, "SPEECH_MODEL": "", "SPEECH_SERVER": "", "JUDGE_SERVER": "", **given}

    set_up()
    return set_up


@pytest.fixture
def recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A control recording with the words that were said in it."""
    folder = tmp_path / "house" / "controls"
    folder.mkdir(parents=True)
    soundfile.write(folder / "one.wav", voice(3), RATE)
    (folder / "one.txt").write_text(WORDS, encoding="utf-8")
    monkeypatch.setattr(controlled, "own", lambda: tmp_path / "house")
    return folder


def reasons() -> list[str]:
    return list(Missed.objects.order_by("id").values_list("reason", flat=True))


def test_what_is_not_set_up_says_so_once_while_it_stays_due(recogniser: Any, prompt: Any, setting: Callable[..., None]) -> None:
    """没有设置识别，也没有设置语言模型：各记一条；同一天再巡查不再记，下个月还缺就再记。"""
    assert (controlled.speech(JULY), controlled.prompts(JULY)) == (1, 1)
    assert (controlled.speech(house.at("2026-07-02 03:00")), controlled.prompts(house.at("2026-07-02 03:00"))) == (0, 0)
    assert [row.instrument.code for row in queries.missed_controls(house.as_of("2026-07-03")).order_by("instrument__code")] == ["AS-01", "PR-01"]
    assert "LINGTING_SPEECH_MODEL" in reasons()[0]
    assert "LINGTING_JUDGE_SERVER" in reasons()[1]
    assert controlled.speech(AUGUST) == 1


def test_an_instrument_of_another_sort_is_left_alone(put: Put, setting: Callable[..., None]) -> None:
    house.scale(put)
    assert (controlled.speech(JULY), controlled.prompts(JULY)) == (0, 0)


def test_the_recogniser_hears_the_control_when_due_and_drifts_where_letters_go_wrong(recogniser: Any, setting: Callable[..., None], recordings: Path) -> None:
    """七月听写全对；八月把“下午五点”听成“上午九点”，错两个字：低于第一次的下限。"""
    with answering_server({"text": "货今天下午五点前送到谢谢"}) as (address, heard):
        setting(SPEECH_SERVER=address)
        assert controlled.speech(JULY) == 1
        assert controlled.speech(house.at("2026-07-20 03:00")) == 0, "heard within the month"
    assert heard
    first = Checked.objects.get()
    assert (first.value, first.low) == (10_000, 9_500)
    with answering_server({"text": "货今天上午九点前送到谢谢"}) as (address, _):
        setting(SPEECH_SERVER=address)
        controlled.speech(AUGUST)
    assert [row.value for row in queries.drifting(house.as_of("2026-08-03"))] == [8_333]
    assert not reasons()


@pytest.mark.parametrize(("spoil", "why"), [("one.txt", "controls"), ("one.wav", "controls")])
def test_without_a_recording_or_its_words_it_says_what_is_lacking(
    recogniser: Any, setting: Callable[..., None], recordings: Path, spoil: str, why: str
) -> None:
    (recordings / spoil).unlink()
    setting(SPEECH_SERVER="http://127.0.0.1:9/v1")
    controlled.speech(JULY)
    assert why in reasons()[0]
    assert not Checked.objects.exists()


def test_a_version_that_is_not_the_one_in_use_is_not_measured(recogniser: Any, put: Put, setting: Callable[..., None], recordings: Path) -> None:
    version = put("instruments.version", instrument=recogniser, edition="1", digest="a" * 64, engine="speech-base", what="第一版", at="2026-06-02")
    put("instruments.approved", version=version, approver=house.person(put, "QM"), digest="a" * 64, why="试过", at="2026-06-02 10:00")
    put("instruments.deployed", version=version, digest="a" * 64, at="2026-06-03")
    assert controls.in_use(recogniser, JULY) == version
    setting(SPEECH_SERVER="http://127.0.0.1:9/v1", SPEECH_SERVER_MODEL="whisper-2")
    controlled.speech(JULY)
    assert "speech-whisper-2" in reasons()[0]


def test_a_prompt_judges_the_control_conversations_again_and_is_asked_afresh(prompt: Any, setting: Callable[..., None]) -> None:
    """模型什么都没听出：没有标注的都对，有标注的都错，一半一半；下个月再问一遍，不拿旧答案充数。"""
    nothing = {"choices": [{"message": {"content": json.dumps({"findings": []})}}]}
    with answering_server(nothing) as (address, asked):
        setting(JUDGE_SERVER=address, JUDGE_BUDGET=10_000_000)
        assert controlled.prompts(JULY) == 1
        once = len(asked)
        assert controlled.prompts(house.at("2026-07-20 03:00")) == 0
        assert controlled.prompts(AUGUST) == 1
        assert len(asked) == 2 * once
    assert [row.value for row in Checked.objects.order_by("at")] == [5_000, 5_000]
    assert not queries.drifting(house.as_of("2026-08-03")).exists()


def test_a_budget_that_runs_out_and_a_prompt_without_a_norm_say_so(prompt: Any, put: Put, setting: Callable[..., None]) -> None:
    put("instruments.instrument", code="PR-02", name="摘要提示词", sort="prompt", use="提出摘要", at="2026-06-01")
    setting(JUDGE_SERVER="http://127.0.0.1:9/v1", JUDGE_BUDGET=1)
    assert controlled.prompts(JULY) == 2
    assert "LINGTING_JUDGE_BUDGET" in reasons()[0]
    assert "没有写明它听哪条规范" in reasons()[1]
    assert not Checked.objects.exists()


def test_the_time_of_the_control_is_read_from_the_records(recogniser: Any, put: Put) -> None:
    put("instruments.checked", instrument=recogniser, control="人听过", value="0.97", low="0.9", high="1", at="2026-06-20 09:00")
    assert controls.waiting("speech", JULY) == []
    assert controls.waiting("speech", datetime(2026, 7, 21, tzinfo=JULY.tzinfo)) == [recogniser]
