"""Emerging groups: the same thing, from different people, within weeks."""

from datetime import UTC, datetime, timedelta

from lingting.registers.parties.groups import ENOUGH, Voice, emerging

AT = datetime(2026, 8, 1, tzinfo=UTC)
NOISE = ["你们的货车半夜进出太吵，孩子睡不着", "半夜货车太吵了，根本没法睡觉", "夜里货车太吵，我们全家睡不着", "晚上两点货车还在进出，太吵，睡不着"]


def voices(words: list[str], *, days: int = 5, parties: list[int] | None = None) -> list[Voice]:
    return [Voice(place, parties[place] if parties else place, AT + timedelta(days=days * place), text) for place, text in enumerate(words)]


def test_four_neighbours_in_three_weeks_are_a_group_and_an_invoice_is_not_of_it() -> None:
    [group] = emerging(voices([*NOISE, "发票抬头开错了，请重开"]))
    assert [voice.number for voice in group] == [0, 1, 2, 3]


def test_a_neighbour_who_says_it_in_other_words_is_of_the_group_and_a_customer_who_uses_one_of_them_is_not() -> None:
    """Three tell of trucks at night; the fourth is nearly alike with two of them, the customer of the roses with one only."""
    neighbours = [
        "你好，我住桐溪里，就是你们集散点边上，夜里十点半以后大车一辆接一辆，窗户都在抖。",
        "桐溪里的，你们那个集散点，夜里卡车倒车嘀嘀嘀，娃娃刚睡着就吵醒。",
        "你好，我是桐溪里的老昌，你们夜里的货车从村口过，三点多还在卸货，已经好些天了。",
        "桐溪里的，我家老人心脏不好，夜里卡车一响就坐起来，听说隔壁几家也打过电话了。",
    ]
    others = [
        "你们怎么回事，玫瑰，说好的日子过了两天还在路上。", "每次都要我打过来才说，我成催货的了。", "你们就是一群骗子公司！我的有机肥呢？",
        "上一票晚了也没人告诉我，我在门口白等了一下午。", "我昨天发了封投诉邮件，镜片压坏的那个，你们看到没有？", "发票税号开错了两张，请重开。",
        "我要投诉，抱枕少了一箱。", "面粉到的时候化了一半，车厢里全是水。", "你们搬货是用扔的吗，机床导轨坏了一半。", "回单寄回来没有？都两个礼拜了。",
        "冷柜里的鱼都软了，谁来负责？", "运费比报价多了八十块，没人跟我说过。",
    ]  # fmt: skip
    [group] = emerging(voices([*neighbours, *others], days=1))
    assert [voice.number for voice in group] == [0, 1, 2, 3]


def test_one_neighbour_calling_four_times_is_no_group() -> None:
    assert emerging(voices(NOISE, parties=[7, 7, 7, 7])) == []


def test_two_people_are_fewer_than_a_group() -> None:
    assert emerging(voices(NOISE[: ENOUGH - 1])) == []


def test_the_same_words_months_apart_are_no_group() -> None:
    assert emerging(voices(NOISE, days=40)) == []


def test_different_matters_at_the_same_time_are_no_group() -> None:
    assert emerging(voices(["发票抬头开错了", "司机态度很差", "冷柜温度太高", "电话一直打不通"])) == []


def test_nothing_said_is_nobodys_group() -> None:
    assert emerging([]) == []
    assert emerging(voices(["", " ", "\n", ""])) == []
