"""The words of a mail: headers and bodies decoded whatever their charset claims, HTML made into harmless text."""

import base64
import binascii
import codecs
import html
import quopri
import re
from email.message import Message as Mail

import nh3

CHINESE = {"gb2312", "gbk", "cp936", "x-gbk", "gb_2312-80", "hz-gb-2312", "gb18030", "x-gb18030"}
"""Charsets that mail programs name when they mean the largest of them: a mail that says gb2312 may hold 镕, 喆 and 瑄."""

_ENCODED = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(=\?)")


def decoded(raw: bytes, charset: str) -> str:
    """Return bytes as words: by their charset, else UTF-8, else GB18030; what fits nothing is marked as unreadable."""
    named = charset.strip().strip('"').lower()
    first = "gb18030" if named in CHINESE else named
    for encoding in (first, "utf-8", "gb18030"):
        try:
            if encoding and codecs.lookup(encoding).name not in {"idna", "punycode", "undefined"}:
                return raw.decode(encoding)
        except (LookupError, UnicodeError, ValueError):
            continue
    return raw.decode("utf-8", "replace")


def header(mail: Mail, name: str) -> str:
    """Return a header's words: encoded ones decoded, raw bytes guessed, folded lines joined."""
    value = mail.get(name)
    return header_words(str(value)) if value is not None else ""


def header_words(value: str) -> str:
    """Return the words of a header's value.

    A character may be cut in two between encoded words of the same charset, so they are joined as bytes first.

    >>> header_words("=?utf-8?b?5oKo?= =?utf-8?b?5aW9?=")
    '您好'
    """
    joined = _BETWEEN.sub(r"\1\2", re.sub(r"\r?\n[ \t]*", " ", value))
    out: list[str] = []
    pending, charset, last = b"", "", 0
    for match in _ENCODED.finditer(joined):
        if match.start() > last or (pending and match[1].lower() != charset):
            out.append(decoded(pending, charset))
            pending = b""
        out.append(_raw(joined[last : match.start()]))
        charset, last = match[1].lower().partition("*")[0], match.end()
        pending += _unpacked(match[2], match[3])
    out.append(decoded(pending, charset))
    return "".join((*out, _raw(joined[last:]))).strip()


def _unpacked(way: str, words: str) -> bytes:
    try:
        if way in "bB":
            return base64.b64decode(words + "=" * (-len(words) % 4))
        return quopri.decodestring(words.replace("_", " "), header=False)
    except (binascii.Error, ValueError):
        return words.encode("utf-8", "replace")


def _raw(words: str) -> str:
    """Return header words that may hold raw bytes, which Python keeps as surrogates."""
    try:
        return decoded(words.encode("ascii", "surrogateescape"), "utf-8")
    except UnicodeEncodeError:
        return words.encode("utf-8", "replace").decode("utf-8")


def part_words(part: Mail) -> str:
    """Return the text of a text part, HTML made plain."""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    words = decoded(raw, part.get_content_charset("") or "")
    if part.get_content_type() == "text/html":
        return harmless(words)
    if str(part.get_param("format", "")).lower() == "flowed":
        words = re.sub(r"(?<=\S) \r?\n(?!>|-- )", " ", words)
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()


def harmless(markup: str) -> str:
    r"""Return HTML as plain text: scripts and styles gone, blocks as lines.

    >>> harmless("<p>您好<script>alert(1)</script></p><p>a &lt; b</p>")
    '您好\na < b'
    """
    lines = re.sub(r"(?i)<(?:br|/p|/div|/tr|/li|/h[1-6]|/blockquote|hr)\b[^>]*>", "\n", markup[:5_000_000])
    plain = nh3.clean(lines, tags=set(), clean_content_tags={"script", "style", "title", "template"})
    return re.sub(r"\n\s*\n+", "\n", re.sub(r"[ \t\xa0]+", " ", html.unescape(plain))).strip()
