"""One door for files and folders: which channel reads what, and nothing that one bad file does stops the rest."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lingting.channels.mail.read import read_eml, read_mbox
from lingting.channels.table.jsonl import read_jsonl
from lingting.channels.table.rows import read_csv, read_xlsx
from lingting.channels.vcon.read import read_vcon
from lingting.message import Message, Mistake

if TYPE_CHECKING:
    from lingting.channels.recording.recognise import Recogniser

Reader = Callable[[Path, tuple[str, ...], ZoneInfo], Iterator[Message | Mistake]]

READERS: dict[str, Reader] = {
    ".jsonl": lambda path, _, zone: read_jsonl(path, zone=zone),
    ".ndjson": lambda path, _, zone: read_jsonl(path, zone=zone),
    ".csv": lambda path, _, zone: read_csv(path, zone=zone),
    ".tsv": lambda path, _, zone: read_csv(path, zone=zone),
    ".xlsx": lambda path, _, zone: read_xlsx(path, zone=zone),
    ".eml": lambda path, ours, _: read_eml(path, ours=ours),
    ".mbox": lambda path, ours, _: read_mbox(path, ours=ours),
    ".vcon": lambda path, _, __: read_vcon(path),
    ".json": lambda path, _, __: read_vcon(path),
}
"""Which suffix is read by whom; docs/formats.md describes each."""


RECORDINGS = (".wav", ".flac", ".mp3")
"""Recordings, which are read with or without somebody who recognises their words."""


def read(path: Path, *, ours: tuple[str, ...], zone: ZoneInfo, recogniser: "Recogniser | None" = None) -> Iterator[Message | Mistake]:
    """Yield the messages of a file, or of every file in a folder, and what could not be taken.

    Args:
        path: a file, or a folder that is searched to its depth; hidden files and texts about the data (.md, .txt) are left alone.
        ours: mail addresses and domains of the organisation.
        zone: where times without a zone of their own are meant.
        recogniser: what makes words of recordings; without one only the times of what was said are known.
    """
    for file in files(path):
        reader = _recordings(recogniser) if file.suffix.lower() in RECORDINGS else READERS.get(file.suffix.lower())
        if reader is None:
            known = ", ".join((*READERS, *RECORDINGS))
            yield Mistake(str(file), "", f"Files ending in “{file.suffix}” are not read.", f"Bring one of {known}; see docs/formats.md.")
            continue
        try:
            yield from reader(file, ours, zone)
        except OSError as error:
            yield Mistake(str(file), "", f"The file cannot be read: {error.strerror}.", "Check that it exists and that you may read it.")
        except RecursionError:
            yield Mistake(str(file), "", "The file is nested too deeply.", "Check where it comes from; no real conversation is.")
        except json.JSONDecodeError as error:
            yield Mistake(str(file), f"line {error.lineno}", f"This is not JSON: {error.msg}.", "Check that the file was not cut off.")


def _recordings(recogniser: "Recogniser | None") -> Reader:
    # Only who reads a recording pays for loading what decodes it.
    from lingting.channels.recording.read import read_recording

    return lambda path, _, zone: read_recording(path, zone=zone, recogniser=recogniser)


def files(path: Path) -> Iterator[Path]:
    """Yield a file, or those of a folder in the order of their names, hidden ones and texts about the data left out."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.is_file() and not hidden and file.suffix.lower() not in {".md", ".txt"} and not _is_note(file):
            yield file


def _is_note(file: Path) -> bool:
    """Tell whether a file only speaks about a recording beside it."""
    if file.suffix.lower() != ".json" or not any(file.with_suffix(end).exists() for suffix in RECORDINGS for end in (suffix, suffix.upper())):
        return False
    from lingting.channels.recording.beside import is_vcon

    return not is_vcon(file)
