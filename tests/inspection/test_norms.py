"""Every norm is proven by its own samples: what it must hear, and the near misses that it must not."""

import os
from zoneinfo import ZoneInfo

import pytest

from lingting.catalog import read_norms
from lingting.catalog.norm import Norm
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect, inspect_many
from lingting.inspection.pack import pack
from lingting.inspection.samples import failures, transcript
from lingting.site.options import packs

CALENDAR = WorkCalendar(ZoneInfo("Asia/Shanghai"))
NORMS = read_norms()
KEPT = packs(os.environ)
PACK = pack(NORMS, calendar=CALENDAR, kept=KEPT)


@pytest.mark.parametrize("norm", NORMS, ids=lambda norm: norm.id)
def test_a_norm_hears_its_flags_and_passes_its_near_misses(norm: Norm) -> None:
    assert list(failures(norm, PACK)) == []


def test_a_sample_that_no_longer_holds_is_noticed() -> None:
    norm = next(norm for norm in NORMS if norm.id == "address.formal")
    spoiled = norm.model_copy(update={"flags": (*norm.flags, norm.passes[0].model_copy(update={"text": "客服： ⟦您⟧好。"}))})
    assert list(failures(spoiled, pack([spoiled], calendar=CALENDAR)))


def test_many_conversations_scanned_together_give_what_each_gives_alone() -> None:
    talks = [transcript(sample)[0] for norm in NORMS for sample in (*norm.flags, *norm.passes)]
    assert inspect_many(talks, PACK) == [inspect(talk, PACK) for talk in talks]


def test_every_quote_is_cut_from_the_words_at_its_span() -> None:
    for norm in NORMS:
        for sample in norm.flags:
            talk, _ = transcript(sample)
            for found in inspect(talk, PACK):
                assert talk.turns[found.span.turn].text[found.span.start : found.span.end] == found.quote


def test_a_pack_is_named_by_what_it_listens_for() -> None:
    few = NORMS[:9]
    named = pack(few, calendar=CALENDAR, kept=KEPT).version
    assert pack(few, calendar=CALENDAR, kept=KEPT).version == named
    assert pack(few[1:], calendar=CALENDAR, kept=KEPT).version != named
    assert pack(few, calendar=CALENDAR, organisation="栖舟", kept=KEPT).version != named


def test_a_norm_that_names_no_known_detector_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="rule"):
        Norm.model_validate(NORMS[0].model_dump() | {"detector": "telepathy"})
