"""Kept databases (留存): what Hyperscan compiles in seconds is read back in milliseconds while nothing it was made of has changed.

A file is named by everything that its database depends on, and begins with its own checksum: one that was cut short, altered or brought from another
machine is compiled anew, never trusted.
"""

import contextlib
import hashlib
import json
import os
import platform
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

import hyperscan

from lingting.inspection.trial import survives

MOST = 16
"""Files that are kept, the latest used ones: a pack makes two for every change of its norms, of thirty megabytes together."""


class Fatal(ValueError):
    """Patterns compile, and end the process that scans with them."""


_SUFFIX = ".hyperscan"
_CHECKSUM = 32


def database(patterns: Sequence[str], flags: Sequence[int], folder: Path | None) -> hyperscan.Database:
    """Return patterns compiled, each with its flags and numbered in its order; out of a folder, if it stands there, and put there, if not.

    A folder that cannot be written costs nothing but the time to compile. hyperscan.error says what is wrong with a pattern, Fatal that one of them
    must not be scanned with.
    """
    path = folder / f"{_name(patterns, flags)}{_SUFFIX}" if folder else None
    known = _read(path) if path else None
    if known is None:
        known = compiled(patterns, flags)
        if not survives(known, patterns, flags):
            raise Fatal
        if path:
            with contextlib.suppress(OSError):
                _write(path, hyperscan.dumpb(known))
    return known


def compiled(patterns: Sequence[str], flags: Sequence[int]) -> hyperscan.Database:
    """Return patterns compiled now."""
    made = hyperscan.Database()
    made.compile(expressions=[pattern.encode() for pattern in patterns], ids=list(range(len(patterns))), elements=len(patterns), flags=list(flags))
    return made


def _name(patterns: Sequence[str], flags: Sequence[int]) -> str:
    named = json.dumps([list(patterns), list(flags), _machine()], ensure_ascii=False)
    return hashlib.blake2b(named.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


@cache
def _machine() -> tuple[str, ...]:
    """Return what a database is made for: the library, and the processor as the library sees it."""
    return version("hyperscan"), str(compiled(["a"], [0]).info()), platform.system(), platform.machine()


def _read(path: Path) -> hyperscan.Database | None:
    """Return the database of a file; None if there is none that holds what it should."""
    try:
        held = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    body = memoryview(held)[_CHECKSUM:]
    if _checksum(body) != held[:_CHECKSUM]:
        return None
    try:
        return hyperscan.loadb(bytes(body), hyperscan.HS_MODE_BLOCK)
    except hyperscan.error:
        return None


def _write(path: Path, body: bytes) -> None:
    """Put a file in its place whole or not at all, and take away what was not used for the longest time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, half = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_checksum(body) + body)
        Path(half).replace(path)
    finally:
        Path(half).unlink(missing_ok=True)
    used = sorted(path.parent.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in used[MOST:]:
        old.unlink(missing_ok=True)


def _checksum(body: bytes | memoryview) -> bytes:
    return hashlib.blake2b(body, digest_size=_CHECKSUM).digest()
