"""Stored models: read back as they were, and refused when a byte is not."""

import io
import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from tests.learning.made import separable

from lingting.learning import train as training
from lingting.learning.linear import Kind, judge
from lingting.learning.store import BadModel, _hash, _json, load, packed, save, unpacked
from lingting.learning.train import Trained, train


@pytest.fixture(scope="module")
def trained() -> Trained:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "available", str)
        return train(separable(), name="tone", kind=Kind.DETECT, seed=1)


def test_a_model_is_read_back_as_it_was(trained: Trained, tmp_path: Path) -> None:
    folder = save(trained, tmp_path)
    assert folder == tmp_path / "tone" / trained.model.version
    texts = ["我要投诉你们", "谢谢", "", "再见"]
    assert judge(load(folder), texts) == judge(trained.model, texts)
    assert json.loads((folder / "certificate.json").read_text(encoding="utf-8"))["training_set"] == trained.certificate.training_set


def test_saving_again_changes_nothing(trained: Trained, tmp_path: Path) -> None:
    folder = save(trained, tmp_path)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    save(trained, tmp_path)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_what_breaks_while_writing_leaves_nothing_behind(trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _bytes: bytes) -> int:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space"):
        save(trained, tmp_path)
    assert list((tmp_path / "tone").iterdir()) == []


@pytest.mark.parametrize("name", ["model.npz", "model.json"])
def test_a_file_in_which_any_byte_changed_is_refused(trained: Trained, tmp_path: Path, name: str) -> None:
    folder = save(trained, tmp_path)
    path = folder / name
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(BadModel):
            load(folder)
    path.write_bytes(whole)
    load(folder)


def test_a_threshold_that_was_turned_down_is_refused_with_a_sentence(trained: Trained) -> None:
    header, arrays = packed(trained.model)
    facts = json.loads(header)
    facts["band"]["cut"] = 0.01
    with pytest.raises(BadModel, match="was altered or damaged"):
        unpacked(_json(facts), arrays, "here")


def test_a_pickle_is_never_opened_even_under_a_right_hash(trained: Trained, tmp_path: Path) -> None:
    class Runs:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (Path.touch, (tmp_path / "ran",))

    header, _ = packed(trained.model)
    facts = json.loads(header)
    del facts["sha256"]
    file = io.BytesIO()
    np.savez(file, columns=np.array([Runs()], dtype=object), weights=np.zeros((1, 1), np.float32), intercepts=np.zeros(1, np.float32))
    for arrays in (file.getvalue(), pickle.dumps(Runs()), b"", b"PK\x03\x04"):
        with pytest.raises(BadModel, match="plain numbers"):
            unpacked(_json({**facts, "sha256": _hash(facts, arrays)}), arrays, "here")
    assert not (tmp_path / "ran").exists()


def test_numbers_of_another_kind_are_refused(trained: Trained) -> None:
    facts = json.loads(packed(trained.model)[0])
    del facts["sha256"]
    file = io.BytesIO()
    np.savez(file, columns=np.zeros(1), weights=np.zeros((1, 1)), intercepts=np.zeros(1))
    with pytest.raises(BadModel, match="another kind"):
        unpacked(_json({**facts, "sha256": _hash(facts, file.getvalue())}), file.getvalue(), "here")


def test_a_model_of_another_version_of_the_features_is_refused(trained: Trained) -> None:
    header, arrays = packed(trained.model)
    facts = {**json.loads(header), "measures": ["length"]}
    del facts["sha256"]
    with pytest.raises(BadModel, match="another version"):
        unpacked(_json({**facts, "sha256": _hash(facts, arrays)}), arrays, "here")


@pytest.mark.parametrize("header", [b"", b"[]", b"{}", b"\xff", b'"text"'])
def test_what_is_no_header_is_refused(header: bytes) -> None:
    with pytest.raises(BadModel, match="not the header"):
        unpacked(header, b"", "here")


def test_a_folder_without_its_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadModel, match="cannot be read"):
        load(tmp_path)
