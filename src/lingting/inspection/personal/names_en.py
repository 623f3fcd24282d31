"""Names in English and other Latin scripts: by cues, titles and common given names.

A name that has none of these beside it looks like the name of a product, a place or a firm; it is left, because a model that could tell is not here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lingting.inspection.personal.kinds import Kind, Personal
from lingting.inspection.personal.tables import words

_LETTER = r"[^\W\d_\u2e80-\uffff]"
_WORD = rf"(?:[A-Z]|(?![\x00-\x7f]){_LETTER}){_LETTER}{{0,40}}(?:['’\-]{_LETTER}{{1,40}}){{0,3}}"
_PARTICLE = r"(?:d[aei]|du|van|von|der|den|la|le|bin|ben|al|el|del|dos|das|zu|ter|ten|af)"
_TOKEN = re.compile(rf"{_WORD}")
_RUN = re.compile(rf"(?<![\w@./])(?:[A-Z]\.(?= )|{_WORD})(?: (?:{_PARTICLE} ){{0,2}}(?:[A-Z]\.(?= )|{_WORD})){{0,7}}")
_NAMED = re.compile(
    r"(?:(?<!product )(?<!company )(?<!brand )(?<!file )\bnames?(?:'s| is|:)? ?|\bnamed (?:him|her)? ?|\bcall(?:s|ed)? me "
    r"|\b(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|dear|attn)\b[.:]? ?|\bspeaking (?:to|with) |\bon behalf of "
    r"|(?:regards|sincerely|yours truly|cheers|thanks),?\s{1,3}|\b(?:it's|is|be|booked|registered|reserved|reservation|account) under "
    r"|\bname\?\s{1,3}(?:user: )?|\b(?:from|to|by|signed): ?)$",
    re.IGNORECASE,
)
_PRESENTED = re.compile(r"(?:\bi am|\bi'm|\bi’m|\bthis is|\bit's|\bhere is|\bspeaks?) $", re.IGNORECASE)
_MET = re.compile(
    r"\b(?:by|with|speak to|spoke to|talk(?:ed)? to|ask(?:ed)? for|told|tell|met|meet|heard|seen|saw|said|add|see|thank|between|assistant to"
    r"|reach|pay|helped|account of|regarding|correct it to|change it to) $",
    re.IGNORECASE,
)
_DOES = re.compile(
    r" (?:says?|said|told|tells|asked|lives|lived|works|worked|called|calls|spoke|wrote|promised|helped|is from"
    r"|was born|died|speaks?|speaking)\b"
    r"|, (?:can i|can you|could you|would you|please)\b"
    r"|(?:'s|’s) (?:account|address|name|e-?mail|phone|number|order|card|birthday|house|wife|husband|mother|father|son|daughter)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:manager|director|driver|agent|colleague|officer|employee|doctor|nurse|technician|engineer|representative|supervisor|assistant"
    r"|husband|wife|son|daughter|brother|sister|mother|father|friend|neighbou?r|customer|client|partner|boss|player|writer|singer|actor|actress|author|teacher|lawyer|president|founder"
    r"|courier) $",
    re.IGNORECASE,
)
_LOWER = re.compile(rf"({_LETTER}{{2,20}}(?: {_LETTER}{{2,20}})?)(?=$|[.,!?;\n]| (?:and|but|from|here|with)\b)")
_LOWER_CUE = re.compile(r"\b(?i:name(?:'s| is|:)|calls? me|i am called) (?=[^\W\dA-Z_])")
_LOWER_WORD = re.compile(r"\b[a-z]{3,14}\b(?=(?: [a-z]\.?)?(?: ([a-z]{4,20})\b(?! (?:me|you|us|him|her|them)\b))?)")
_SPEAKER = re.compile(rf"(?:^|\n)({_WORD}(?: {_WORD})?): ")
_SAINTED = ("San ", "Santa ", "Saint ", "St. ", "Los ", "Las ", "Fort ", "Port ", "Mount ")
"""San Francisco is a city, Francisco may be a person."""
_BELONGING = ("an", "ish", "ese", "ch")
_SPOKEN_OF = 3
"""Words in a name that somebody gives to themselves."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Capitalised words that stand together, at `start` to `end` of a text; `then` is the capitalised word after them that is no name."""

    start: int
    end: int
    tokens: Sequence[str]
    then: str


