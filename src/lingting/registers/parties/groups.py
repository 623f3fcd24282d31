"""Emerging groups (正在形成的群体): different people who, within weeks, complain of the same thing; pure, for a person to look at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

ENOUGH = 3
"""Different people that make a group; the house's number."""

WITHIN = timedelta(days=30)
ALIKE = 0.25
"""How alike two complaints must be: the cosine of the characters and pairs of characters in them, each counted once (a house default)."""

NEARLY = 0.13
"""How alike with the words of two others of a group those of one more must be, what few say weighing more than what all say: nobody tells the same
thing in the same words (a house default)."""

MOST = 2_000
"""Complaints that are compared with each other at once."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One complaint: whose it is, when, and its words; `number` is its record."""

    number: int
    party: int
    at: datetime
    words: str


def emerging(voices: Sequence[Voice]) -> list[tuple[Voice, ...]]:
    """Return the groups of voices that say alike things within thirty days, from at least three different people; the largest first.

    >>> from datetime import UTC
    >>> at = datetime(2026, 8, 1, tzinfo=UTC)
    >>> said = ["半夜货车太吵睡不着", "货车半夜进出太吵", "夜里货车声音太吵了", "发票抬头开错了"]
    >>> [[voice.party for voice in group] for group in emerging([Voice(n, n, at, words) for n, words in enumerate(said)])]
    [[0, 1, 2]]
    """
    said = sorted((voice for voice in voices if voice.words.strip()), key=lambda voice: voice.at)[-MOST:]
    if len({voice.party for voice in said}) < ENOUGH:
        return []
    counts = CountVectorizer(analyzer="char", ngram_range=(1, 2), binary=True).fit_transform([_matter(voice.words) for voice in said])
    plain, weighted = normalize(counts), TfidfTransformer().fit_transform(counts)
    moments = np.array([voice.at.timestamp() for voice in said])
    near = np.abs(moments[:, None] - moments[None, :]) <= WITHIN.total_seconds()
    people = np.array([voice.party for voice in said])
    groups = [group for group in _joined(((plain @ plain.T).toarray() >= ALIKE) & near) if len(set(people[group])) >= ENOUGH]
    found = [tuple(said[place] for place in group) for group in _widened(groups, ((weighted @ weighted.T).toarray() >= NEARLY) & near, people)]
    return sorted(found, key=lambda group: (-len(group), group[0].at))


_EVERYBODYS = re.compile(r"(我们?)?(要|想|得|必须)?(正式)?(投诉|举报|反映)(你们|一下)?|[A-Za-z]*\d{4,}|\W+")
"""Words that say no more than that somebody complains, numbers of orders and the like, and what is no word: everybody's complaints have them in common."""


def _matter(words: str) -> str:
    """Return what is complained of; where nothing else was said, what was said.

    >>> _matter("我要投诉！夜里货车太吵。"), _matter("我要投诉！"), _matter("AB20260713 少了一件")
    ('夜里货车太吵', '我要投诉！', '少了一件')
    """
    return _EVERYBODYS.sub("", words) or words


def _joined(linked: np.ndarray) -> list[list[int]]:
    """Return the places that hang together by links."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    count, labels = connected_components(csr_matrix(linked), directed=False)
    return [[int(place) for place in np.flatnonzero(labels == label)] for label in range(count)]


def _widened(groups: list[list[int]], nearly: np.ndarray, people: np.ndarray) -> list[list[int]]:
    """Return the groups, each with those in no group who are nearly alike with two of its people; what two groups could claim stays out."""
    alone = sorted(set(range(len(people))) - {place for group in groups for place in group})
    wide = [list(group) for group in groups]
    for place in alone:
        claims = [number for number, group in enumerate(groups) if len(set(people[[one for one in group if nearly[place, one]]]) - {people[place]}) > 1]
        if len(claims) == 1:
            wide[claims[0]].append(place)
    return [sorted(group) for group in wide]
