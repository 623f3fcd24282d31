"""Reading documents: Word, HTML and text become words with their headings; hostile files are refused with a sentence."""

import io
import zipfile

import pytest

from lingting.channels.paper import read
from lingting.channels.paper.read import Unreadable, words

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f'<w:styles {NAMESPACE}><w:style w:styleId="a1"><w:name w:val="heading 2"/></w:style></w:styles>'


def docx(body: str, *, head: str = "", **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"{head}<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            package.writestr(f"word/{name}.xml", text)
    return file.getvalue()


def paragraph(text: str, style: str = "") -> str:
    return f'<w:p>{f"""<w:pPr><w:pStyle w:val="{style}"/></w:pPr>""" if style else ""}<w:r><w:t>{text}</w:t></w:r></w:p>'


def test_a_word_file_gives_its_paragraphs_with_headings_marked() -> None:
    assert words("a.docx", docx(paragraph("3.1 核对", "a1") + paragraph("逐单核对。"), styles=STYLES)) == "## 3.1 核对\n逐单核对。"


def test_words_deleted_under_tracked_changes_are_left_out_and_inserted_ones_stay() -> None:
    body = (
        "<w:p><w:r><w:t>不得</w:t></w:r><w:del><w:r><w:delText>低于</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>高于</w:t></w:r></w:ins><w:r><w:t> 8 ℃</w:t></w:r></w:p>"
    )
    assert words("a.docx", docx(body)) == "不得高于 8 ℃"


def test_html_loses_its_scripts_and_keeps_its_headings() -> None:
    page = "<html><script>alert(1)</script><h2>3.1 核对</h2><p>逐单核对。</p></html>".encode()
    text = words("a.html", page)
    assert "## 3.1 核对" in text
    assert "逐单核对" in text
    assert "alert" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_people_have(encoding: str) -> None:
    assert words("a.txt", "逐单核对。\r\n签名。".encode(encoding)) == "逐单核对。\n签名。"


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", docx(paragraph("&c;"), head=BOMB), "entities"),
        ("a.docx", docx("", head='<!DOCTYPE a SYSTEM "file:///etc/passwd">'), "entities"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        ("a.docx", b"PK\x03\x04 torn", "damaged"),
        ("a.docx", docx("<w:p>"), "damaged"),
        ("a.docx", docx(""), "no words"),
        ("a.pdf", b"%PDF-1.7", "not read"),
        ("a.exe.txt", b"MZ\x00\x00", "no text file"),
        ("a.md", b"  \n ", "no words"),
        ("words", b"a", "not read"),
    ],
)
def test_what_is_hostile_or_no_document_is_refused_with_a_sentence(name: str, content: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        words(name, content)
    assert said in refused.value.en
    assert refused.value.zh


def test_a_package_without_text_is_no_word_file() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(Unreadable, match="no Word file"):
        words("a.docx", file.getvalue())


def test_a_small_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LARGEST_UNPACKED", 100_000)
    content = docx(paragraph("长" * 200_000))
    assert len(content) < 10_000
    with pytest.raises(Unreadable, match="too much"):
        words("a.docx", content)


def test_too_large_a_file_and_too_long_a_text_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MOST_LETTERS", 10)
    with pytest.raises(Unreadable, match="at most 10"):
        words("a.txt", "一二三四五六七八九十十一".encode())
    monkeypatch.setattr(read, "LARGEST", 10)
    with pytest.raises(Unreadable, match="20 MB"):
        words("a.txt", b"0123456789a")
