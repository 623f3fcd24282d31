"""Trying a channel (试通): its page is fetched, its mail server is asked for its box, its number is read; nobody is written to or called."""

import re
import smtplib
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

LEAVES = "To the organisation's own hosts alone: a request for a page of theirs, and the question whether a mail box of theirs takes mail."
PATIENCE = 10.0
"""Seconds after which whoever does not answer is dead to a customer, too."""

BOX = re.compile(r"(?:mailto:)?([^@\s:/]+@([^@\s/]+))", re.IGNORECASE)
NUMBER = re.compile(r"\+?[\d\s()（）-]+(?:\s*(?:转|ext\.?|x)\s*\d+)?", re.IGNORECASE)
SHORTEST, LONGEST = 3, 15
"""Digits of a number: 120 has three, and E.164 allows fifteen."""


@dataclass(frozen=True, slots=True)
class Tried:
    """Whether a channel works, and what was seen."""

    works: bool
    zh: str
    en: str


def tried(form: str, address: str, *, ours: Collection[str], mail: tuple[str, int] | None) -> Tried | None:
    """Try a channel at its address; None where only a person can, as with a number that is written right: whether somebody answers, a call alone shows.

    Args:
        form: `phone` for a telephone; all else goes by the address.
        address: what customers are told: a page, a mail box, a number.
        ours: the organisation's hosts and mail domains; nobody else's is touched.
        mail: host and port of the organisation's own mail server, if boxes may be asked for.
    """
    words = address.strip()
    if form == "phone":
        return _number(words)
    if box := BOX.fullmatch(words):
        return _box(box[1], mail) if mail and is_ours(box[2], ours) else None
    url = urlsplit(words)
    if url.scheme in {"http", "https"} and url.hostname and is_ours(url.hostname, ours):
        return _page(words)
    return None


def is_ours(host: str, ours: Collection[str]) -> bool:
    """Tell whether a host is one of ours or below one.

    >>> is_ours("www.example.cn", ["example.cn"]), is_ours("badexample.cn", ["example.cn"]), is_ours("example.cn", ["kf@example.cn"])
    (True, False, True)
    """
    domains = {one.rpartition("@")[2].lower().strip(".") for one in ours}
    return any(host.lower() == domain or host.lower().endswith(f".{domain}") for domain in domains if domain)


def _number(words: str) -> Tried | None:
    if words and NUMBER.fullmatch(words) and SHORTEST <= sum(letter.isdigit() for letter in re.split(r"转|ext|x", words, flags=re.IGNORECASE)[0]) <= LONGEST:
        return None
    return Tried(works=False, zh=f"号码“{words}”打不通：不是一个电话号码。", en=f"Nobody can dial “{words}”: it is no telephone number.")


def _page(address: str) -> Tried:
    # Where a page sends one on is not followed: it may be anybody's.
    try:
        status = httpx.get(address, timeout=PATIENCE, follow_redirects=False).status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Tried(works=False, zh=f"网页没有应答（{type(error).__name__}）。", en=f"The page did not answer ({type(error).__name__}).")
    return Tried(works=status < httpx.codes.BAD_REQUEST, zh=f"网页应答 {status}。", en=f"The page answered {status}.")


def _box(address: str, server: tuple[str, int]) -> Tried:
    """Ask the mail server whether it takes mail for a box, and take leave before any is sent."""
    try:
        with smtplib.SMTP(*server, timeout=PATIENCE) as asked:
            asked.ehlo_or_helo_if_needed()
            asked.mail("")
            code, told = asked.rcpt(address)
            asked.rset()
    except (OSError, smtplib.SMTPException) as error:
        return Tried(works=False, zh=f"邮件服务器没有应答（{type(error).__name__}）。", en=f"The mail server did not answer ({type(error).__name__}).")
    words = told.decode("utf-8", "replace")[:120]
    return Tried(works=code in {250, 251}, zh=f"邮件服务器应答 {code} {words}", en=f"The mail server answered {code} {words}")
