"""Reading mail: bytes to a message with its correspondent, what it refers to, and its new words."""

import email
import email.policy
import email.utils
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message as Mail
from pathlib import Path

from lingting.channels.mail.quotes import new_words
from lingting.channels.mail.words import header, header_words, part_words
from lingting.channels.table.values import EARLIEST, LATEST, BadValue, words
from lingting.inspection.transcript import Channel, Role
from lingting.message import Envelope, Message, Mistake, Person

LARGEST = 64 * 1024 * 1024
"""Bytes in one mail; mail servers take less."""

MOST_PARTS, DEEPEST = 500, 20
"""Parts of a mail and their depth; more is made to wear a reader out."""

_ID = re.compile(r"<[^<>\s]{1,250}>")
_PREFIX = re.compile(r"^\s*(?:(?:re|fw|fwd|aw|回复|答复|回覆|转发|轉寄)(?:\[\d+\])?\s*[:\uff1a]\s*)+", re.IGNORECASE)
_AWAY = re.compile(r"自动回复|自動回覆|外出|out of office|automatic reply|auto(?:matic)?-?reply|autoreply", re.IGNORECASE)


def read_eml(path: Path, *, ours: tuple[str, ...]) -> Iterator[Message | Mistake]:
    """Yield the message of a file that holds one mail."""
    if path.stat().st_size > LARGEST:
        yield _too_large(str(path), "")
        return
    yield parse(path.read_bytes(), path=str(path), place="", ours=ours)


def read_mbox(path: Path, *, ours: tuple[str, ...]) -> Iterator[Message | Mistake]:
    """Yield the messages of a mail archive, one after the other, never holding more than one of them."""
    mail: list[bytes] = []
    number, size = 0, 0
    with path.open("rb") as file:
        after_blank = True
        while line := file.readline(1 << 20):
            if after_blank and line.startswith(b"From "):
                if number:
                    yield _one(mail, size, path, number, ours)
                number, mail, size = number + 1, [], 0
            else:
                size += len(line)
                if size <= LARGEST:
                    mail.append(line[1:] if re.match(rb">+From ", line) else line)
            after_blank = not line.strip()
    if number:
        yield _one(mail, size, path, number, ours)
    else:
        yield Mistake(str(path), "", "The file is no mbox: no line begins a mail (“From …”).", "Export the folder again as mbox.")


def _one(mail: list[bytes], size: int, path: Path, number: int, ours: tuple[str, ...]) -> Message | Mistake:
    if size > LARGEST:
        return _too_large(str(path), f"mail {number}")
    return parse(b"".join(mail), path=str(path), place=f"mail {number}", ours=ours)


def _too_large(path: str, place: str) -> Mistake:
    return Mistake(path, place, "The mail is larger than 64 MB.", "Save it without its attachments and import it again.")


def parse(raw: bytes, *, path: str, place: str, ours: tuple[str, ...]) -> Message | Mistake:
    """Return one mail as a message, or what is wrong with it; nothing that a mail can hold raises an error.

    Args:
        raw: the mail as it came over the wire.
        path: the file it stands in, for mistakes.
        place: where in the file.
        ours: addresses and domains of the organisation; without them the writer is taken for the customer.
    """
    try:
        return _message(email.message_from_bytes(raw, policy=email.policy.compat32), raw, ours)
    except BadValue as error:
        return Mistake(path, place, str(error), "Save the mail again from the mail program, or import it by hand.")
    except (RecursionError, MemoryError):
        return Mistake(path, place, "The mail is nested too deeply.", "Check where it comes from; no real mail is.")


