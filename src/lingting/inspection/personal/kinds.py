"""What counts as personal data (个人信息): the kinds, and one found place of them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What identifies a person, or helps to. A firm's or a city's name alone does not, and neither does the last part of a number (尾号)."""

    PHONE = "phone"
    ID_NUMBER = "id-number"
    BANK_CARD = "bank-card"
    MAIL = "mail"
    ADDRESS = "address"
    NAME = "name"
    LICENCE_PLATE = "licence-plate"
    PASSPORT = "passport"
    IBAN = "iban"
    IP_ADDRESS = "ip-address"
    WEB_ADDRESS = "web-address"
    DATE_OF_BIRTH = "date-of-birth"
    AGE = "age"
    DRIVING_LICENCE = "driving-licence"
    ACCOUNT = "account"


CHINESE = {
    Kind.PHONE: "电话", Kind.ID_NUMBER: "证件号", Kind.BANK_CARD: "银行卡号", Kind.MAIL: "邮箱", Kind.ADDRESS: "地址", Kind.NAME: "姓名",
    Kind.LICENCE_PLATE: "车牌", Kind.PASSPORT: "护照号", Kind.IBAN: "国际账号", Kind.IP_ADDRESS: "网络地址", Kind.WEB_ADDRESS: "网址",
    Kind.DATE_OF_BIRTH: "出生日期", Kind.AGE: "年龄", Kind.DRIVING_LICENCE: "驾驶证号", Kind.ACCOUNT: "账号",
}  # fmt: skip
"""The kinds in Chinese; their English names are their values."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data at `start` to `end` of a raw text.

    `sure` tells that a checksum, a numbering plan, a form that nothing else has, or a cue beside it vouches for the kind. What is not sure is masked when
    words leave the house, and is never reported as a fact.
    """

    start: int
    end: int
    kind: Kind
    sure: bool
