"""The habits of the house, kept by a test."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRACKED = [ROOT / name for name in subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split("\n") if name]
TEXTS = [path for path in TRACKED if path.suffix in {".py", ".md", ".yaml", ".html", ".css", ".js", ".toml", ".txt", ".in", ""} and path.is_file()]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_locked_requirements_have_hashes_and_name_no_address() -> None:
    for name in ("run", "dev"):
        words = read(ROOT / "requirements" / f"{name}.txt")
        assert not re.search(r"https?://|--index-url|--find-links|file:", words)
        pinned = re.findall(r"^[a-z0-9_.\[\]-]+==", words, re.MULTILINE)
        assert len(pinned) > 10
        assert words.count("--hash=sha256:") >= len(pinned)


def test_every_dependency_says_why() -> None:
    page = read(ROOT / "docs" / "dependencies.md")
    for name in ("run", "dev"):
        for line in read(ROOT / "requirements" / f"{name}.in").splitlines():
            package = re.match(r"[a-z][a-z0-9-]*", line)
            if package and not package[0].startswith("types-"):
                assert package[0] in page, package[0]


def test_no_text_knows_a_machine() -> None:
    for path in TEXTS:
        assert not re.search(r"(?<![\w.])/(?:work|home|root|Users)/\w", read(path)), path


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "docs/reading-path.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", read(ROOT / page)):
        if not target.startswith("http"):
            assert (ROOT / page).parent.joinpath(target).exists(), target


def test_the_reading_path_has_nine_files() -> None:
    for page in ("README.md", "README.zh-CN.md"):
        assert len(re.findall(r"^\d\. \[", read(ROOT / page), re.MULTILINE)) == 9


def test_both_readmes_open_with_the_two_commands() -> None:
    for page in ("README.md", "README.zh-CN.md"):
        assert 0 < read(ROOT / page).index("make demo") < read(ROOT / page).index("make test") < 900


def test_decisions_are_numbered_without_a_gap_and_every_one_named_in_the_code_exists() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    named = {int(number) for path in TEXTS if path.suffix == ".py" for number in re.findall(r"ADR (\d{4})", read(path))}
    assert named <= set(numbers)


def test_no_file_is_named_after_nothing() -> None:
    nothing = {"core", "common", "utils", "util", "helpers", "services", "managers", "misc"}
    assert not [path for path in TRACKED if nothing & set(path.relative_to(ROOT).with_suffix("").parts)]


def test_no_file_of_the_house_is_too_long_to_read() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        assert len(read(path).splitlines()) <= 400 or path.parent.name == "migrations", path  # migrations are written by Django


def test_nothing_is_left_to_do_without_an_issue() -> None:
    for path in TEXTS:
        if path.suffix in {".py", ".html", ".css", ".js"} and path != Path(__file__):
            assert not re.search(r"\b(TODO|FIXME|XXX)\b(?!\(#)", read(path)), path


def test_the_terms_of_the_glossary_stand_in_both_languages() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", read(ROOT / "docs" / "glossary.md"), re.MULTILINE)[1:]
    assert len(rows) > 30
    for zh, en, code in rows:
        assert re.search(r"[\u4e00-\u9fff]", zh)
        assert re.search(r"[a-z]", en)
        assert "`" in code or code.startswith("-")
