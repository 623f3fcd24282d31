"""A recording becomes messages with their times; what cannot be read is refused with a sentence, and what nobody can tell is not guessed."""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import soundfile
from django.urls import reverse
from tests.fakes.voice import channel, silence, voice, write

from lingting import spine
from lingting.channels.read import read
from lingting.channels.recording import sound as sounds
from lingting.channels.recording.recognise import NotRecognised, Recogniser, Word
from lingting.channels.recording.speech import heard
from lingting.inspection import timing
from lingting.inspection.transcript import Channel, Role, Transcript, Turn
from lingting.message import Message, Mistake
from lingting.registers.conversations import actions, queries
from lingting.registers.conversations.models import Conversation, Found, Said
from lingting.site import worker

ZONE = ZoneInfo("Asia/Shanghai")
NAME = "call-20260721-101203.wav"
BEGAN = datetime(2026, 7, 21, 10, 12, 3, tzinfo=ZONE)
AGENT, CUSTOMER = ((1.0, 3.0), (7.0, 9.0)), ((2.5, 5.5),)


def told(path: Path, recogniser: Recogniser | None = None) -> tuple[list[Message], list[Mistake]]:
    items = list(read(path, ours=(), zone=ZONE, recogniser=recogniser))
    return [item for item in items if isinstance(item, Message)], [item for item in items if isinstance(item, Mistake)]


@pytest.fixture
def call(tmp_path: Path) -> Path:
    path = tmp_path / "calls" / NAME
    path.parent.mkdir()
    write(path, channel(10, *AGENT), channel(10, *CUSTOMER, pitch=210))
    return path


def near(message: Message, start: float, end: float) -> bool:
    """Tell whether a message stands where it was said, to a tenth of a second."""
    assert message.until is not None
    return all(abs((at - BEGAN).total_seconds() - seconds) <= 0.1 for at, seconds in ((message.at, start), (message.until, end)))


def test_a_stereo_call_becomes_what_agent_and_customer_said_with_its_times(call: Path) -> None:
    messages, mistakes = told(call)
    assert not mistakes
    assert [message.role for message in messages] == [Role.AGENT, Role.CUSTOMER, Role.AGENT]
    assert near(messages[0], 1.0, 3.0)
    assert near(messages[1], 2.5, 5.5)
    assert near(messages[2], 7.0, 9.0)
    assert {message.text for message in messages} == {""}
    assert {message.confidence for message in messages} == {None}
    envelope = messages[0].envelope
    assert (envelope.source, envelope.channel, envelope.ended) == ("recording", Channel.PHONE, BEGAN + timedelta(seconds=10))
    assert len({message.key for message in messages}) == 3


@pytest.mark.parametrize(
    ("suffix", "rate", "subtype"),
    [("wav", 8000, "PCM_U8"), ("wav", 8000, "ULAW"), ("flac", 44100, None), ("mp3", 16000, None), ("wav", 48000, "FLOAT")],
)
def test_files_of_telephones_and_studios_give_the_same_times(suffix: str, rate: int, subtype: str | None, tmp_path: Path) -> None:
    path = tmp_path / f"20260721-101203.{suffix}"
    write(path, channel(10, *AGENT, rate=rate), channel(10, *CUSTOMER, rate=rate, pitch=210), rate=rate, subtype=subtype)
    messages, mistakes = told(path)
    assert not mistakes
    assert [message.role for message in messages] == [Role.AGENT, Role.CUSTOMER, Role.AGENT]
    assert near(messages[0], 1.0, 3.0)
    assert near(messages[1], 2.5, 5.5)


def test_the_times_of_a_recording_show_an_interruption(tmp_path: Path) -> None:
    """The customer speaks for five seconds; the agent begins after two, and talks on."""
    path = tmp_path / NAME
    write(path, channel(10, (3, 8)), channel(10, (1, 6), pitch=210))
    messages, _ = told(path)
    turns = tuple(Turn(message.role, message.text, message.at, message.until) for message in messages)
    [found] = timing.interruptions(Transcript(turns, Channel.PHONE))
    assert abs(found.seconds - 3.0) < 0.15


