"""Charts: pictures whose numbers can be read, and whose words cannot break out."""

import re
from datetime import date

import pytest

from lingting.statistics.charts import c_chart, p_chart
from lingting.web.pictures.charts import bars, calendar, control, ear, interval, intervals, spark, strip

DAYS = ["d1", "d2", "d3", "d4", "d5", "d6"]
HEADINGS = ["日", "值", "下限", "上限"]
EVIL = '"><script>alert(1)</script>'


def test_an_interval_places_its_ends_point_and_limit_on_one_line() -> None:
    drawn = interval(low=0.0, high=1.0, share=0.5, limit=0.25, label="通过率")
    assert 'x1="4.0" x2="196.0"' in drawn
    assert 'cx="100.0"' in drawn
    assert 'x1="52.0" x2="52.0"' in drawn


def test_bars_say_their_numbers_in_a_table_too() -> None:
    drawn = bars([("周一", 3), ("周二", 8)], label="每天")
    assert drawn.count("<rect") == 2
    assert "<td>8</td>" in drawn


def test_a_name_cannot_break_out_of_a_chart() -> None:
    assert "<script>" not in bars([("<script>", 1)], label='"><script>')


def test_no_bars_draw_nothing_and_fail_nothing() -> None:
    assert "<rect" not in bars([], label="空")


def test_a_strip_lies_high_for_glad_and_low_for_upset_and_shows_the_unknown_as_a_dot() -> None:
    drawn = strip([("10:00", -2, "生气"), ("10:01", None, ""), ("10:02", 2, "高兴")], label="心情", headings=("时间", "高低", "听到"))
    low, high = drawn.index('class="low"'), drawn.index('class="high"')
    assert 'y="50.5"' in drawn[low:]
    assert 'cy="8.0"' in drawn[high:]
    assert drawn.count('class="unknown"') == 1
    assert drawn.count("<tr>") == 1 + 2, "a head, and the turns in which something was heard"
    assert "<td>+2</td><td>高兴</td>" in drawn


def test_what_a_customer_said_cannot_break_out_of_a_strip() -> None:
    assert "<b>" not in strip([("10:00", 1, "<b>")], label="<b>", headings=("<b>", "", ""))


def test_a_control_chart_tells_what_lies_outside_by_shape_and_word() -> None:
    """Twenty-four of fifty on the third day: a diamond in the picture, a word in the table. The near miss, on its limit, has neither."""
    drawn = control(p_chart([9, 10, 24, 8, 9, 10], [50] * 6), DAYS, label="每天", headings=HEADINGS, outside="超出")
    assert drawn.count('<polygon class="out"') == 1
    assert drawn.count('<circle class="point"') == 5
    assert drawn.count('class="limit"') == 2
    assert '<th scope="row">d3</th><td>48.0% 超出</td>' in drawn
    assert "超出" not in control(c_chart([28, 16, 4]), DAYS[:3], label="", headings=HEADINGS, outside="超出", form="{:.0f}")


def test_limits_follow_the_size_of_each_sample() -> None:
    """Fewer looked at, wider limits: the limit is a stair, and the table has each step."""
    drawn = control(p_chart([5, 5], [50, 20]), ["一", "二"], label="两天", headings=HEADINGS, outside="超出")
    table = re.findall(r"<tr><th scope=\"row\">(.)</th><td>[^<]*</td><td>([^<]*)</td><td>([^<]*)</td></tr>", drawn)
    assert [low for _, low, _ in table] == ["0.0%", "0.0%"]
    assert float(table[0][2].rstrip("%")) < float(table[1][2].rstrip("%"))


def test_no_chart_draws_no_points_and_fails_nothing() -> None:
    assert "<circle" not in control(None, [], label="空", headings=HEADINGS, outside="超出")
    assert "<polyline" not in spark([], label="空", headings=HEADINGS[:2])
    assert "<text" not in intervals([], label="空", headings=HEADINGS)
    assert "<rect" not in calendar([], label="空", headings=HEADINGS[:2])


