"""Words out of sound: by a model whose files are checked, by a server that is named, or not at all – and never from a network unasked."""

import hashlib
import logging
import threading
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.fakes.answering_server import answering_server
from tests.fakes.voice import silence, voice

from lingting.channels.read import read
from lingting.channels.recording import weights
from lingting.channels.recording.recognise import LocalRecogniser, NotRecognised, ServerRecogniser, Word, recogniser, said
from lingting.inspection.normalise import plain
from lingting.message import Message
from lingting.site import options, speech

with_weights = pytest.mark.skipif(not weights.installed(), reason="lingting[speech] is not installed: no model is here")
SOUND = voice(2)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the base model was put together once."""
    folder = tmp_path_factory.mktemp("models")
    weights.base(folder)
    return folder


def asked(answer: object, *, status: int = 200, language: str = "") -> tuple[list[Word], dict[str, object]]:
    with answering_server(answer, status=status) as (address, heard):
        words = ServerRecogniser(address, "secret", "whisper-1").words(SOUND, 16_000, language)
    [request] = heard
    return words, request


def test_a_servers_words_come_with_their_times_and_their_segments_confidence() -> None:
    segments = [{"start": 0.0, "end": 1.0, "avg_logprob": -0.105}, {"start": 1.0, "end": 2.0, "avg_logprob": -0.693}]
    words, request = asked({"text": "hello sir", "segments": segments, "words": [
        {"word": "hello", "start": 0.2, "end": 0.6}, {"word": "sir", "start": 1.1, "end": 1.4},
    ]}, language="en")  # fmt: skip
    assert words == [Word(" hello", 0.2, 0.6, 0.9), Word(" sir", 1.1, 1.4, 0.5)]
    assert said(words)[0] == "hello sir"
    assert request["path"] == "/v1/audio/transcriptions"
    assert request["key"] == "Bearer secret"
    assert b"RIFF" in request["body"]
    assert b'name="language"\r\n\r\nen' in request["body"]


def test_a_server_that_times_only_segments_or_nothing_is_understood() -> None:
    words, _ = asked({"text": "您好", "segments": [{"start": 0.5, "end": 1.5, "text": "您好", "avg_logprob": 0.0}]})
    assert words == [Word("您好", 0.5, 1.5, 1.0)]
    words, _ = asked({"text": "您好"})
    assert words == [Word("您好", 0.0, 2.0, None)]
    assert said(words) == ("您好", None)
    assert asked({"text": ""})[0] == []


@pytest.mark.parametrize(
    ("answer", "status"),
    [({"error": "no"}, 401), ({"text": "a"}, 500), (b"<html>", 200), ([], 200), ({}, 200), ({"words": [{"word": "a"}]}, 200), ({"words": 5}, 200)],
)
def test_a_server_that_answers_anything_else_is_named(answer: object, status: int) -> None:
    with pytest.raises(NotRecognised, match="speech server http://127"):
        asked(answer, status=status)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/v1", "http://127.0.0.1:99999/v1"])
def test_a_server_that_is_not_there_is_named(address: str) -> None:
    with pytest.raises(NotRecognised, match="Check that it"):
        ServerRecogniser(address, "", "whisper-1").words(SOUND, 16_000, "")


def test_that_sound_leaves_the_house_is_said(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    with caplog.at_level(logging.WARNING):
        chosen = recogniser(model="base", server="http://speech.example/v1", key="", server_model="whisper-1", home=tmp_path)
    assert isinstance(chosen, ServerRecogniser)
    assert "leaves this machine" in caplog.text


def test_nothing_is_recognised_where_nothing_is_asked_for(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    assert recogniser(model="", server="", key="", server_model="", home=tmp_path) is None
    assert not caplog.text
    assert not list(tmp_path.iterdir())


def test_the_settings_choose_and_no_server_is_asked_by_default(tmp_path: Path) -> None:
    values, _ = options.read({"LINGTING_HOME": str(tmp_path)})
    assert values["SPEECH_SERVER"] == ""
    assert not isinstance(speech.recogniser(values), ServerRecogniser)
    values, _ = options.read({"LINGTING_SPEECH_MODEL": str(tmp_path)})
    assert speech.recogniser(values) == LocalRecogniser(tmp_path, own=True)
    with pytest.raises(options.BadSetting, match="SPEECH_SERVER"):
        options.read({"LINGTING_SPEECH_SERVER": "speech.example"})


def small(folder: Path, *, sums: bool = True) -> Path:
    """Put something with a model's files in a folder."""
    for name in weights.NEEDED:
        (folder / name).write_text(name, encoding="utf-8")
    if sums:
        lines = [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n" for name in weights.NEEDED]
        (folder / weights.SUMS).write_text("".join(lines), encoding="utf-8")
    return folder


def test_a_model_whose_file_was_changed_is_not_used(tmp_path: Path) -> None:
    assert weights.checked(small(tmp_path)) == tmp_path
    (tmp_path / "model.bin").write_text("model.bim", encoding="utf-8")
    with pytest.raises(weights.NoModel, match=r"model\.bin is not the file it was"):
        weights.checked(tmp_path)


@pytest.mark.parametrize("name", weights.NEEDED)
def test_a_model_that_would_have_to_be_fetched_is_not_used(name: str, tmp_path: Path) -> None:
    (small(tmp_path, sums=False) / name).unlink()
    with pytest.raises(NotRecognised, match="lacks"):
        LocalRecogniser(tmp_path, own=True).words(SOUND, 16_000, "en")


def test_a_folder_that_holds_no_model_of_this_kind_is_named(tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper", reason="lingting[speech] is not installed")
    with pytest.raises(NotRecognised, match="cannot be loaded"):
        LocalRecogniser(small(tmp_path), own=True).words(SOUND, 16_000, "en")


@with_weights
def test_the_base_model_is_joined_once_and_checked_whenever_it_is_asked_for(tmp_path: Path) -> None:
    folder = weights.base(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert {path.name for path in folder.iterdir()} == {*weights.DIGESTS, weights.SUMS}
    joined = (folder / "model.bin").stat()
    assert weights.base(tmp_path) == folder
    assert (folder / "model.bin").stat().st_mtime_ns == joined.st_mtime_ns
    with (folder / "model.bin").open("r+b") as model:
        model.seek(joined.st_size // 2)
        byte = model.read(1)
        model.seek(joined.st_size // 2)
        model.write(bytes([byte[0] ^ 1]))
    with pytest.raises(weights.NoModel, match="Delete the folder"):
        weights.base(tmp_path)


@with_weights
def test_digests_that_were_changed_with_the_file_are_not_believed(tmp_path: Path) -> None:
    folder = weights.base(tmp_path)
    (folder / "config.json").write_text("{}", encoding="utf-8")
    sums = (folder / weights.SUMS).read_text(encoding="utf-8")
    (folder / weights.SUMS).write_text(sums.replace(weights.DIGESTS["config.json"], hashlib.sha256(b"{}").hexdigest()), encoding="utf-8")
    with pytest.raises(weights.NoModel, match="config"):
        weights.base(tmp_path)


@with_weights
def test_two_that_join_the_model_at_once_get_one(tmp_path: Path) -> None:
    found: list[Path] = []
    threads = [threading.Thread(target=lambda: found.append(weights.base(tmp_path))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [tmp_path / "whisper-base"] * 2
    assert [path.name for path in tmp_path.iterdir()] == ["whisper-base"]


@with_weights
@pytest.mark.parametrize("sound", [silence(5), np.zeros(80_000, np.float32), np.zeros(0, np.float32)], ids=["quiet", "nothing", "no length"])
def test_in_silence_no_words_are_invented(sound: np.ndarray, models: Path) -> None:
    assert LocalRecogniser(models).words(sound, 16_000, "zh") == []


@with_weights
@pytest.mark.data
def test_a_call_is_recognised_side_by_side(models: Path, data: Path) -> None:
    """Customer: Hi, I need help with my account. Agent: Thank you for calling support… I'd be happy to help you with that."""
    recordings = read(data / "open" / "calls" / "stereo-overlap-en.wav", ours=(), zone=ZoneInfo("UTC"), recogniser=LocalRecogniser(models))
    messages = [item for item in recordings if isinstance(item, Message)]
    words = {role: plain(" ".join(message.text for message in messages if message.role == role)) for role in ("agent", "customer")}
    assert "thank you for calling" in words["agent"]
    assert "happy to help" in words["agent"]
    assert "help with my account" in words["customer"]
    assert "account" not in words["agent"]
    assert all(message.confidence is not None and 0.5 < message.confidence <= 1 for message in messages)
