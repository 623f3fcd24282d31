"""Charts: pictures whose numbers can be read, and whose words cannot break out."""

from lingting.web.charts import bars, interval, strip


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
    drawn = strip([("10:00", -2, "生气"), ("10:01", None, ""), ("10:02", 2, "高兴")], label="心情", heads=("时间", "高低", "听到"))
    low, high = drawn.index('class="low"'), drawn.index('class="high"')
    assert 'y="50.5"' in drawn[low:]
    assert 'cy="8.0"' in drawn[high:]
    assert drawn.count('class="unknown"') == 1
    assert drawn.count("<tr>") == 1 + 2, "a head, and the turns in which something was heard"
    assert "<td>+2</td><td>高兴</td>" in drawn


def test_what_a_customer_said_cannot_break_out_of_a_strip() -> None:
    assert "<b>" not in strip([("10:00", 1, "<b>")], label="<b>", heads=("<b>", "", ""))
