"""Words (词): the patterns that the norms of a pack look for, each compiled once however many norms share it, under tags that conditions ask for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lingting.inspection.normalise import plain
from lingting.inspection.pinyin import sound_pattern
from lingting.inspection.transcript import EVERYBODY

_BETWEEN = r"[ ,.!?;:~\-、。…“”\"']{0,3}"
_SOMETHING = "[^,。!?;]{1,20}"
_SLOT = re.compile(r"\{(\w+)\}")
_NOT_THESE = re.compile(r"\[\^([^\]]*)\]")
_REACHES = re.compile(r"\\[?.sSWD]|[。!;…]|(?<!\\)\.")
_REACHES_COMMAS = re.compile(r"[,、:]")
_NO_COMMAS = re.compile(r"\{\d+,?\d*\}|\(\?:")
_LITERAL = re.compile(r"[\u4e00-\u9fff]{2,}")


Begun = bool | Literal["clause", "sentence"]
"""Whether the beginning of words must be known: always, never, or where they may reach over the end of the clause or sentence that is quoted."""


class UnknownWords(ValueError):
    """A norm refers to a list of words that does not exist."""


@dataclass(slots=True)
class Words:
    """Patterns by their number in the scan, each with the tags that it stands for; `sounds` likewise, over the sound of recognised speech.

    `begun` are the patterns whose beginning must be known, of tags in `exact`: it costs the scan more than to know where they end. `voices` are those in
    whose words a tag is looked for, as bits. `gates` are tags of which one must be met, each with those in whose words, by the number of their bit; `always`
    are tags that are asked about in every conversation.
    """

    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    organisation: str = ""
    patterns: dict[str, list[int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    exact: set[int] = field(default_factory=set)
    sounds: dict[str, list[int]] = field(default_factory=dict)
    voices: dict[int, int] = field(default_factory=dict)
    gates: dict[frozenset[tuple[int, int]], int] = field(default_factory=dict)
    always: set[int] = field(default_factory=set)
    _tags: dict[tuple[frozenset[str], bool], int] = field(default_factory=dict)

    def tag(self, patterns: Iterable[str], *, sound: bool = False, begun: Begun = True, voices: int = EVERYBODY) -> int:
        """Return the tag under which words of any of these patterns will be found; the same patterns have the same tag.

        Words that are only looked for, never quoted, need not be `begun`: their place is then their last letter. Where their whole clause or sentence is
        quoted, only those that may reach over its end need be. In other words than those of these `voices`, as bits, they may be left out.
        """
        wanted = frozenset(self._resolved(patterns))
        told = {pattern for pattern in wanted if begun is True or (begun and reaches_over(begun, pattern))}
        self.begun.update(told)
        if (wanted, sound) not in self._tags:
            tag = self._tags[wanted, sound] = len(self._tags)
            for pattern in sorted(wanted):
                self.patterns.setdefault(pattern, []).append(tag)
                heard = sound_pattern(pattern) if sound and _LITERAL.fullmatch(pattern) else None
                if heard:
                    self.sounds.setdefault(heard, []).append(tag)
        tag = self._tags[wanted, sound]
        self.exact.update({tag} if told else ())
        self.voices[tag] = self.voices.get(tag, 0) | voices
        return tag

    def gate(self, tags: Mapping[int, int]) -> int:
        """Return the bit of a gate that any of these tags passes, met in the words of those who are given for it; the same gate has the same bit."""
        return 1 << self.gates.setdefault(frozenset(tags.items()), len(self.gates))

    def phrase(self, text: str) -> str:
        """Return the pattern of a phrase word for word: pauses and marks may stand between its letters, {org} is our name, any other slot some words.

        >>> re.fullmatch(Words(organisation="禾渡").phrase("您好,{org}"), "您好。禾渡")[0]
        '您好。禾渡'
        """
        names = "|".join(_spelled(plain(name.strip())) for name in self.organisation.split("|") if name.strip()) or _SOMETHING
        parts = _SLOT.split(plain(text))
        said = [(f"({names})" if part == "org" else _SOMETHING) if place % 2 else _spelled(part) for place, part in enumerate(parts)]
        return _BETWEEN.join(part for part in said if part)

    def _resolved(self, patterns: Iterable[str]) -> Iterable[str]:
        for pattern in patterns:
            if pattern == "$our-name":
                yield from (_spelled(plain(name.strip())) for name in self.organisation.split("|") if name.strip())
            elif not pattern.startswith("$"):
                yield pattern
            elif pattern[1:] in self.lists:
                yield from self._resolved(self.lists[pattern[1:]])
            else:
                raise UnknownWords(f"There is no list of words {pattern}; there are {', '.join(f'${name}' for name in self.lists)}.")


def reaches_over(unit: Literal["clause", "sentence"], pattern: str) -> bool:
    r"""Tell whether words of a pattern may reach over the end of a clause or sentence: it names a mark that ends one, or any letter but a few may stand in it.

    >>> [reaches_over("sentence", pattern) for pattern in ("要(不要)?[^,。!?]{0,4}办", r"吗\?对吧", "要.{0,4}办", "要[,、]?办", "[^您]们", r"要\S办")]
    [False, True, True, False, True, True]
    >>> [reaches_over("clause", pattern) for pattern in ("要[^,。!?]{0,4}办", "要[^。!?]{0,4}办", "要[,、]?办")]
    [False, True, True]
    """
    others, within = _NOT_THESE.findall(pattern), _NOT_THESE.sub("", pattern)
    if _REACHES.search(within) or any(not {"。", "."} & set(letters) for letters in others):
        return True
    return unit == "clause" and (any("," not in letters for letters in others) or _REACHES_COMMAS.search(_NO_COMMAS.sub("", within)) is not None)


def _spelled(words: str) -> str:
    letters = [re.escape(letter) for letter in re.sub(r"[^\w]", "", words)]
    return _BETWEEN.join(letters)