def test_values_that_never_change_are_a_level_line() -> None:
    assert 'points="103.0,6.0 297.0,6.0"' in spark([("一", 0.5), ("二", 0.5)], label="平", headings=HEADINGS[:2])


def test_a_spark_line_is_broken_where_nothing_is_known() -> None:
    """A day on which nothing was looked at is a gap and a dash, not a nought."""
    drawn = spark([("一", 0.1), ("二", 0.2), ("三", None), ("四", 0.4), ("五", 0.3)], label="走势", headings=HEADINGS[:2])
    assert drawn.count("<polyline") == 2
    assert "<td>–</td>" in drawn
    whole = spark([("一", 0.1), ("二", 0.2), ("三", 0.0), ("四", 0.4), ("五", 0.3)], label="走势", headings=HEADINGS[:2])
    assert whole.count("<polyline") == 1
    assert "–" not in whole


def test_intervals_stand_below_each_other_and_the_unknown_has_no_point() -> None:
    drawn = intervals([("承诺", 0.9, 0.8, 0.95), ("投诉", None, None, None)], label="精确率", headings=HEADINGS, limit=0.7)
    assert drawn.count('class="range"') == 1
    assert drawn.count('class="point"') == 1
    assert drawn.count('class="limit"') == 1
    assert '<th scope="row">投诉</th><td>–</td><td>–</td><td>–</td>' in drawn
    assert 'class="limit"' not in intervals([("承诺", 0.9, 0.8, 0.95)], label="精确率", headings=HEADINGS)


def test_a_calendar_has_a_column_a_week_and_a_square_a_day() -> None:
    """Saturday to Monday: two columns; none is an empty square, unknown is no square."""
    drawn = calendar([(date(2026, 8, 1), 4), (date(2026, 8, 2), 0), (date(2026, 8, 3), 1), (date(2026, 8, 4), None)], label="每天", headings=HEADINGS[:2])
    assert re.findall(r'class="level-(\d)" x="(\d+)" y="(\d+)"', drawn) == [("4", "1", "71"), ("0", "1", "85"), ("1", "15", "1")]
    assert '<th scope="row">2026-08-04</th><td>–</td>' in drawn


def test_a_part_of_the_glyph_is_filled_by_its_share_and_open_where_nothing_was_judged() -> None:
    """耳 two of four, 心 none of one; of 王 and 目 the words say nothing."""
    drawn = ear({"耳": (2, 4), "心": (0, 1)}, label="听", headings=HEADINGS[:3], unknown="不能判断", names={"耳": "听见"})
    assert drawn.count('class="quarter"') == 2
    assert drawn.count('class="quarter open"') == 2
    assert re.findall(r'class="met".*?height="([\d.]+)"', drawn) == ["23.0"]
    assert "2/4" in drawn
    assert '<th scope="row">王</th><td>不能判断</td><td>0</td>' in drawn


@pytest.mark.parametrize(
    "drawn",
    [
        control(p_chart([1, 2], [9, 9]), [EVIL, EVIL], label=EVIL, headings=[EVIL] * 4, outside=EVIL),
        spark([(EVIL, 0.1), (EVIL, None)], label=EVIL, headings=[EVIL] * 2),
        intervals([(EVIL, 0.1, 0.0, 0.3)], label=EVIL, headings=[EVIL] * 4),
        calendar([(date(2026, 8, 1), 1)], label=EVIL, headings=[EVIL] * 2),
    ],
    ids=["control", "spark", "intervals", "calendar"],
)
def test_no_word_can_break_out_and_every_picture_has_its_table(drawn: str) -> None:
    assert "<script>" not in drawn
    assert drawn.startswith("<figure")
    assert drawn.count('role="img"') == drawn.count("<details><summary>") == drawn.count("<table>") == 1
    assert "style=" not in drawn
