"""Acts of listening (倾听行为): the Switchboard dialogue acts, telephone calls between strangers, English; trained on train, measured on val.

python -m benchmarks.accuracy.acts

Two steps. The first hears each utterance with the two before it. The second hears, too, what the first made of the utterances around it; for the
training calls that comes from models that had not seen them. The following utterance is heard: this is listening after the call, not during it.
The acts that matter to listening are rare, some stand once or never in the 21 calls of val; so the first step is measured on the training calls
too, each half heard by a model of the other half. It costs about four minutes of one processor.
"""

import re
import tarfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack

from benchmarks.accuracy.figures import Line, lines, show
from lingting.inspection import measure
from lingting.learning.excerpt import Excerpt
from lingting.learning.features import Matrix, Shape, rows
from lingting.learning.linear import fit
from lingting.statistics.agreement import kappa

Call = list[tuple[str, str, str]]
LISTENING = {
    "b^m": "repeats the phrase", "bf": "reformulates", "b": "backchannel", "bh": "backchannel as a question", "br": "did not understand", "fa": "apologises",
    "ft": "thanks", "oo_co_cc": "offers, commits", "^h": "hold", "fp": "opening", "fc": "closing",
}  # fmt: skip
PUBLISHED = {"accuracy": (("lowest", 0.82), ("highest", 0.85))}
OWN = Shape(characters=(1, 0), words=3, bits=19, before=0)
FIELDS = 3
"""Speaker, words, act."""
PAIR, SHORT, HALF, OPENING = 2, 5, 0.5, 5
"""What counts as short and as much when somebody repeats another's words, and how many utterances open a call."""
NEAR = Shape(characters=(1, 0), words=2, bits=17, before=0)


def measured(data: Path) -> Iterator[Line]:
    """Measure the accuracy over all acts, and F1 of each act of listening."""
    calls = read(data, "train")
    unseen = read(data, "val")
    said, first = two_steps(calls, unseen)
    truth = [act for call in unseen for _, _, act in call]
    groups = [number for number, call in enumerate(unseen) for _ in call]
    protocol = f"train ({len(calls)} calls) to val"
    figures = {"accuracy": measure.accuracy, "kappa": kappa}
    yield from lines("SwDA", protocol, truth, said, groups, figures, PUBLISHED)
    yield from _of_listening(protocol, truth, said, groups)
    in_train = [number for number, call in enumerate(calls) for _ in call]
    yield from _of_listening(f"train, two halves ({len(calls)} calls), first step", [act for call in calls for _, _, act in call], first, in_train)


def _of_listening(protocol: str, truth: list[str], said: list[str], groups: list[int]) -> Iterator[Line]:
    """Yield F1 of each act of listening, with how often it is there."""
    labels = sorted({*truth, *said})
    of_act = {f"F1 {name} ({act}), n {truth.count(act)}": partial(measure.f1, label=labels.index(act)) for act, name in LISTENING.items() if act in labels}
    yield from lines("SwDA", protocol, truth, said, groups, of_act)


def read(data: Path, part: str) -> list[Call]:
    """Return the calls of a part: speaker, words and act of each utterance."""
    calls = []
    with tarfile.open(data / "measure-only" / "swda" / "train-val.tgz") as archive:
        for member in sorted(archive.getmembers(), key=lambda one: one.name):
            if f"/{part}/" in member.name and member.name.endswith(".txt"):
                split = (line.split("|") for line in archive.extractfile(member).read().decode("utf-8").splitlines())
                calls.append([(fields[0], fields[1], fields[2]) for fields in split if len(fields) == FIELDS])
    return calls


def two_steps(calls: Sequence[Call], unseen: Sequence[Call]) -> tuple[list[str], list[str]]:
    """Train on calls; return the acts of the unseen ones, and what the first step made of the training calls."""
    acts = sorted({act for call in calls for _, _, act in call})
    places = np.array([acts.index(act) for call in calls for _, _, act in call])
    call_of = np.array([number for number, call in enumerate(calls) for _ in call])
    known, new = _words(calls), _words(unseen)
    first = np.zeros(len(places), dtype=int)
    for half in (0, 1):
        first[call_of % 2 == half] = _said(known[call_of % 2 != half], places[call_of % 2 != half], known[call_of % 2 == half], len(acts))
    first_new = _said(known, places, new, len(acts))
    known, new = (hstack([features, _around(of, made, len(acts))], format="csr") for features, of, made in ((known, calls, first), (new, unseen, first_new)))
    return [acts[place] for place in _said(known, places, new, len(acts))], [acts[place] for place in first]


def _words(calls: Sequence[Call]) -> Matrix:
    """Return an utterance's words, those of the two before and the one after, who speaks, and where in the call it stands."""

    def texts(offset: int) -> list[Excerpt]:
        return [Excerpt(call[place + offset][1] if 0 <= place + offset < len(call) else "") for call in calls for place in range(len(call))]

    near = [weight * rows(texts(offset), NEAR) for offset, weight in ((-1, 0.5), (-2, 0.3), (1, 0.3))]
    return hstack([rows(texts(0), OWN), *near, csr_matrix(np.array([_facts(call, place) for call in calls for place in range(len(call))]))], format="csr")


def _facts(call: Call, place: int) -> list[float]:
    speaker, words, _ = call[place]
    same = [float(call[place + offset][0] == speaker) if 0 <= place + offset < len(call) else 0.5 for offset in (-3, -2, -1, 1)]
    ends = [float(words.rstrip().endswith(mark)) for mark in ("?", "-", ",")]
    return [
        *_repeated(call, place),
        *same,
        *ends,
        float(place == 0),
        float(place < OPENING),
        float(place >= len(call) - 10),
        float(place == len(call) - 1),
        min(place / 100, 1.0),
    ]


def _repeated(call: Call, place: int) -> list[float]:
    """Return how much of an utterance repeats what the other person said just before, and whether a short one repeats all of it."""
    speaker, words, _ = call[place]
    own = set(re.findall(r"[\w']+", words.lower()))
    others = set(re.findall(r"[\w']+", " ".join(said for who, said, _ in call[max(0, place - 4) : place] if who != speaker).lower()))
    share = len(own & others) / len(own) if own else 0.0
    return [share, float(share == 1), float(share == 1 and 1 < len(own) <= SHORT), float(share > HALF and len(own) > PAIR)]


def _around(calls: Sequence[Call], made: np.ndarray, acts: int) -> Matrix:
    """Return what was made of the utterances from three before to two after, each with whether the same person spoke."""
    columns, start = [], 0
    for call in calls:
        for place, (speaker, _, _) in enumerate(call):
            row = []
            for number, offset in enumerate((-3, -2, -1, 1, 2)):
                there = place + offset
                if 0 <= there < len(call):
                    row.append((2 * number + (call[there][0] == speaker)) * acts + made[start + there])
            columns.append(row)
        start += len(call)
    owners = np.repeat(np.arange(len(columns)), [len(row) for row in columns])
    places = np.concatenate([np.array(row, dtype=int) for row in columns])
    return csr_matrix((np.full(len(owners), 0.5), (owners, places)), shape=(len(columns), 10 * acts))


def _said(features: Matrix, places: np.ndarray, unseen: Matrix, acts: int) -> np.ndarray:
    columns, weights, intercepts = fit(features, places, labels=acts, seed=1, penalty=0.2)
    return (unseen[:, columns] @ weights.T + intercepts).argmax(axis=1)


if __name__ == "__main__":
    show([measured])
