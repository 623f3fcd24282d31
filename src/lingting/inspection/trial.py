"""The trial (试扫): patterns newly compiled are scanned with once in a process of their own, before this one dares to.

Some patterns compile well and overrun the stack while they scan (hyperscan 0.9.1, that is Vectorscan 5.4.12): those whose start is asked
(HS_FLAG_SOM_LEFTMOST) and that begin with a repeat – `[a-z]+ b`, `a+ b`, `.{2,30}(, right|, wrong)`. `[a-z]+b`, `[a-z]{1,30} b`, `my [a-z]+ b`,
`.{2,16}(, right|, wrong)` and all of them without the start of match scan well, and so may the bad ones among other patterns: it depends on the engine
that was chosen, and no sign in its words tells a bad pattern from a good one; a `^` has nothing to do with it. But it never depends on the text: any of
a few hundred bytes (`.{2,30}…`: 272) ends the process, no shorter one does. So what survives one long text is safe.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import hyperscan

TEXTS = tuple((letters * 4096).encode() for letters in ("a", "我", "7", " ", "好的, ok. "))
"""What is scanned: many times as long as it takes, of several sorts."""

PATIENCE = 120.0
"""Seconds after which a trial is given up."""

_WINDOWS_FAULT = 0xC0000000

_REPEATS = re.compile(r"[*+{]")


def survives(database: hyperscan.Database, expressions: Sequence[str], flags: Sequence[int]) -> bool:
    """Tell whether scanning with a database leaves its process alive; it was made of these expressions."""
    return not any(map(_doubtful, expressions, flags)) or not _died(_tried(hyperscan.dumpb(database)))


def fatal(expressions: Sequence[str], flags: Sequence[int]) -> int | None:
    """Return the number of the first expression that ends a process all by itself."""
    doubtful = [number for number in range(len(expressions)) if _doubtful(expressions[number], flags[number])]
    told = _tried(json.dumps([(expressions[number], flags[number]) for number in doubtful]).encode(), "alone")
    return doubtful[int(told.stdout.split()[-1])] if _died(told) and told.stdout else None


def _doubtful(expression: str, flags: int) -> bool:
    return bool(flags & hyperscan.HS_FLAG_SOM_LEFTMOST and _REPEATS.search(expression))


def _tried(given: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
    # -P: the modules beside this one must not stand before Python's own of the same name (`calendar`).
    return subprocess.run([sys.executable, "-P", str(Path(__file__)), *words], input=given, capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603


def _died(process: subprocess.CompletedProcess[bytes]) -> bool:
    """Tell whether a process was ended by the system; CalledProcessError if it failed otherwise, which is no pattern's fault."""
    if process.returncode < 0 or process.returncode >= _WINDOWS_FAULT:
        return True
    process.check_returncode()
    return False


def _together(given: bytes) -> None:
    _scan(hyperscan.loadb(given, hyperscan.HS_MODE_BLOCK))


def _alone(given: bytes) -> None:
    """Scan with one expression after another, and say which before each."""
    for number, (expression, flags) in enumerate(json.loads(given)):
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        database = hyperscan.Database()
        database.compile(expressions=[expression.encode()], ids=[0], elements=1, flags=[flags])
        _scan(database)


def _scan(database: hyperscan.Database) -> None:
    scratch = hyperscan.Scratch(database)
    for text in TEXTS:
        database.scan(text, match_event_handler=lambda *_: None, scratch=scratch)


if __name__ == "__main__":
    (_alone if sys.argv[1:] else _together)(sys.stdin.buffer.read())