def test_who_pauses_for_breath_says_one_thing_unless_the_other_speaks_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write(path, channel(12, (1, 3), (3.7, 5), (8, 9), (9.7, 11)), channel(12, (9.1, 9.6), pitch=210))
    messages, _ = told(path)
    assert [message.role for message in messages] == [Role.AGENT, Role.AGENT, Role.CUSTOMER, Role.AGENT]
    assert near(messages[0], 1.0, 5.0)


def test_a_louder_turn_is_louder_than_its_speakers_own_usual(tmp_path: Path) -> None:
    path = tmp_path / NAME
    quiet, loud = channel(16, (1, 3), (5, 7), (9, 11), level=-30), channel(16, (13, 15), level=-18)
    write(path, quiet + loud, channel(16, (3.3, 4.7), level=-20, pitch=210))
    messages, _ = told(path)
    loudness = [message.loudness for message in messages if message.role is Role.AGENT]
    assert loudness[:3] == pytest.approx([0, 0, 0], abs=0.5)
    assert loudness[3] == pytest.approx(12, abs=0.7)


def test_the_echo_of_the_other_voice_is_nobodys_words_but_a_quiet_answer_is(tmp_path: Path) -> None:
    """The customer's telephone gives the agent's voice back, 30 dB fainter; the customer's own words stay, even over the agent's."""
    path = tmp_path / NAME
    agent = channel(12, (1, 6), level=-18)
    write(path, agent, channel(12, (5, 8), level=-24, pitch=210) + agent * 10 ** (-30 / 20))
    messages, _ = told(path)
    [customer] = [message for message in messages if message.role is Role.CUSTOMER]
    assert near(customer, 5.0, 8.0)


def test_two_channels_with_one_sound_are_nobody_in_particular(tmp_path: Path) -> None:
    path = tmp_path / NAME
    both = channel(10, *AGENT)
    write(path, both, both + silence(10))
    messages, [mistake] = told(path)
    assert {message.role for message in messages} == {Role.OTHER}
    assert "same sound" in mistake.wrong


def test_who_speaks_in_a_mono_file_is_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write(path, channel(10, *AGENT))
    messages, mistakes = told(path)
    assert not mistakes
    assert [message.role for message in messages] == [Role.OTHER, Role.OTHER]


def test_a_note_beside_a_recording_says_who_and_when(call: Path) -> None:
    customer = {"name": "林女士", "organisation": "棠鲤生鲜", "phone": "19900000327"}
    words = {"agent": "right", "at": "2026-07-20T09:00:00+08:00", "key": "A1", "customer": customer, "speaker": "林知夏", "seat": "S12",
             "language": "zh", "subject": "查单"}  # fmt: skip
    call.with_suffix(".json").write_text(json.dumps(words), encoding="utf-8")
    messages, mistakes = told(call.parent)
    assert not mistakes
    assert [message.role for message in messages] == [Role.CUSTOMER, Role.AGENT, Role.CUSTOMER]
    assert [(message.speaker, message.seat) for message in messages] == [("", ""), ("林知夏", "S12"), ("", "")]
    envelope = messages[0].envelope
    assert (envelope.key, envelope.customer.name, envelope.language, envelope.subject) == ("A1", "林女士", "zh", "查单")
    assert abs(messages[0].at - datetime(2026, 7, 20, 1, 0, 1, tzinfo=UTC)) < timedelta(seconds=0.1)


def test_two_mono_files_of_one_call_become_one_conversation(tmp_path: Path) -> None:
    for role, spoken in (("agent", AGENT), ("customer", CUSTOMER)):
        write(tmp_path / f"{role}.wav", channel(10, *spoken))
        (tmp_path / f"{role}.json").write_text(json.dumps({"key": "A1", "role": role, "at": BEGAN.isoformat()}), encoding="utf-8")
    messages, mistakes = told(tmp_path)
    assert not mistakes
    assert [(message.role, message.envelope.key) for message in messages] == [(Role.AGENT, "A1")] * 2 + [(Role.CUSTOMER, "A1")]
    assert len({message.key for message in messages}) == 3


