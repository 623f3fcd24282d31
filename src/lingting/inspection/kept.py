"""Kept databases (留存): what Hyperscan compiles in seconds is read back in milliseconds while nothing it was made of has changed.

A file is named by everything that its database depends on, and begins with its own checksum: one that was cut short, altered or brought from another
machine is compiled anew, never trusted.
"""

import contextlib
import hashlib
import itertools
import json
import os
import platform
import struct
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path

import hyperscan

from lingting.inspection.trial import survives

MOST = 16
"""Files that are kept, the latest used ones: a pack makes three for every change of its norms, of thirty megabytes together."""


class Fatal(ValueError):
    """Patterns compile, and end the process that scans with them."""


_SUFFIX = ".hyperscan"
_CHECKSUM = 32


def databases(parts: Sequence[Sequence[str]], flags: int, folder: Path | None) -> list[hyperscan.Database]:
    """Return each part's patterns compiled, numbered on through all parts; out of a folder, if they stand there, and put there in one file, if not.

    A folder that cannot be written costs nothing but the time to compile. hyperscan.error says what is wrong with a pattern, Fatal that one of them
    must not be scanned with.
    """
    path = folder / f"{_name(parts, flags)}{_SUFFIX}" if folder else None
    known = _read(path, len(parts)) if path else None
    if known is None:
        firsts = [0, *itertools.accumulate(map(len, parts))]
        with ThreadPoolExecutor(os.cpu_count()) as abreast:  # the library lets other threads go on while it compiles
            known = list(abreast.map(lambda patterns, first: _tried(patterns, flags, first), parts, firsts))
        if path:
            with contextlib.suppress(OSError):
                _write(path, [hyperscan.dumpb(one) for one in known])
    return known


def _tried(patterns: Sequence[str], flags: int, first: int) -> hyperscan.Database:
    alike = [flags] * len(patterns)
    made = compiled(patterns, alike, first)
    if not survives(made, patterns, alike):
        raise Fatal
    return made


def compiled(patterns: Sequence[str], flags: Sequence[int], first: int = 0) -> hyperscan.Database:
    """Return patterns compiled now, numbered from `first` on."""
    made = hyperscan.Database()
    numbers = list(range(first, first + len(patterns)))
    made.compile(expressions=[pattern.encode() for pattern in patterns], ids=numbers, elements=len(patterns), flags=list(flags))
    return made


def _name(parts: Sequence[Sequence[str]], flags: int) -> str:
    named = json.dumps([[list(patterns) for patterns in parts], flags, _machine()], ensure_ascii=False)
    return hashlib.blake2b(named.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


@cache
def _machine() -> tuple[str, ...]:
    """Return what a database is made for: the library, and the processor as the library sees it."""
    return version("hyperscan"), str(compiled(["a"], [0]).info()), platform.system(), platform.machine()


def _read(path: Path, count: int) -> list[hyperscan.Database] | None:
    """Return the databases of a file; None if there is none that holds what it should."""
    try:
        held = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    body = memoryview(held)[_CHECKSUM:]
    if _checksum(body) != held[:_CHECKSUM]:
        return None
    try:
        sizes = struct.unpack_from(f"<{count}Q", body)
        ends = [struct.calcsize(f"<{count}Q") + end for end in itertools.accumulate(sizes)]
        return [hyperscan.loadb(bytes(body[end - size : end]), hyperscan.HS_MODE_BLOCK) for size, end in zip(sizes, ends, strict=True)]
    except (hyperscan.error, struct.error):
        return None


def _write(path: Path, bodies: Sequence[bytes]) -> None:
    """Put a file in its place whole or not at all, and take away what was not used for the longest time."""
    body = b"".join([struct.pack(f"<{len(bodies)}Q", *map(len, bodies)), *bodies])
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
