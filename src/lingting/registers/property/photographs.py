"""Photographs (照片) of customer property: kept in the home under their digest, told by their first bytes and never by their name."""

import hashlib
import re
from pathlib import Path

from django.conf import settings

from lingting.records.values import Wrong
from lingting.registers.property.models import Form

LARGEST = 8 << 20
"""Bytes of one photograph; a telephone's are smaller. A house default, shown as ours."""

SIGNS = {Form.JPEG: rb"\xff\xd8\xff", Form.PNG: rb"\x89PNG\r\n\x1a\n", Form.WEBP: rb"RIFF....WEBP"}
"""How the files of each sort begin."""


def form_of(content: bytes) -> Form | None:
    r"""Return which sort of picture a file is, by how it begins.

    >>> form_of(b"\x89PNG\r\n\x1a\n..."), form_of(b"<svg onload=...")
    (Form.PNG, None)
    """
    return next((form for form, sign in SIGNS.items() if re.match(sign, content, re.DOTALL)), None)


def keep(content: bytes) -> tuple[str, Form]:
    """Keep a photograph's file, and return its digest and sort; raise Wrong if it is none, or too large."""
    if len(content) > LARGEST:
        most = LARGEST >> 20
        raise Wrong("photo", f"照片超过 {most} MB；请缩小后再传。", f"The photograph is larger than {most} MB; make it smaller.")
    form = form_of(content)
    if form is None:
        raise Wrong("photo", "这不是照片；可以传 JPEG、PNG 或 WebP。", "This is no photograph; JPEG, PNG and WebP are taken.")
    digest = hashlib.sha256(content).hexdigest()
    place = _place(digest, form)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        place.write_bytes(content)
    return digest, form


def kept(digest: str, form: str) -> bool:
    """Tell whether the file of a photograph is here."""
    return bool(re.fullmatch(r"[0-9a-f]{64}", digest)) and form in set(Form) and _place(digest, form).exists()


def read(digest: str, form: str) -> bytes | None:
    """Return a photograph's file if it is here and still what it was when it was kept."""
    content = _place(digest, form).read_bytes() if kept(digest, form) else None
    return content if content is not None and hashlib.sha256(content).hexdigest() == digest else None


def _place(digest: str, form: str) -> Path:
    return Path(settings.HOME) / "photographs" / f"{digest}.{form}"
