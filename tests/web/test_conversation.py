"""The page of one conversation: the level of listening, the customer's mood and stance, good moments, and marks that need no colour."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

import lingting.web
from lingting import spine
from lingting.channels.read import read
from lingting.inspection.finding import Kind
from lingting.registers.conversations.models import Conversation, Found, Said
from lingting.site import worker
from lingting.web.listening import FEELINGS, KINDS, LEVELS, REPLIES
from lingting.web.pages.conversations import marks, pieces

pytestmark = pytest.mark.django_db
SHEET = (Path(lingting.web.__file__).parent / "static" / "lingting.css").read_text(encoding="utf-8")
Show = Callable[..., str]


@pytest.fixture
def show(tmp_path: Path, at_time: Callable[[str], datetime], signed_in: Callable[[str], Client], db: None) -> Show:
    """Return how to write a mail conversation down, listen to it, and open its page."""

    def shown(*said: tuple[str, str], listen: bool = True, language: str = "zh-hans") -> str:
        messages = [
            {"id": str(place), "at": f"2026-07-20T10:{place:02}:00+08:00", "role": role, "text": text} for place, (role, text) in enumerate(said, start=1)
        ]
        talk = {"id": "T-1", "channel": "mail", "customer": {"name": "林女士"}, "ended": "2026-07-20T11:00:00+08:00", "messages": messages}
        path = tmp_path / "talk.jsonl"
        path.write_text(json.dumps(talk, ensure_ascii=False), encoding="utf-8")
        spine.receive(read(path, ours=(), zone=ZoneInfo("Asia/Shanghai")), calendar=worker.calendar())
        now = at_time("2026-07-21T12:00")
        if listen:
            spine.work(pack=worker.pack(), now=now)
        client = signed_in("inspector")
        client.cookies["lingting_language"] = language
        return client.get(f"/conversations/{Conversation.objects.get().id}").content.decode()

    return shown


ANGRY = (
    ("customer", "气死我了，你们送错了三次！"),
    ("agent", "我非常理解您的心情，很抱歉给您带来不便。您的意思是三次都送到了旧仓库，对吗？"),
    ("customer", "对。"),
)


def test_the_mood_is_the_customers_alone_and_stands_in_a_table_too(show: Show) -> None:
    page = show(*ANGRY)
    strip = page.split('<figure class="chart strip">')[1].split("</figure>")[0]
    assert strip.count("<title>") == 2, "one mark for each turn of the customer's, none for ours"
    assert "<td>-2</td>" in strip
    assert "气死我了" in strip
    assert "从不推断客服人员的情绪" in page


def test_a_stance_comes_with_the_reply_that_fits_it(show: Show) -> None:
    assert "十二分的耐心：先安抚" in show(*ANGRY)


def test_words_without_a_feeling_draw_no_mood(show: Show) -> None:
    page = show(("customer", "请问几点下班？"), ("agent", "六点。"))
    assert "chart strip" not in page
    assert "没有听到心情" in page


def test_the_level_is_shown_with_the_words_it_rests_on(show: Show) -> None:
    page = show(*ANGRY)
    assert re.search(r'aria-current="true"><span class="number">[45]</span>', page)
    anchor = re.search(r'class="decisive">.*?href="#(found-\d+)"', page, re.DOTALL)[1]
    assert f'id="{anchor}"' in page


def test_a_level_that_nothing_decides_is_left_open(show: Show) -> None:
    page = show(("customer", "请问几点下班？"), ("agent", "六点。"))
    assert "听到的不足以判断" in page
    assert 'aria-current="true"><span' not in page


def test_where_no_fault_is_found_the_good_moments_stand_first_three_at_most(show: Show) -> None:
    page = show(*ANGRY, ("agent", "我来跟进这件事。欢迎您随时联系我们。"), ("customer", "你们服务真好，非常满意。"), ("agent", "谢谢您的肯定。"))
    if 'class="note breach"' in page:
        pytest.fail("the conversation was to be without a fault")
    good = page.split('<div class="good">')[1].split("</div>")[0]
    assert "未发现问题。做得好的" in good
    assert 1 <= good.count("<li>") <= 3
    assert "未发现不等于没有" in good


def test_where_a_fault_is_found_nothing_is_praised_over_it(show: Show) -> None:
    assert '<div class="good">' not in show(("customer", "气死我了！"), ("agent", "你先闭嘴，听我说。"))


def test_a_conversation_nobody_listened_to_is_not_called_faultless(show: Show) -> None:
    page = show(*ANGRY, listen=False)
    assert "未发现问题" not in page
    assert "还没有听过这个对话" in page


def test_an_english_page_speaks_english_down_to_the_certificate(show: Show) -> None:
    page = show(*ANGRY, language="en")
    assert "precision" in page or "not calibrated" in page
    assert not re.search("精确率|未校准|规范第", page)


def test_each_finding_names_instrument_and_version(show: Show) -> None:
    notes = re.findall(r'<p class="instrument">(.*?)</p>', show(*ANGRY))
    assert notes
    assert all(re.match(r"[a-z-]+/\d+ · 规范第 \d+ 版 · (精确率 \d\.\d\d \[\d\.\d\d, \d\.\d\d\]|未校准)", note) for note in notes)


def test_every_kind_has_a_line_of_its_own_so_that_colour_is_not_needed() -> None:
    lines = {kind: re.search(rf"  \.{kind} \{{[^}}]*--under: ([a-z ]+)", SHEET) for kind in KINDS if kind is not Kind.ABSTENTION}
    assert {str(kind): found[1] for kind, found in lines.items() if found} == {
        "promise": "underline solid", "fact": "underline dotted", "feeling": "underline wavy", "praise": "underline double", "breach": "none",
    }  # fmt: skip
    assert re.search(r"mark\.breach \{ outline:", SHEET)


def test_every_kind_level_stance_and_mood_has_its_words_in_both_languages() -> None:
    assert set(KINDS) == set(Kind)
    for words in [*KINDS.values(), *LEVELS.values(), *REPLIES.values(), *FEELINGS.values()]:
        assert all(words)
        assert len(words) % 2 == 0


def test_a_promise_inside_a_breach_keeps_a_mark_of_its_own() -> None:
    """整句是违规，半句是承诺：两处都能从别的页面直接跳到原话；只有交叉的那一处没有。"""
    said = Said(text="好，地址我给您改了，我尽快联系您。")
    whole, promise, crossing = (Found(pk=pk, start=start, end=end) for pk, start, end in [(1, 0, 15), (2, 10, 15), (3, 12, 17)])
    cut = pieces(said, [promise, crossing, whole])
    assert [(one.words, one.finding) for one in cut] == [("好，地址我给您改了，我尽快联系", whole), ("您。", None)]
    assert [(one.words, one.finding) for one in cut[0].inner] == [("好，地址我给您改了，", None), ("我尽快联系", promise)]
    assert list(marks(cut)) == [1, 2]


def test_the_pause_after_venting_is_marked_under_the_words_and_plain_words_have_none(show: Show) -> None:
    """Angry words, then ours: between them lay the moment. The calm answer that follows has none."""
    page = show(*ANGRY)
    assert page.count('class="aside moment"') == 1
    turn = page.split('<ol class="transcript">')[1].split("</li>")[0]
    assert "倾诉到这里：" in turn, "a mail has no seconds of pause"
