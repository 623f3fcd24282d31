"""The norm language: every word of it stands in docs/norm-language.md with a sample, and every sample is run."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from pydantic import ValidationError

from lingting.catalog import read_norms
from lingting.catalog.norm import Again, Bounds, Case, Condition, Like, Norm, Only, Range, Rule, Sample, Shares, Window
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect
from lingting.inspection.finding import Kind
from lingting.inspection.gates import UnknownNorm
from lingting.inspection.lasting import EVENTS
from lingting.inspection.pack import Pack, pack
from lingting.inspection.samples import failures
from lingting.inspection.scan import BadPattern
from lingting.inspection.transcript import Role, Transcript, Turn
from lingting.site.options import packs

PAGE = (Path(__file__).parents[2] / "docs" / "norm-language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^### (.*?)$|```yaml\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
CALENDAR = WorkCalendar(ZoneInfo("Asia/Shanghai"))


def documented() -> list[tuple[str, str]]:
    """Return the samples of the page, each with the heading it stands under."""
    found, heading = [], ""
    for title, block in BLOCKS:
        heading = title or heading
        if block:
            found.append((heading, block))
    return found


def as_norm(block: str) -> Norm:
    given = yaml.safe_load(block)
    flags, passes = ([Sample.model_validate(sample) for sample in given.pop(name)] for name in ("flags", "passes"))
    return Norm.model_construct(
        id="sample.of-the-page", version=1, requirement="iso9001:2015/8.2.1", zh="样例", en="Sample", detector="rule", kind="breach", severity="minor",
        axis="心", source="house", provenance=(), channels=(), languages=(), settings=Rule.model_validate(given), flags=tuple(flags), passes=tuple(passes),
    )  # fmt: skip


def with_praise(norm: Norm) -> Pack:
    """Compile a sample of the page with the norms that it builds on."""
    others = {known.id: known for known in read_norms()}
    wanted = {name for condition in norm.settings.conditions.values() for name in condition.norm if name in others}
    return pack([norm, *(others[name] for name in sorted(wanted))], calendar=CALENDAR)


@pytest.mark.parametrize(("title", "block"), documented(), ids=[f"{number}-{title.split(' ')[0]}" for number, (title, _) in enumerate(documented())])
def test_a_sample_of_the_page_holds(title: str, block: str) -> None:
    norm = as_norm(block)
    assert norm.flags
    assert norm.passes
    assert list(failures(norm, with_praise(norm))) == []


def test_the_page_shows_every_word_of_the_language() -> None:
    words = {name for shape in (Again, Bounds, Case, Condition, Like, Only, Range, Rule, Shares, Window) for name in shape.model_fields}
    shown = set(re.findall(r"[\w$]+", " ".join(block for _, block in documented())))
    assert words - shown == set()


def test_the_page_names_every_event_that_lasts() -> None:
    assert set(EVENTS) <= set(re.findall(r"\w+", PAGE))


def test_recognised_speech_is_also_met_by_its_sound() -> None:
    """
    客户: 这个不归 (the recogniser's 不贵, written with other letters)
    """
    norm = as_norm(next(block for title, block in documented() if title.startswith("sound")))
    written = Turn(Role.CUSTOMER, "这个不归")
    recognised = replace(written, confidence=0.9)
    ready = with_praise(norm)
    assert [found.quote for found in inspect(Transcript((recognised,)), ready)] == ["不归"]
    assert inspect(Transcript((written,)), ready) == ()


def test_words_hardly_understood_count_against_nobody() -> None:
    """
    客服: 你稍等 (recognised with a confidence of 0.3)
    """
    ready = pack(read_norms(), calendar=CALENDAR, kept=packs(os.environ))
    sure, unsure = (Turn(Role.AGENT, "你稍等", confidence=confidence) for confidence in (0.9, 0.3))
    assert [(found.norm, found.kind) for found in inspect(Transcript((sure,)), ready)] == [("address.formal", Kind.BREACH)]
    assert [(found.norm, found.kind) for found in inspect(Transcript((unsure,)), ready)] == [("address.formal", Kind.ABSTENTION)]


def test_a_norm_that_builds_on_itself_is_refused() -> None:
    block = next(block for title, block in documented() if title.startswith("norm"))
    norm = as_norm(block.replace("praise.given", "sample.of-the-page"))
    with pytest.raises(UnknownNorm, match="builds on itself"):
        pack([norm], calendar=CALENDAR)


@pytest.mark.parametrize("pattern", ["(a+)+$(?=b)", "(?<!x)y", r"(a)\1", "[", r"^[^,.!?]{2,30}, (right|is it)\?"])
def test_a_pattern_that_could_run_away_is_refused_by_name(pattern: str) -> None:
    norm = as_norm(next(block for title, block in documented() if title.startswith("any")).replace('"still waiting"', json.dumps(pattern)))
    with pytest.raises(BadPattern) as refused:
        pack([norm], calendar=CALENDAR)
    assert refused.value.pattern == pattern


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"find": "a", "conditions": {}}, "no condition a"),
        ({"find": "a", "when": "b", "conditions": {"a": {"any": ["x"]}}}, "no condition b"),
        ({"find": "a", "when": "__import__('os')", "conditions": {"a": {"any": ["x"]}}}, "only names"),
        ({"find": "a", "when": "a and", "conditions": {"a": {"any": ["x"]}}}, "no expression"),
        ({"find": "a", "conditions": {"a": {"any": ["x"], "within": {"after": "z"}}}}, "no condition z"),
        ({"find": "a", "conditions": {"a": {"any": ["x"], "within": {"after": "a", "before": "a"}}}}, "one of"),
        ({"find": "a", "conditions": {"a": {"of": [["x"]]}}}, "how many"),
        ({"find": "a", "conditions": {"a": {"mode": "verbatim"}}}, "the phrase"),
        ({"find": "a", "conditions": {"a": {"lasting": "length"}}}, "stand together"),
        ({"find": "a", "conditions": {"a": {"ani": ["x"]}}}, "Extra inputs"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_a_sentence(given: dict, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Rule.model_validate(given)