def _message(mail: Mail, raw: bytes, ours: tuple[str, ...]) -> Message:
    sender = _addresses(mail, "From")
    if not sender:
        raise BadValue("The mail has no sender (From).")
    automatic = _automatic(mail)
    from_us = _is_ours(sender[0][1], ours)
    others = [one for name in ("To", "Cc") for one in _addresses(mail, name) if not _is_ours(one[1], ours)]
    customer = (others[0] if others else sender[0]) if from_us else sender[0]
    key = next(iter(_ID.findall(header(mail, "Message-ID"))), "") or f"<{hashlib.sha256(raw).hexdigest()[:32]}@no-id>"
    references = [*reversed(_ID.findall(header(mail, "In-Reply-To"))), *reversed(_ID.findall(header(mail, "References")))]
    subject = _PREFIX.sub("", header(mail, "Subject"))
    envelope = Envelope(
        source="mail", key=key, channel=Channel.MAIL, subject=words(subject, what="subject")[:500],
        customer=Person(name=words(customer[0], what="name")[:300], email=customer[1].lower()[:300]),
        references=tuple(dict.fromkeys(reference for reference in references if reference != key))[:100],
    )  # fmt: skip
    role = Role.SYSTEM if automatic == "bounce" else Role.AGENT if from_us else Role.CUSTOMER
    return Message(envelope, key, _date(mail), role, _text(mail), words(sender[0][0] or sender[0][1], what="name")[:300], automatic=automatic)


def _addresses(mail: Mail, name: str) -> list[tuple[str, str]]:
    values = [header_words(str(value)) for value in mail.get_all(name, [])]
    try:
        found = email.utils.getaddresses(values)
    except (ValueError, IndexError, AttributeError):  # CPython's parser gives up on some garbage
        found = []
    return [(words(shown, what="name"), words(address, what="address")) for shown, address in found if "@" in address]


def _is_ours(address: str, ours: tuple[str, ...]) -> bool:
    address = address.lower()
    return any(address == known.lower() or address.endswith("@" + known.lower().lstrip("@")) for known in ours)


def _automatic(mail: Mail) -> str:
    """Return whether no person wrote this: "bounce" or "auto-reply" (RFC 3464, RFC 3834, and the habits of mail programs)."""
    sender = header(mail, "From").lower()
    if mail.get_content_type() == "multipart/report" or "mailer-daemon" in sender or "postmaster@" in sender or header(mail, "Return-Path") == "<>":
        return "bounce"
    submitted = header(mail, "Auto-Submitted").lower()
    if submitted and submitted != "no":
        return "auto-reply"
    named = any(mail.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")) and _AWAY.search(header(mail, "Subject"))
    return "auto-reply" if named or (_AWAY.search(header(mail, "Subject")) and header(mail, "Precedence").lower() in {"bulk", "auto_reply", "junk"}) else ""


def _date(mail: Mail) -> datetime:
    """Return when the mail was written, else when a server received it."""
    received = [str(value).rpartition(";")[2] for value in mail.get_all("Received", [])]
    for words_of_date in (header(mail, "Date"), *(header_words(value) for value in received)):
        try:
            at = email.utils.parsedate_to_datetime(words_of_date.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if EARLIEST <= at.year <= LATEST:
            return at if at.tzinfo else at.replace(tzinfo=UTC)
    raise BadValue("The mail has no date that a mail can have.")


def _text(mail: Mail) -> str:
    """Return the new words of a mail and a line for each attachment."""
    plain, marked, attached = [], [], []
    for depth, part in _parts(mail):
        if depth > DEEPEST:
            raise BadValue("The mail is nested too deeply.")
        name = _file_name(part)
        if name or part.get_content_disposition() == "attachment":
            attached.append(name or part.get_content_type())
        elif part.get_content_type() == "text/plain":
            plain.append(part_words(part))
        elif part.get_content_type() == "text/html":
            marked.append(part_words(part))
    body = "\n".join(text for text in plain if text) or "\n".join(text for text in marked if text)
    lines = [new_words(body), *(f"[附件 attachment: {name}]" for name in attached)]
    return words("\n".join(line for line in lines if line), what="text") or "[空 empty]"


def _parts(mail: Mail) -> Iterator[tuple[int, Mail]]:
    waiting: list[tuple[int, Mail]] = [(0, mail)]
    count = 0
    while waiting:
        depth, part = waiting.pop(0)
        count += 1
        if count > MOST_PARTS:
            raise BadValue(f"The mail has more than {MOST_PARTS} parts.")
        payload = part.get_payload()
        if part.is_multipart() and isinstance(payload, list):
            waiting = [(depth + 1, inner) for inner in payload if isinstance(inner, Mail)] + waiting
        else:
            yield depth, part


def _file_name(part: Mail) -> str:
    """Return an attachment's name, by RFC 2231 or, as many programs write it, by RFC 2047."""
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError):
        return ""
    return words(header_words(str(name)), what="name")[:200] if name else ""
