"""Mail as people send it: encodings, replies, threads, machines."""

from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lingting.channels.mail.read import read_eml, read_mbox
from lingting.message import Message

ZONE = ZoneInfo("Asia/Shanghai")
HEAD = b"From: =?gb2312?B?wdbFrsq/?= <lin@tangli.example>\r\nTo: service@qizhou.example\r\nDate: Mon, 20 Jul 2026 10:00:00 +0800\r\nMessage-ID: <1@x>\r\n"


def taken(path: Path) -> Message:
    [item] = read_eml(path, ours=("qizhou.example",))
    assert isinstance(item, Message), item
    return item


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "gb18030"])
def test_a_body_is_read_in_the_encoding_it_names(charset: str, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        HEAD + f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode() + "请查一下我的货".encode(charset)
    )
    message = taken(path)
    assert (message.text, message.envelope.customer.name) == ("请查一下我的货", "林女士")


def test_a_body_that_says_gb2312_and_holds_more_is_read_whole(tmp_path: Path) -> None:
    """镕 is in GBK, not in GB2312; many programs say the one and send the other."""
    path = tmp_path / "a.eml"
    path.write_bytes(HEAD + b"Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + "朱镕先生的货".encode("gb18030"))
    assert taken(path).text == "朱镕先生的货"


def test_what_is_quoted_from_an_earlier_mail_is_not_said_again(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"], mail["Message-ID"] = "lin@tangli.example", "service@qizhou.example", "Mon, 20 Jul 2026 10:00:00 +0800", "<2@x>"
    mail.set_content("好的，谢谢。\n\n在 2026年7月20日 09:00，林知夏 写道：\n> 我今天下午五点前给您回电话。\n")
    path = tmp_path / "a.eml"
    path.write_bytes(mail.as_bytes())
    assert taken(path).text.strip() == "好的，谢谢。"


@pytest.mark.parametrize(
    ("header", "kind"),
    [(b"Auto-Submitted: auto-replied\r\n", "auto-reply"), (b"X-Auto-Response-Suppress: All\r\nAuto-Submitted: auto-generated\r\n", "auto-reply"), (b"", "")],
)
def test_a_machine_that_answers_is_known_from_a_person(header: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(HEAD + header + b"Content-Type: text/plain; charset=utf-8\r\n\r\nI am away.")
    assert taken(path).automatic == kind


def test_our_own_mail_is_ours_and_the_customer_is_whom_it_goes_to(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: service@qizhou.example\r\nTo: lin@tangli.example\r\nDate: Mon, 20 Jul 2026 10:00:00 +0800\r\nMessage-ID: <3@x>\r\n"
        b"References: <1@x> <2@x>\r\n\r\nhello"
    )
    message = taken(path)
    assert (message.role.value, message.envelope.customer.email) == ("agent", "lin@tangli.example")
    assert message.envelope.references[0] == "<2@x>", "the nearest first"


def test_a_mailbox_yields_its_mails_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    mail = HEAD + b"\r\nhello\r\n>From here on it is mine.\r\n"
    path.write_bytes(
        b"From lin@tangli.example Mon Jul 20 10:00:00 2026\n"
        + mail
        + b"\n"
        + b"From lin@tangli.example Mon Jul 20 10:00:00 2026\n"
        + mail.replace(b"<1@x>", b"<2@x>")
    )
    texts = [item.text.strip() for item in read_mbox(path, ours=("qizhou.example",)) if isinstance(item, Message)]
    assert len(texts) == 2
    assert texts[0].endswith("From here on it is mine.")
