"""Masking (脱敏): personal data gives way to numbered placeholders before words leave the process, and comes back into what others return."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lingting.inspection.normalise import plain
from lingting.inspection.personal.find import find
from lingting.inspection.personal.kinds import CHINESE, Kind, Personal
from lingting.inspection.personal.numbers import digits

_HAN = re.compile("[\u3400-\u9fff]")
_ECHO = {Kind.NAME: 2, Kind.AGE: 99}
"""How long words must be to be recognised where nothing speaks for them; an age is a number like others."""
_ECHO_OTHERWISE = 5


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its personal data: `personal` is where they stand in the raw text, `placeholders` what stands there now."""

    text: str
    personal: tuple[Personal, ...]
    placeholders: tuple[str, ...]
    words: Mapping[str, str]
    """What each placeholder of the whole conversation stands for. It never leaves the process."""


@dataclass(slots=True)
class _Placeholders:
    """The placeholders of one conversation.

    The same value has the same number however it is written, another way to write it a letter more: 〔电话1〕, 〔电话1b〕. So has part of a name that was given
    in full: whoever reads 〔姓名1b〕先生 sees that it is 〔姓名1〕.
    """

    raw: str
    chinese: bool
    words: dict[str, str] = field(default_factory=dict)
    _given: dict[tuple[Kind, str], str] = field(default_factory=dict)
    _numbers: dict[Kind, dict[str, int]] = field(default_factory=dict)
    _ways: Counter[tuple[Kind, int]] = field(default_factory=Counter)

    def of(self, kind: Kind, words: str) -> str:
        """Return the placeholder for words of a kind."""
        if (kind, words) not in self._given:
            placeholder = self._fresh(kind, self._number(kind, words))
            self._given[kind, words] = placeholder
            self.words[placeholder] = words
        return self._given[kind, words]

    def _number(self, kind: Kind, words: str) -> int:
        numbers, value = self._numbers.setdefault(kind, {}), _value(words)
        if value not in numbers:
            same = {number for other, number in numbers.items() if _part(value, other) or _part(other, value)} if kind is Kind.NAME else set()
            numbers[value] = same.pop() if len(same) == 1 else 1 + max(numbers.values(), default=0)
        return numbers[value]

    def _fresh(self, kind: Kind, number: int) -> str:
        while True:
            way = _letters(self._ways[kind, number])
            self._ways[kind, number] += 1
            placeholder = f"〔{CHINESE[kind]}{number}{way}〕" if self.chinese else f"[{kind}{number}{way}]"
            if placeholder not in self.raw:  # somebody may have written what looks like ours
                return placeholder


def masked(text: str, *, language: str = "") -> Masked:
    """Return a text in which placeholders stand for everything that may be personal, the unsure included.

    >>> masked("我姓王,电话13800138000").text
    '我姓〔姓名1〕,电话〔电话1〕'
    >>> masked("My name is Ann Lee, call 212-555-0142").text
    'My name is [name1], call [phone1]'
    """
    return mask_turns((text,), language=language)[0]


def mask_turns(texts: Sequence[str], *, language: str = "") -> tuple[Masked, ...]:
    """Return the turns of one conversation masked, the same value with the same number all through it.

    1. Find what each turn shows by itself.
    2. Find the same words again in turns where nothing speaks for them: a name that was given once is a name from then on, and before.
    3. Put placeholders in the language of the conversation.
    """
    found = [find(text, language=language) for text in texts]
    echoes = _echoes([(text[each.start : each.end], each.kind) for text, all_of in zip(texts, found, strict=True) for each in all_of])
    raw, known = "\n".join(texts), _any_of(echoes)
    placeholders = _Placeholders(raw, chinese=bool(_HAN.search(raw)) if raw.strip() else language.startswith("zh"))
    return tuple(_put(text, _again(text, all_of, echoes, known), placeholders) for text, all_of in zip(texts, found, strict=True))