def latin_names(text: str) -> Iterator[Personal]:
    """Yield names in a raw text."""
    candidates = [part for run in _RUN.finditer(text) for part in _parts(text, run)]
    found = {(part.start, part.end): judged for part in candidates if (judged := _judged(text, part)) is not None}
    speakers = {match.span(1) for match in _SPEAKER.finditer(text)}
    if len(speakers) > 1:  # a play, or a chat written down
        found.update({(part.start, part.end): False for part in candidates if (part.start, part.end) in speakers and (part.start, part.end) not in found})
    _listed_with(text, candidates, found)
    known = {token.lower() for part in candidates if (part.start, part.end) in found for token in part.tokens if len(token) > _SPOKEN_OF}
    for part in candidates:
        if (part.start, part.end) not in found and any(token.lower() in known for token in part.tokens):
            found[part.start, part.end] = False
    for (start, end), sure in found.items():
        yield Personal(start, end, Kind.NAME, sure)
    yield from _in_small_letters(text)


def _parts(text: str, run: re.Match[str]) -> Iterator[_Words]:
    """Yield the words of a run between those that are no name."""
    begin, end, tokens = -1, -1, list[str]()
    for match in _TOKEN.finditer(text, *run.span()):
        word = re.sub(r"['’]s$", "", match[0])
        initial = len(word) == 1 and bool(tokens) and (text[match.end() : match.end() + 1] == "." or word not in {"A", "I"})
        shouted = len(word) > 2 and word.isupper() and bool(tokens) and not tokens[0].isupper()  # noqa: PLR2004  # ASAP
        if shouted or (not initial and (word.lower() in words("not_person") or len(word) == 1)):
            if tokens:
                yield _Words(begin, end, tuple(tokens), word.lower())
            begin, tokens = -1, []
            continue
        begin = match.start() if begin < 0 else begin
        end = match.start() + len(word)
        tokens.append(word)
        if word != match[0]:  # nobody's name goes on after its 's
            yield _Words(begin, end, tuple(tokens), "")
            begin, tokens = -1, []
    if tokens:
        yield _Words(begin, end, tuple(tokens), "")


def _judged(text: str, part: _Words) -> bool | None:
    """Return whether words are surely a name; None: nothing speaks for it."""
    before, count = text[max(0, part.start - 30) : part.start], len(part.tokens)
    if part.then in words("not_after_name") or before.endswith(_SAINTED):
        return None
    certain = [token for token in part.tokens if token.lower() in words("given") and token.lower() not in words("word_names")]
    presented = _PRESENTED.search(before) and count <= _SPOKEN_OF and not (count == 1 and part.tokens[0].endswith(_BELONGING))
    if _NAMED.search(before) or (certain and presented) or (count > 1 and (part.tokens[0] in certain or _with_initial(part.tokens))):
        return True
    if certain or presented or (count > 1 and part.tokens[0].lower() in words("word_names")):
        return False
    alone_on_line = 1 < count <= _SPOKEN_OF and "\n" in text and text[part.end : part.end + 1] in {"\n", ""} and re.search(r"(?:^|\n)[^\w\n]*$", before)
    does = _DOES.match(text, part.end) and not part.tokens[0].endswith("ly")
    return False if alone_on_line or does or _ROLE.search(before) or _MET.search(before) else None


def _with_initial(tokens: Sequence[str]) -> bool:
    return len(tokens) == _SPOKEN_OF and len(tokens[1]) == 1 and min(len(tokens[0]), len(tokens[2])) > 1


def _listed_with(text: str, candidates: Sequence[_Words], found: dict[tuple[int, int], bool]) -> None:
    """Believe what stands in one list with a name: "Anna, Gaetane and Tom"."""
    for order in (candidates, candidates[::-1]):
        for one, other in pairwise(order):
            between = text[min(one.end, other.end) : max(one.start, other.start)]
            if (one.start, one.end) in found and (other.start, other.end) not in found and re.fullmatch(r",? (?:and |or |& )?", between):
                found[other.start, other.end] = False


def _in_small_letters(text: str) -> Iterator[Personal]:
    """Yield names that nobody capitalised, as in a chat or a transcript of speech."""
    for cue in _LOWER_CUE.finditer(text):
        name = _LOWER.match(text, cue.end())
        if name and not any(word in words("not_person") for word in name[1].split()):
            yield Personal(*name.span(1), Kind.NAME, sure=name[1].split()[0] in words("given"))
    for match in _LOWER_WORD.finditer(text):
        first = match[0]
        if first in words("given") and first not in words("word_names"):
            surname = match[1] and match[1] not in words("not_person") and not match[1].endswith(("ed", "ing", "ly", "s's"))
            yield Personal(match.start(), match.end(1) if surname else match.end(), Kind.NAME, sure=False)
