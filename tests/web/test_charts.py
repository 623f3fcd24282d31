"""Charts: pictures whose numbers can be read, and whose words cannot break out."""

from lingting.web.charts import bars, interval


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
