"""The moment after venting: the docstring is the dialogue."""

from datetime import datetime, timedelta

import pytest

from lingting.inspection.samples import dialogue
from lingting.inspection.venting import moments

BEGUN = datetime.fromisoformat("2026-03-11T14:30:00+08:00")


def found(text: str, *vented: int) -> list[tuple[int, float | None, int | None]]:
    turns, _ = dialogue(text, BEGUN)
    return [(one.turn, one.pause / timedelta(seconds=1) if one.pause is not None else None, one.entered) for one in moments(turns, vented)]


def test_the_pause_after_an_outpouring_is_the_moment_and_a_sound_of_listening_ends_nothing() -> None:
    """Two turns of anger with an “嗯” between; we speak 1.5 seconds after the last of them."""
    text = "0:00.0-0:06.0 客户: 你们到底管不管！\n0:06.2-0:06.5 客服: 嗯。\n0:07.0-0:12.0 客户: 我等了三天！\n0:13.5-0:16.0 客服: 您等了三天，换谁都急。"
    assert found(text, 0) == [(2, 1.5, 3)]


@pytest.mark.parametrize(
    ("text", "vented"),
    [
        ("0:00.0-0:06.0 客户: 你们到底管不管！\n0:05.0-0:09.0 客服: 您先听我说。", (0,)),
        ("0:00.0-0:06.0 客户: 你们到底管不管！\n0:06.3-0:09.0 客服: 是这样的。", (0,)),
        ("0:00.0-0:06.0 客户: 我想问运费。\n0:08.0-0:09.0 客服: 好的，按重量。", ()),
    ],
)
def test_no_moment_is_where_we_cut_in_or_left_no_pause_or_nothing_was_vented(text: str, vented: tuple[int, ...]) -> None:
    assert found(text, *vented) == []


def test_while_nobody_has_answered_the_moment_is_open_and_once_we_spoke_it_is_used() -> None:
    """客：你们太过分了！ – then we speak, and they go on calmly."""
    assert found("客户: 你们太过分了！", 0) == [(0, None, None)]
    assert found("客户: 你们太过分了！\n客服: 对不起，让您受委屈了。\n客户: 那怎么办？", 0) == [(0, None, 1)]
