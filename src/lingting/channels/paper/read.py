"""Reads documents: Word (.docx), HTML, Markdown and plain text become words; what is hostile or is none of these is refused with a sentence."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePath
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from lingting.channels.mail.words import decoded, harmless

LARGEST = 20 << 20
"""Bytes of a file."""

LARGEST_UNPACKED = 60 << 20
"""Bytes that the words of a Word file may unpack to; a small file that unpacks to more is made to fill the memory."""

MOST_LETTERS = 500_000
"""Letters of a document: a book of three hundred pages."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLE = b"\xd0\xcf\x11\xe0"
_HEAD = re.compile(r"^(?:heading|标题|titre|überschrift)?\s*(\d)$", re.IGNORECASE)
_HTML_HEAD = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1\s*>", re.IGNORECASE | re.DOTALL)


class Unreadable(ValueError):
    """A file that is not taken, and what to do: one sentence in each language."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} {en}")
        self.zh, self.en = zh, en


def words(name: str, content: bytes) -> str:
    """Return the words of a document, headings marked with `#`; raise Unreadable with a sentence if it is not taken."""
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise Unreadable(
            f"不读“{suffix or name}”这种文件；请存为 .docx、.html、.md 或 .txt。",
            f"Files ending in “{suffix or name}” are not read; save it as .docx, .html, .md or .txt.",
        )
    if len(content) > LARGEST:
        raise Unreadable("文件超过 20 MB；请去掉图片或分成几份。", "The file is larger than 20 MB; leave pictures out or divide it.")
    text = reader(content).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise Unreadable("文件里没有文字；扫描件请先识别成文字。", "There are no words in the file; let a scan be recognised first.")
    if len(text) > MOST_LETTERS:
        raise Unreadable(
            f"文件有 {len(text):,} 字，最多 {MOST_LETTERS:,} 字；请分成几份。", f"The file has {len(text):,} letters, at most {MOST_LETTERS:,}; divide it."
        )
    return text


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\x00" in content:
        raise Unreadable("这不是文本文件。", "This is no text file.")
    return decoded(content.removeprefix(b"\xef\xbb\xbf"), "utf-8")


def _html(content: bytes) -> str:
    marked = _HTML_HEAD.sub(lambda match: f"<p>{'#' * int(match[1])} {match[2]}</p>", _text(content))
    return harmless(marked)


def _docx(content: bytes) -> str:
    if content.startswith(_OLE):
        raise Unreadable(
            "文件加了密码，或是旧的 .doc 格式；请去掉密码，另存为 .docx。",
            "The file has a password or is an old .doc; take the password off and save it as .docx.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            styles = _part(package, "word/styles.xml", needed=False)
            document = _part(package, "word/document.xml", needed=True)
    # zipfile says RuntimeError of a part behind a password, NotImplementedError of a compression it does not know.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unreadable("文件已损坏，或者不是 Word 文件。", "The file is damaged or is no Word file.") from error
    return "\n".join(_paragraphs(document, _heads(styles)))


def _part(package: zipfile.ZipFile, name: str, *, needed: bool) -> Element:
    if name not in package.namelist():
        if needed:
            raise Unreadable("文件里没有正文，不是 Word 文件。", "The file holds no text; it is no Word file.")
        return Element("none")
    with package.open(name) as part:
        # What the package says of its size may be a lie: no more is read than is allowed.
        xml = part.read(LARGEST_UNPACKED + 1)
    if len(xml) > LARGEST_UNPACKED:
        raise Unreadable("文件解开后过大，不予读取。", "The file unpacks to too much and is not read.")
    try:
        root: Element = ElementTree.fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable(
            "文件里有实体或外部引用，不予读取；请另存一份再试。", "The file holds entities or outside references and is not read; save a copy and try again."
        ) from error
    except (ParseError, ValueError) as error:
        raise Unreadable("文件的正文已损坏。", "The text of the file is damaged.") from error
    return root


def _heads(styles: Element) -> dict[str, int]:
    """Return the depth of each style that is a heading's, by its id."""
    found = {}
    for style in styles.iter(f"{_WORD}style"):
        name = style.find(f"{_WORD}name")
        match = _HEAD.match(name.get(f"{_WORD}val", "")) if name is not None else None
        if match:
            found[style.get(f"{_WORD}styleId", "")] = int(match[1])
    return found


def _paragraphs(document: Element, heads: dict[str, int]) -> Iterator[str]:
    for paragraph in document.iter(f"{_WORD}p"):
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        depth = heads.get(style.get(f"{_WORD}val", ""), 0) if style is not None else 0
        text = "".join(_runs(paragraph)).strip()
        if text:
            yield f"{'#' * depth} {text}" if depth else text


def _runs(paragraph: Element) -> Iterator[str]:
    """Yield the letters of a paragraph as it stands now: what was deleted under tracked changes is no part of it."""
    for piece in paragraph.iter():
        if piece.tag == f"{_WORD}t":
            yield piece.text or ""
        elif piece.tag in {f"{_WORD}tab", f"{_WORD}br"}:
            yield " "


READERS: dict[str, Callable[[bytes], str]] = {
    ".docx": _docx, ".html": _html, ".htm": _html, ".md": _text, ".markdown": _text, ".txt": _text, ".text": _text,
}  # fmt: skip
"""Which suffix is read by whom."""
