"""Files that are cut off, mis-encoded, wrongly typed or hostile: each gives a sentence, and none stops the rest."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lingting.channels.read import read
from lingting.message import Message, Mistake

ZONE = ZoneInfo("Asia/Shanghai")
GOOD = '{"id": "good", "channel": "chat", "messages": [{"id": "1", "at": "2026-07-20T10:00:00+08:00", "role": "customer", "text": "在吗"}]}'
HEAD = "conversation,channel,message,at,role,text\n"


def one(**columns: object) -> str:
    """Return a line of JSON with one message, some of it changed."""
    message = {"id": "1", "at": "2026-07-20T10:00:00+08:00", "role": "customer", "text": "在吗", **columns}
    return json.dumps({"id": "c", "channel": "chat", "messages": [message]})


BAD_LINES = {
    "cut off": GOOD[:60],
    "no object": "[1, 2]",
    "no messages": '{"id": "c", "channel": "chat"}',
    "messages of the wrong type": '{"id": "c", "channel": "chat", "messages": {"a": 1}}',
    "no id": '{"channel": "chat", "messages": [{}]}',
    "an unknown channel": '{"id": "c", "channel": "pigeon", "messages": [{}]}',
    "an unknown role": one(role="wizardry"),
    "text of the wrong type": one(text={"a": 1}),
    "no time": one(at=None),
    "the year 0": one(at="0000-01-01T00:00:00Z"),
    "the year 9999": one(at="9999-12-31T23:59:59+00:00"),
    "a time that is none": one(at="yesterday"),
    "a huge number for a time": one(at=1e300),
    "a message of more than anybody says": one(text="啊" * 1_000_001),
    "two messages of one id": '{"id": "c", "channel": "chat", "messages": [%s, %s]}'
    % ((json.dumps({"id": "1", "at": "2026-07-20T10:00:00+08:00", "role": "customer", "text": "在吗"}),) * 2),
    "nested beyond reason": "[" * 100_000,
    "not a number": '{"id": "c", "channel": "chat", "messages": [{"id": "1", "at": NaN, "role": "customer", "text": "x"}]}',
}


def told(path: Path) -> tuple[list[Message], list[Mistake]]:
    items = list(read(path, ours=("qizhou.example",), zone=ZONE))
    return [item for item in items if isinstance(item, Message)], [item for item in items if isinstance(item, Mistake)]


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_named_with_its_number_and_the_others_come_in(line: str, tmp_path: Path) -> None:
    path = tmp_path / "talks.jsonl"
    path.write_text(f"{GOOD}\n{line}\n{GOOD.replace('good', 'too')}\n", encoding="utf-8")
    messages, mistakes = told(path)
    assert {message.envelope.key for message in messages} == {"good", "too"}
    [mistake] = mistakes
    assert mistake.place.startswith("line 2")
    assert mistake.wrong.strip()
    assert mistake.remedy.strip()


def test_a_line_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "talks.jsonl"
    path.write_bytes(GOOD.encode() + b"\n" + GOOD.encode("gb18030") + b"\n")
    messages, mistakes = told(path)
    assert (len(messages), len(mistakes)) == (1, 1)


def row(conversation: str, at: str, text: str) -> str:
    return ",".join((conversation, "chat", "1", at, "客户", text)) + "\n"  # noqa: FLY002  # no comma beside Chinese


def test_a_table_of_a_chinese_office_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "chat.csv"
    path.write_bytes((HEAD + row("A1", "2026-07-20 10:00", "请查单")).encode("gb18030"))
    messages, mistakes = told(path)
    assert ([message.text for message in messages], mistakes) == (["请查单"], [])


def test_a_table_without_a_needed_column_says_which(tmp_path: Path) -> None:
    path = tmp_path / "chat.csv"
    path.write_text("conversation,text\nA1，在吗\n", encoding="utf-8")
    messages, mistakes = told(path)
    assert not messages
    assert "at" in mistakes[0].wrong


def test_a_bad_row_is_named_and_the_other_conversations_come_in(tmp_path: Path) -> None:
    path = tmp_path / "chat.csv"
    path.write_text(HEAD + row("A1", "2026-07-20 10:00", "在吗") + row("A2", "never", "在吗") + row("A3", "2026-07-20 10:00", "在吗"), encoding="utf-8")
    messages, mistakes = told(path)
    assert {message.envelope.key for message in messages} == {"A1", "A3"}
    assert "3" in mistakes[0].place


def bomb() -> bytes:
    """Return a small workbook that would grow to a gigabyte."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(1000):
                sheet.write(b"<row/>" * 175_000)
    return packed.getvalue()


BAD_FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a workbook that is a zip bomb": ("forms.xlsx", bomb),
    "a workbook that is none": ("forms.xlsx", lambda: b"PK\x03\x04 not really"),
    "an empty workbook": ("forms.xlsx", lambda: b""),
    "a vCon that is cut off": ("talk.vcon.json", lambda: b'{"vcon": "0.0.1", "dialog": [{"type": "te'),
    "a vCon that is a list": ("talk.vcon.json", lambda: b"[1]"),
    "a vCon that is encrypted": ("talk.vcon.json", lambda: b'{"ciphertext": "x", "recipients": []}'),
    "a vCon whose signature is forged": (
        "talk.vcon.json",
        lambda: b'{"payload": "e30", "signatures": [{"header": {"x5c": ["AAAA"]}, "protected": "e30", "signature": "AAAA"}]}',
    ),
    "a vCon nested beyond reason": ("talk.vcon.json", lambda: b'{"dialog": ' + b"[" * 100_000),
    "a mail without a time": ("a.eml", lambda: b"From: lin@tangli.example\r\nTo: service@qizhou.example\r\n\r\nhello\r\n"),
    "a mail of the year 9999": (
        "a.eml",
        lambda: b"From: lin@tangli.example\r\nTo: service@qizhou.example\r\nDate: Fri, 31 Dec 9999 23:59:59 +0000\r\n\r\nhello\r\n",
    ),
    "a mail of nobody": ("a.eml", lambda: b"\x00\xff\xfe" * 100),
}


@pytest.mark.parametrize(("name", "content"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_gives_a_sentence_and_the_files_beside_it_come_in(name: str, content: Callable[[], bytes], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content())
    (tmp_path / "z-good.jsonl").write_text(GOOD, encoding="utf-8")
    messages, mistakes = told(tmp_path)
    assert [message.envelope.key for message in messages] == ["good"]
    [mistake] = mistakes
    assert mistake.path.endswith(name)
    assert mistake.wrong.strip()
    assert mistake.remedy.strip()


def test_a_vcon_that_expands_entities_in_a_mail_body_only_gives_its_words(tmp_path: Path) -> None:
    """HTML in a mail is words, never a program; what only a program would see is left out."""
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: lin@tangli.example\r\nTo: service@qizhou.example\r\nDate: Mon, 20 Jul 2026 10:00:00 +0800\r\nMessage-ID: <1@x>\r\n"
        b'Content-Type: text/html; charset="utf-8"\r\n\r\n<p>hello <b>there</b></p><script>alert(1)</script><img src=x onerror=alert(2)>\r\n'
    )
    [message], mistakes = told(path)
    assert not mistakes
    assert message.text.strip() == "hello there"


def test_a_file_of_a_kind_nobody_reads_is_said(tmp_path: Path) -> None:
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"....")
    messages, mistakes = told(path)
    assert not messages
    assert mistakes[0].remedy
