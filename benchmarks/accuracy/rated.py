"""Rated dialogues: JDDC and USS read into excerpts with the class and the mean vote of each rated turn."""

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lingting.learning.excerpt import Earlier, Excerpt

ROLES = {"user": "customer", "agent": "agent", "USER": "customer", "SYSTEM": "agent"}


@dataclass(frozen=True, slots=True)
class Rated:
    """Rated turns in the order of the file: words with what came before, dialogue, class counted from 0, and mean vote."""

    excerpts: Sequence[Excerpt]
    dialogues: np.ndarray
    classes: np.ndarray
    votes: np.ndarray


def jddc(data: Path) -> Rated:
    """Return the rated turns of JDDC's validation part: 0 dissatisfied, 1 neither, 2 satisfied."""
    excerpts, dialogues, classes = [], [], []
    path = data / "measure-only" / "jddc-satisfaction" / "valid_jddc.dialogues.jsonl"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        before: list[Earlier] = []
        for message in json.loads(line)["messages"]:
            if "sat3" in message:
                excerpts.append(Excerpt(message["text"], tuple(before)))
                dialogues.append(number)
                classes.append(message["sat3"])
            before.append(Earlier(ROLES[message["role"]], message["text"]))
    return Rated(excerpts, np.array(dialogues), np.array(classes), np.array(classes, dtype=float))


def uss(data: Path, name: str) -> Rated:
    """Return the rated turns of a set of USS, OVERALL pseudo-lines included; the class is the commonest vote, of several the lowest."""
    excerpts, dialogues, classes, means = [], [], [], []
    with gzip.open(data / "measure-only" / "uss" / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
        talks = [talk for talk in file.read().split("\n\n") if talk.strip()]
    for number, talk in enumerate(talks):
        before: list[Earlier] = []
        for line in talk.strip("\n").split("\n"):
            role, text, _act, votes = [*line.split("\t"), "", "", ""][:4]
            if role == "USER":
                given = [int(vote) for vote in votes.split(",")]
                count = Counter(given)
                excerpts.append(Excerpt(text, tuple(before)))
                dialogues.append(number)
                classes.append(min(vote for vote in count if count[vote] == max(count.values())) - 1)
                means.append(sum(given) / len(given))
            before.append(Earlier(ROLES[role], text))
    return Rated(excerpts, np.array(dialogues), np.array(classes), np.array(means))