def test_a_vcon_beside_a_recording_is_a_conversation_of_its_own(call: Path) -> None:
    vcon = {
        "vcon": "0.4.0",
        "uuid": "u1",
        "parties": [{"role": "customer"}],
        "dialog": [{"type": "text", "start": BEGAN.isoformat(), "parties": [0], "body": "在吗"}],
    }
    call.with_suffix(".json").write_text(json.dumps(vcon), encoding="utf-8")
    messages, mistakes = told(call.parent)
    assert not mistakes
    assert {message.envelope.source for message in messages} == {"vcon", "recording"}


@pytest.mark.parametrize(
    "words",
    ["{", "[1]", '{"agent": "middle"}', '{"at": "yesterday"}', '{"customer": "Lin"}', '{"role": "wizardry"}', '{"channel": "pigeon"}', "[" * 100_000],
)
def test_a_note_that_cannot_be_read_is_named_and_the_recording_waits(words: str, call: Path) -> None:
    call.with_suffix(".json").write_text(words, encoding="utf-8")
    messages, [mistake] = told(call.parent)
    assert not messages
    assert mistake.path.endswith(".json")
    assert mistake.wrong.strip()
    assert mistake.remedy.strip()


def test_where_nobody_says_when_a_call_began_the_files_date_is_taken_and_said(call: Path) -> None:
    path = call.rename(call.with_name("call.wav"))
    os.utime(path, (BEGAN.timestamp() + 10, BEGAN.timestamp() + 10))
    messages, [mistake] = told(path)
    assert near(messages[0], 1.0, 3.0)
    assert "began" in mistake.wrong


def test_a_number_in_a_name_that_is_no_time_is_none(call: Path) -> None:
    path = call.rename(call.with_name("20269921-101203.wav"))
    assert told(path)[1]


def test_the_same_sound_is_the_same_conversation_whatever_its_file_is_called(call: Path) -> None:
    before = told(call)[0]
    after = told(call.rename(call.with_name("20260721-101203-copy.wav")))[0]
    assert {message.envelope.key for message in before} == {message.envelope.key for message in after}
    assert [message.key for message in before] == [message.key for message in after]


def head(path: Path, *, at: int, value: int) -> None:
    """Change a number in the head of a WAV file."""
    data = bytearray(path.read_bytes())
    data[at : at + 4] = struct.pack("<I", value)
    path.write_bytes(data)


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def hours(path: Path, number: int) -> None:
    """Write silence of hours; FLAC needs hardly any room for it."""
    with soundfile.SoundFile(path, "w", 8000, 1, format="FLAC") as file:
        for _ in range(number * 6):
            file.write(np.zeros(8000 * 600, np.int16))


BAD: dict[str, tuple[str, Callable[[Path], object]]] = {
    "an empty file": ("a.wav", lambda path: path.write_bytes(b"")),
    "no recording": ("a.wav", lambda path: path.write_bytes(b"RIFF1234WAVE")),
    "an MP3 that is none": ("a.mp3", lambda path: path.write_bytes(b"\x00\xff\xfb\x90" * 5000)),
    "a FLAC that is none": ("a.flac", lambda path: path.write_bytes(b"fLaC" + bytes(50))),
    "no sound": ("a.wav", lambda path: write(path, np.zeros(0, np.float32))),
    "six channels": ("a.wav", lambda path: write(path, *[channel(2, (0.5, 1.5))] * 6)),
    "too few samples": ("a.wav", lambda path: write(path, voice(2, rate=4000), rate=4000)),
    "a rate of two thousand million": ("a.wav", lambda path: (write(path, voice(2)), head(path, at=24, value=2_000_000_000))),
    "a WAV cut off": ("a.wav", lambda path: (write(path, voice(9)), cut(path))),
    "a FLAC cut off": ("a.flac", lambda path: (write(path, voice(9)), cut(path))),
    "an MP3 cut off": ("a.mp3", lambda path: (write(path, voice(9)), cut(path))),
    "seven hours": ("a.flac", lambda path: hours(path, 7)),
    "silence": ("20260721-101203.wav", lambda path: write(path, silence(5))),
    "no sound at all": ("20260721-101203.wav", lambda path: write(path, np.zeros(80_000, np.float32))),
    "not a number": ("20260721-101203.wav", lambda path: write(path, np.full(80_000, np.nan, np.float32), subtype="FLOAT")),
    "a date that no call has": ("a.wav", lambda path: (write(path, channel(4, (1, 3))), os.utime(path, (0, 0)))),
}


