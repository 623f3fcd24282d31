"""`lingting train`: a file of reviewed samples becomes a model with its certificate, or nothing at all."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.learning.made import separable

from lingting.cli.train import train_
from lingting.learning.linear import judge
from lingting.learning.store import load


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LINGTING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def written(path: Path, *more: str) -> Path:
    lines = [
        json.dumps(
            {
                "conversation": sample.conversation, "text": sample.excerpt.text, "label": sample.label, "reviewed_by": sample.reviewed_by,
                "before": [{"role": earlier.role, "text": earlier.text} for earlier in sample.excerpt.before],
            },
            ensure_ascii=False,
        )
        for sample in separable(100)
    ]  # fmt: skip
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(train_, arguments, env={"COLUMNS": "160"})


def test_a_model_and_its_certificate_are_written_and_shown(home: Path, tmp_path: Path) -> None:
    result = run("complaint-tone", str(written(tmp_path / "reviewed.jsonl")))
    assert result.exit_code == 0, result.output
    [folder] = (home / "models" / "complaint-tone").iterdir()
    assert sorted(path.name for path in folder.iterdir()) == ["certificate.json", "model.json", "model.npz"]
    assert all(words in result.output for words in ("kappa", "投诉 · recall", "share answered", "王主管", folder.name))
    assert judge(load(folder), ["我要投诉你们"])[0].label == "投诉"


def test_training_again_gives_the_same_version(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "reviewed.jsonl")
    assert run("tone", str(path)).exit_code == run("tone", str(path)).exit_code == 0
    assert len(list((home / "models" / "tone").iterdir())) == 1


def test_a_bad_line_is_named_and_nothing_is_written(home: Path, tmp_path: Path) -> None:
    result = run("tone", str(written(tmp_path / "reviewed.jsonl", "{", '{"conversation": "1", "text": "x", "label": "平常"}')))
    assert result.exit_code == 1
    assert "line 301" in result.output
    assert "line 302: reviewed_by is missing" in result.output
    assert "2 of 302 lines could not be taken" in result.output
    assert not home.exists()


@pytest.mark.parametrize("name", ["../tone", "Tone", "a/b", "", ".", "语气"])
def test_a_name_that_is_no_folder_of_ours_is_refused(home: Path, tmp_path: Path, name: str) -> None:
    assert run(name, str(written(tmp_path / "reviewed.jsonl"))).exit_code == 1
    assert not home.exists()


def test_too_few_samples_are_refused_with_what_is_needed(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "reviewed.jsonl")
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:6]), encoding="utf-8")
    result = run("tone", str(path))
    assert result.exit_code == 1
    assert "until there are at least 5" in result.output
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    assert "holds no samples" in run("tone", str(empty)).output
    assert not home.exists()


def test_a_label_in_brackets_is_shown_as_it_is(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "reviewed.jsonl")
    path.write_text(path.read_text(encoding="utf-8").replace('"投诉"', '"[red]投诉"'), encoding="utf-8")
    result = run("tone", str(path))
    assert result.exit_code == 0, result.output
    assert "[red]投诉 · recall" in result.output


def test_a_home_that_cannot_be_written_is_said_in_a_sentence(home: Path, tmp_path: Path) -> None:
    home.write_text("a file where a folder should be", encoding="utf-8")
    result = run("tone", str(written(tmp_path / "reviewed.jsonl")))
    assert result.exit_code == 1
    assert "name another folder in LINGTING_HOME" in result.output


def test_a_bad_setting_is_said_before_the_training(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTING_PORT", "99999")
    result = run("tone", str(written(tmp_path / "reviewed.jsonl")))
    assert result.exit_code == 1
    assert "LINGTING_PORT" in result.output
    assert "Certificate" not in result.output
