"""Keeping models (保存): arrays in `model.npz` without pickle, all else in `model.json`, and a hash over both that is checked before a model is used."""

import hashlib
import io
import json
import os
import shutil
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from lingting.learning.features import MEASURES, PARTS, Shape
from lingting.learning.linear import Band, Calibration, Kind, Linear
from lingting.learning.train import Trained

FORMAT = 1
ARRAYS = {"columns": np.uint32, "weights": np.float32, "intercepts": np.float32}


class BadModel(ValueError):
    """A stored model is not used: it is incomplete, altered, or of another format; the sentence says which and what to do."""


def save(trained: Trained, models: Path) -> Path:
    """Write a model and its certificate into `models/NAME/VERSION`, whole or not at all; a version that is there already is the same and stays."""
    folder = models / trained.model.name / trained.model.version
    if folder.exists():
        return folder
    half = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    try:
        header, arrays = packed(trained.model)
        (half / "model.npz").write_bytes(arrays)
        (half / "model.json").write_bytes(header)
        (half / "certificate.json").write_bytes(_json(trained.certificate.as_data()))
        half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return folder


def packed(model: Linear) -> tuple[bytes, bytes]:
    """Return the header and the arrays of a model as bytes; the same model gives the same bytes."""
    file = io.BytesIO()
    np.savez_compressed(file, **{name: getattr(model, name) for name in ARRAYS})
    arrays = file.getvalue()
    facts: dict[str, Any] = {
        "format": FORMAT, "name": model.name, "version": model.version, "kind": str(model.kind), "labels": model.labels,
        "shape": asdict(model.shape), "parts": PARTS, "measures": list(MEASURES), "embedding": model.embedding,
        "calibration": asdict(model.calibration), "band": asdict(model.band),
    }  # fmt: skip
    return _json({**facts, "sha256": _hash(facts, arrays)}), arrays


def load(folder: Path) -> Linear:
    """Read a model from its folder, or refuse it with what is wrong."""
    try:
        header, arrays = (folder / "model.json").read_bytes(), (folder / "model.npz").read_bytes()
    except OSError as error:
        raise BadModel(f"{error.filename} cannot be read ({error.strerror}). Train the model again, or bring the whole folder.") from error
    return unpacked(header, arrays, str(folder))


def unpacked(header: bytes, arrays: bytes, place: str) -> Linear:
    """Return the model that a header and arrays hold, or refuse it with what is wrong."""
    try:
        facts = json.loads(header)
        claimed = facts.pop("sha256")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise BadModel(f"{place}: model.json is not the header of a model. Train the model again.") from error
    if claimed != _hash(facts, arrays):
        raise BadModel(f"{place}: model.npz or model.json was altered or damaged since it was written. Train the model again, or bring the file anew.")
    if facts["format"] != FORMAT or facts["measures"] != list(MEASURES) or facts["parts"] != list(PARTS):
        raise BadModel(f"{place}: this model was written by another version of Lingting, whose features differ. Train the model again.")
    return _model(facts, _arrays(arrays, place))


def _arrays(packed_arrays: bytes, place: str) -> dict[str, Any]:
    """Read the arrays; what is no plain numbers is refused, for a pickle could run anything."""
    try:
        with np.load(io.BytesIO(packed_arrays), allow_pickle=False) as file:
            arrays = {name: file[name] for name in ARRAYS}
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise BadModel(f"{place}: model.npz holds something other than plain numbers. Train the model again.") from error
    if any(arrays[name].dtype != kind for name, kind in ARRAYS.items()):
        raise BadModel(f"{place}: model.npz holds numbers of another kind than a model's. Train the model again.")
    return arrays


def _model(facts: dict[str, Any], arrays: dict[str, Any]) -> Linear:
    shape, calibration = facts["shape"], facts["calibration"]
    return Linear(
        name=facts["name"], version=facts["version"], kind=Kind(facts["kind"]), labels=tuple(facts["labels"]),
        shape=Shape(**{**shape, "characters": tuple(shape["characters"])}), embedding=facts["embedding"], **arrays,
        calibration=Calibration(tuple(calibration["slopes"]), tuple(calibration["offsets"])), band=Band(**facts["band"]),
    )  # fmt: skip


def _hash(facts: dict[str, Any], arrays: bytes) -> str:
    return hashlib.sha256(_json(facts) + b"\0" + arrays).hexdigest()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8", "surrogatepass")