def _echoes(found: Sequence[tuple[str, Kind]]) -> Mapping[str, Kind]:
    """Return the words that are known wherever they stand again; of a name in several words also each of them."""
    echoes = {words: kind for words, kind in found if len(words) >= _ECHO.get(kind, _ECHO_OTHERWISE)}
    for words, kind in found:
        if kind is Kind.NAME and " " in words:
            echoes.update({part: kind for part in words.split() if len(part) > 2 and part[0].isupper() and part not in echoes})  # noqa: PLR2004  # no initials
    return echoes


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(f"{_edge(word[0], before=True)}{re.escape(word)}{_edge(word[-1], before=False)}" for word in ordered) or r"(?!)")


def _again(text: str, found: Sequence[Personal], echoes: Mapping[str, Kind], known: re.Pattern[str]) -> tuple[Personal, ...]:
    """Return what was found in a turn, and between it the words that are known from elsewhere."""
    everything, start = list(found), 0
    for stop, following in [*((each.start, each.end) for each in found), (len(text), len(text))]:
        everything += [Personal(*match.span(), echoes[match[0]], sure=False) for match in known.finditer(text, start, stop)]
        start = following
    return tuple(sorted(everything, key=lambda each: each.start))


def _edge(sign: str, *, before: bool) -> str:
    """Return what keeps a number from being seen inside a longer one, and a word inside a longer word; Chinese words have no edges."""
    if _HAN.match(sign) or not sign.isalnum():
        return ""
    like = "[0-9]" if sign.isdigit() else r"[^\W\d_\u2e80-\uffff]"
    return f"(?<!{like})" if before else f"(?!{like})"


def _put(text: str, found: tuple[Personal, ...], placeholders: _Placeholders) -> Masked:
    pieces, start, used = list[str](), 0, list[str]()
    for each in found:
        used.append(placeholders.of(each.kind, text[each.start : each.end]))
        pieces += (text[start : each.start], used[-1])
        start = each.end
    return Masked("".join((*pieces, text[start:])), found, tuple(used), placeholders.words)


def restored(masked_text: str, words: Mapping[str, str]) -> str:
    """Return a text with the words put back for which placeholders stand.

    >>> restored("请回电〔电话1〕", {"〔电话1〕": "13800138000"})
    '请回电13800138000'
    """
    return re.sub("|".join(map(re.escape, words)) or r"(?!)", lambda placeholder: words[placeholder[0]], masked_text)


def unmasked_span(masked_text: Masked, start: int, end: int) -> tuple[int, int]:
    """Return where a span of the masked text stands in the raw one; a placeholder that it cuts counts whole.

    >>> after = masked("电话13800138000,请回电")
    >>> after.text
    '电话〔电话1〕,请回电'
    >>> unmasked_span(after, after.text.index("请"), len(after.text))
    (14, 17)
    """
    return _unmasked(masked_text, start, last=False), _unmasked(masked_text, end, last=True)


def _unmasked(masked_text: Masked, place: int, *, last: bool) -> int:
    shift = 0
    for each, placeholder in zip(masked_text.personal, masked_text.placeholders, strict=True):
        begin = each.start + shift
        if place <= begin:
            break
        if place < begin + len(placeholder):
            return each.end if last else each.start
        shift += len(placeholder) - (each.end - each.start)
    return place - shift


def _value(words: str) -> str:
    """Return what is the same however it is written: 138 0013 8000 and 幺三八零零幺三八零零零 are one number."""
    return " ".join(re.findall(r"[^\W_]+", words.lower())) if re.match("[A-Za-z]", words) else re.sub(r"[\W_]+", "", digits(plain(words))) or words


def _part(one: str, other: str) -> bool:
    """Tell whether a name is the surname, or one of the words, of another."""
    return other.startswith(one) if _HAN.match(one) else one in other.split()


def _letters(way: int) -> str:
    """Return "" for the first way to write a value, then b, c … z, and numbers with a point from there."""
    return "" if way == 0 else chr(ord("a") + way) if way < 26 else f".{way}"  # noqa: PLR2004  # letters of the alphabet