@pytest.mark.parametrize(("name", "make"), BAD.values(), ids=BAD.keys())
def test_a_bad_recording_gives_a_sentence_and_the_one_beside_it_comes_in(name: str, make: Callable[[Path], object], call: Path) -> None:
    make(call.parent / name)
    messages, [mistake] = told(call.parent)
    assert len(messages) == 3
    assert Path(mistake.path).stem == Path(name).stem
    assert mistake.wrong.strip()
    assert mistake.remedy.strip()


def test_a_file_of_more_than_two_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with path.open("wb") as file:
        file.truncate(sounds.LARGEST + 1)
    _, [mistake] = told(path)
    assert "GB" in mistake.wrong


def test_a_recorder_that_did_not_know_its_end_is_read_to_its_end(call: Path) -> None:
    head(call, at=call.read_bytes().index(b"data") + 4, value=0xFFFFFFFF)
    messages, mistakes = told(call)
    assert (len(messages), mistakes) == (3, [])


def test_a_file_that_says_it_is_longer_than_it_is_is_not_believed(call: Path) -> None:
    head(call, at=call.read_bytes().index(b"data") + 4, value=0x70000000)
    messages, [mistake] = told(call)
    assert not messages
    assert "cut off" in mistake.wrong


@pytest.mark.parametrize("rate", [8000, 44100])
def test_blocks_together_are_the_whole_sound_at_16_khz(rate: int, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write(path, channel(33.3, (2, 30), rate=rate), rate=rate)
    opened = sounds.opened(path)
    whole = np.concatenate(list(sounds.blocks(opened)))
    assert abs(len(whole) - 33.3 * 16_000) < 200
    piece = sounds.stretch(opened, 0, 12.0, 14.0)
    assert abs(len(piece) - 32_000) <= 1
    inner = slice(1000, -1000)
    assert np.corrcoef(piece[inner], whole[192_000:224_000, 0][: len(piece)][inner])[0, 1] > 0.99


def test_an_hour_of_a_call_needs_no_more_memory_than_minutes(tmp_path: Path) -> None:
    """An hour of stereo is 460 MB of samples at 16 kHz."""
    minutes = np.stack([channel(600, *((start, start + 4) for start in range(0, 590, 12)), rate=8000), silence(600, rate=8000)], axis=1)
    path = tmp_path / "20260721-101203.flac"
    with soundfile.SoundFile(path, "w", 8000, 2) as file:
        for _ in range(6):
            file.write(minutes)
    program = (
        "import re; from pathlib import Path; from zoneinfo import ZoneInfo; from lingting.channels.read import read\n"
        f"count = len(list(read(Path({str(path)!r}), ours=(), zone=ZoneInfo('UTC'))))\n"
        "print(count, re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    count, kilobytes = map(int, subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split())
    assert count == 6 * 50
    assert kilobytes < 150_000


class Parrot:
    """A recogniser that says what it was told to, evenly over the sound that is not silent."""

    def __init__(self, *words: str, confidence: float | None = 0.9) -> None:
        self.given, self.confidence, self.asked = list(words), confidence, []

    def words(self, samples: np.ndarray, rate: int, language: str) -> list[Word]:
        self.asked.append((len(samples) / rate, language))
        spoken = heard([samples[:, None]], 1).speech
        return [Word(text, turn.start, turn.end, self.confidence) for turn in spoken for text in [self.given.pop(0)]]


def test_recognised_words_stand_in_the_turn_in_which_they_were_said(call: Path) -> None:
    """
    客服: 您好。
    客户: 我的货呢？
    客服: 我今天下午五点前给您回电话。
    """
    messages, mistakes = told(call, Parrot("您好。", "我今天下午五点前给您回电话。", "我的货呢？"))
    assert not mistakes
    assert [(message.role, message.text, message.confidence) for message in messages] == [
        (Role.AGENT, "您好。", 0.9), (Role.CUSTOMER, "我的货呢？", 0.9), (Role.AGENT, "我今天下午五点前给您回电话。", 0.9),
    ]  # fmt: skip


def test_one_side_is_recognised_without_the_other_sides_words(call: Path) -> None:
    """The customer's telephone gives the agent's voice back: in the customer's words the recogniser is given silence there."""
    echo = channel(10, (6, 9), level=-20) * 10 ** (-30 / 20)
    write(call, channel(10, (6, 9), level=-20), channel(10, *CUSTOMER, pitch=210) + echo)
    call.with_suffix(".json").write_text('{"language": "zh-CN"}', encoding="utf-8")
    parrot = Parrot("一", "二")
    messages, _ = told(call, parrot)
    assert [(message.role, message.text) for message in messages] == [(Role.CUSTOMER, "二"), (Role.AGENT, "一")]
    assert [language for _, language in parrot.asked] == ["zh", "zh"]


def test_what_was_listened_to_and_has_no_words_is_told_from_what_nobody_listened_to(call: Path) -> None:
    class Deaf:
        def words(self, *_: object) -> list[Word]:
            return []

    assert {(message.text, message.confidence) for message in told(call, Deaf())[0]} == {("", 0.0)}


def test_where_recognition_fails_nothing_is_taken_so_that_it_can_come_in_whole_later(call: Path) -> None:
    class Broken:
        def words(self, *_: object) -> list[Word]:
            raise NotRecognised("The server does not answer. Check that it runs.")

    messages, [mistake] = told(call, Broken())
    assert not messages
    assert "Check that it runs" in mistake.remedy


def test_a_long_speech_is_recognised_in_parts_that_leave_nothing_out(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write(path, channel(700, (1, 690)))
    parrot = Parrot(*"一二三四五六")
    told(path, parrot)
    lengths = [seconds for seconds, _ in parrot.asked]
    assert max(lengths) <= 300
    assert sum(lengths) == pytest.approx(689, abs=1)


@pytest.mark.django_db
def test_a_call_without_words_is_written_down_listened_to_and_shown(call: Path, signed_in: Callable[..., object]) -> None:
    result = spine.receive(told(call)[0], calendar=worker.calendar())
    assert (result.conversations, result.messages, result.mistakes) == (1, 3, [])
    assert spine.work(pack=worker.pack(), now=BEGAN + timedelta(hours=1)) == 1
    assert not Found.objects.exists()
    page = signed_in("supervisor").get(reverse("conversation", args=[Conversation.objects.get().id])).content.decode()
    assert page.count("有人说话，但没有文字") == 3
    again = spine.receive(told(call)[0], calendar=worker.calendar())
    assert (again.messages, again.known, again.mistakes) == (0, 3, [])


@pytest.mark.django_db
def test_how_sure_and_how_loud_words_were_stays_with_them(call: Path) -> None:
    spine.receive(told(call, Parrot("您好。", "再见。", "我的货呢？", confidence=0.42))[0], calendar=worker.calendar())
    conversation = Conversation.objects.get()
    transcript = actions.transcript(conversation, queries.turns([conversation.id])[conversation.id], ended=True)
    assert {turn.confidence for turn in transcript.turns} == {0.42}
    assert all(turn.loudness is not None for turn in transcript.turns)
    assert Said.objects.filter(confidence=42).count() == 3


@pytest.mark.data
def test_people_who_talk_at_once_are_heard_to(data: Path) -> None:
    """A customer and an agent who begin together, and an agent whom the customer cuts short."""
    messages, _ = told(data / "open" / "calls" / "stereo-overlap-en.wav")
    turns = tuple(Turn(message.role, message.text, message.at, message.until) for message in messages)
    talk = Transcript(turns, Channel.PHONE)
    assert [turn.role for turn in turns].count(Role.AGENT) == 2
    assert len(list(timing.overlaps(talk))) == 2
    assert timing.shares(talk).both > 1.0
    assert not list(timing.silences(talk))


@pytest.mark.data
def test_a_telephone_call_of_8_bits_is_read(data: Path) -> None:
    messages, _ = told(data / "open" / "calls" / "telephony-8khz-en.wav")
    assert len(messages) > 10
    assert {message.role for message in messages} == {Role.OTHER}
    seconds = sum((message.until - message.at).total_seconds() for message in messages if message.until)
    assert 120 < seconds < 270
