"""Personal data in what people say: what must be found, and beside it what only looks like it."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingting.inspection.personal import Kind, find
from lingting.inspection.personal.numbers import luhn, resident_check

FOUND = [  # ⟦…⟧ marks what must be found, with these kinds and whether it is sure
    ("打我手机⟦138 0013 8000⟧就行", [("phone", True)]),
    ("⟦１３８００１３８０００⟧，麻烦回电", [("phone", True)]),
    ("我电话是⟦幺三八零零幺三八零零零⟧。", [("phone", True)]),
    ("⟦一三八，零零一三，八零零零⟧", [("phone", True)]),
    ("⟦+86-138-0013-8000⟧", [("phone", True)]),
    ("座机⟦0755-86541234转801⟧", [("phone", True)]),
    ("打⟦(010) 85007938⟧", [("phone", True)]),
    ("我们的热线是⟦400-800-1234⟧", [("phone", True)]),
    ("香港的⟦+852 2345 6789⟧", [("phone", True)]),
    ("please call ⟦(212) 555-0142⟧ after six", [("phone", True)]),
    ("my number is ⟦five five five two one two three four five six⟧", [("phone", True)]),
    ("Tel ⟦+41 38 549 02 90⟧", [("phone", True)]),
    ("身份证号码⟦11010519491231002X⟧", [("id-number", True)]),
    ("⟦440306198501011238⟧", [("id-number", True)]),
    ("身份证⟦110105194912310021⟧，您核对一下", [("id-number", False)]),
    ("老身份证⟦110105491231002⟧", [("id-number", True)]),
    ("my SSN is ⟦494-33-0748⟧", [("id-number", True)]),
    ("卡号⟦6222021234567890128⟧", [("bank-card", True)]),
    ("信用卡⟦6222 0212 3456 7890 123⟧扣了两次", [("bank-card", False)]),
    ("⟦4111 1111 1111 1111⟧", [("bank-card", False)]),
    ("my card ⟦4111-1111-1111-1111⟧ was lost", [("bank-card", True)]),
    ("发到⟦wang.xm@qizhou.example⟧就可以", [("mail", True)]),
    ("邮箱是⟦wangxm艾特qizhou点com⟧", [("mail", True)]),
    ("it is ⟦john dot smith at example dot com⟧", [("mail", True)]),
    ("寄到⟦广东省深圳市南山区科技园南路12号3栋502室⟧，谢谢", [("address", True)]),
    ("我住在⟦朝阳区建国路88号5号楼2单元301⟧", [("address", True)]),
    ("⟦临安市河桥镇泥骆村⟧的", [("address", True)]),
    ("I live at ⟦24 Clarke Avenue, Suite 4⟧", [("address", True)]),
    ("send it to ⟦PO Box 1490⟧ please", [("address", False)]),
    ("my zip is ⟦90210⟧", [("address", True)]),
    ("邮编⟦518057⟧", [("address", True)]),
    ("我叫⟦王小明⟧，想查下快递", [("name", True)]),
    ("你好，我是⟦张伟⟧。", [("name", True)]),
    ("收件人：⟦欧阳娜娜⟧", [("name", True)]),
    ("免贵姓⟦诸葛⟧", [("name", True)]),
    ("请问是⟦李⟧先生吗", [("name", True)]),
    ("麻烦叫一下⟦王⟧经理", [("name", True)]),
    ("⟦王小明⟧ ⟦13800138000⟧", [("name", False), ("phone", True)]),
    ("我叫⟦買買提·艾力⟧，", [("name", False)]),
    ("My name is ⟦Ann Lee⟧.", [("name", True)]),
    ("my name is ⟦priya⟧", [("name", True)]),
    ("Mr. ⟦Okonkwo⟧ promised it", [("name", True)]),
    ("I spoke with your colleague ⟦Nadeem⟧ yesterday", [("name", False)]),
    ("Best regards,\n⟦Olu Adeyemi⟧", [("name", True)]),
    ("⟦Gus⟧, ⟦Anna⟧ and ⟦Bertha⟧ were there", [("name", False), ("name", False), ("name", False)]),
    ("车牌⟦粤B12345⟧停在门口", [("licence-plate", True)]),
    ("⟦粤BD12345⟧", [("licence-plate", True)]),
    ("licence plate ⟦AB12 CDE⟧", [("licence-plate", True)]),
    ("车牌⟦朔 A·19K30⟧", [("licence-plate", True)]),
    ("请⟦高⟧先生接电话，⟦车⟧女士在吗", [("name", True), ("name", True)]),
    ("护照号⟦E12345678⟧", [("passport", True)]),
    ("my passport is ⟦123456789⟧", [("passport", True)]),
    ("to ⟦GB82 WEST 1234 5698 7654 32⟧, today", [("iban", True)]),
    ("⟦DE89370400440532013000⟧", [("iban", True)]),
    ("blocked address ⟦192.168.1.10⟧", [("ip-address", True)]),
    ("address ⟦179.177.214.91⟧ is blocked", [("ip-address", True)]),
    ("从⟦2001:db8::8a2e:370:7334⟧登录的", [("ip-address", True)]),
    ("⟦https://qizhou.example/t?token=ab12⟧打不开", [("web-address", True)]),
    ("看⟦https://qizhou.example/help⟧。", [("web-address", False)]),
    ("出生日期⟦1985年3月2日⟧", [("date-of-birth", True)]),
    ("I was born on ⟦4/14/1962⟧", [("date-of-birth", True)]),
    ("我今年⟦35⟧岁", [("age", True)]),
    ("我妈⟦七十三⟧岁了", [("age", True)]),
    ("my brother just turned ⟦60⟧", [("age", True)]),
    ("驾驶证号⟦440306198501011⟧", [("driving-licence", True)]),
    ("my driver's license number is ⟦D1234567⟧", [("driving-licence", True)]),
    ("加我微信：⟦wxid_abc123⟧", [("account", True)]),
]
NOT_FOUND = [
    "运单号YT7530021876543，还没到",
    "订单号202608211234567890",
    "快递单号 75312345678912 一直不动",
    "工单号6222021234567890128已提交",
    "取件码 8-2-3015",
    "您的验证码是483920",
    "明天下午三点前，或者15:30到17:00",
    "2026-08-21 14:30:05发的货",
    "一共13800.00元，运费25元",
    "第三季度增长了12.5%，共1234567件",
    "尾号8000的",
    "我是高兴的，时间也方便",
    "我是江苏的，关于这个订单",
    "项目经理和大堂经理都不在",
    "这位先生，哪位女士",
    "姓名和电话都要填吗",
    "广东省深圳市南山区的网点",
    "这条路走到头，5号之前修好",
    "18岁以上才能办理",
    "谢谢小姐姐，我这边是付过的，我是金色的",
    "日本人都矮吧，票房140,000,000.00美元",
    "详细地址你知道吗，送货地址的号码呢",
    "东边有敌楼16座，我在家里3楼",
    "我是成都人，常客，要高级会员",
    "On Thu, 20 Aug 2026 at 11:05 you wrote",
    "第三方说一二三四五步都要做",
    "京东和粤菜都行",
    "固件版本 1.2.3.4",
    "请登录官网 qizhou.example 查询",
    "下个月3月2日开会",
    "tracking number 1Z999AA10123456784",
    "order 905674379312 has not arrived",
    "invoice 2026-000123 over $1,380.00",
    "The Galaxy Note from Samsung broke after 2 years",
    "I want to fly from New York to San Francisco on Monday",
    "It is a 5 minute drive, 2 lanes in each direction",
    "Version 10.0.1.2 fails at 12:45:18",
    "you have to be over 18 years to enter",
    "I work for Qizhou Logistics Ltd in Shenzhen",
    "Thank you for calling, how may I help you?",
]


def cut(text: str) -> list[tuple[str, str, bool]]:
    return [(text[each.start : each.end], each.kind.value, each.sure) for each in find(text)]


@pytest.mark.parametrize(("marked", "kinds"), FOUND)
def test_what_points_to_a_person_is_found_where_it_stands(marked: str, kinds: list[tuple[str, bool]]) -> None:
    words = re.findall("⟦(.*?)⟧", marked)
    assert cut(re.sub("[⟦⟧]", "", marked)) == [(word, *kind) for word, kind in zip(words, kinds, strict=True)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_it_is_left(text: str) -> None:
    assert cut(text) == []


def test_every_kind_has_something_that_must_be_found() -> None:
    assert {kind for _, kinds in FOUND for kind, _ in kinds} == {kind.value for kind in Kind}


def test_a_mobile_number_after_an_order_cue_is_found_and_not_sure() -> None:
    """客户: 订单号13800138000。 It may be either: better masked than told."""
    assert cut("订单号13800138000") == [("13800138000", "phone", False)]


def test_a_mobile_number_that_grew_together_with_letters_is_found_and_not_sure() -> None:
    """客户: call13800138000 – and the near miss: 运单号 SF13800138000, a code."""
    assert cut("call13800138000ok") == [("13800138000", "phone", False)]
    assert cut("运单号SF13800138000") == []


def test_somebody_older_than_the_district_code_is_believed() -> None:
    """440306 was drawn up in 1993; people born in 1985 carry it."""
    assert resident_check("44030619850101123") == "8"
    assert cut("440306198513011237") == []  # no month 13, and no cue
    assert cut("身份证440306198513011237") == [("440306198513011237", "id-number", False)]


def test_the_language_may_be_told() -> None:
    assert find("你好 Ann Lee", language="en")[0].kind is Kind.NAME


@given(st.text(max_size=200))
def test_any_text_can_be_searched_and_what_is_found_lies_apart_in_it(text: str) -> None:
    end = 0
    for each in find(text):
        assert end <= each.start < each.end <= len(text)
        assert text[each.start : each.end].strip()
        end = each.end


PIECES = st.sampled_from([
    "我叫", "王小明", "13800138000", "张先生", " ", "，", "\n", "卡号", "4111111111111111", "路12号", "@", "a.b@c.de", "Mr. ", "Ann Lee", "岁", "35",
    "号", "+86", "幺三八", "零零", "http://", "::1", "1.2.3.4", "\ud800", "٣٤٥", "２", "é", "㎏", "·", "(", "-", "x", "粤B12345",
])  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_pieces_in_any_order_can_be_searched(text: str) -> None:
    found = find(text)
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.sampled_from(["", " ", "-"]))
def test_every_mobile_number_is_found_however_it_is_parted(number: str, mark: str) -> None:
    written = mark.join((number[:3], number[3:7], number[7:]))
    assert cut(f"我的手机是{written}，谢谢") == [(written, "phone", True)]


@given(st.from_regex(r"\A62[0-9]{14}\Z"))
def test_one_check_digit_of_ten_makes_a_card(body: str) -> None:
    assert sum(luhn(body + str(digit)) for digit in range(10)) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "1", "1 ", "12-", "A ", "Aa ", "a@", "a.", "路1", "王先生", "我叫", "0:", "(1)", "收货地址是好", "地址是", "one ", "幺", "一,", "Ab-", "http://", "１",
        "岁3", "John Smith, ", "1 Aa St ", "13800138000 ", "五街1号", "name is a ",
    ],
)  # fmt: skip
def test_a_hundred_thousand_letters_of_the_worst_kind_are_read_through(piece: str) -> None:
    """Every pattern is bounded, so that this ends at once; a pattern that ran away would not end at all."""
    text = piece * (100_000 // len(piece))
    assert all(text[one.start : one.end] for one in find(text))
