"""On a cluster: the same pieces through Daft on a Ray that runs already; every machine has Lingting and sees the files under the same paths."""

import pickle
from collections.abc import Iterable, Iterator
from itertools import islice

import daft
import ray
from daft import DataType, Series

from lingting.bulk.hearing import Heard, Task, hear, pack_of
from lingting.bulk.pieces import Piece
from lingting.message import Mistake

WAVE = 8
"""Pieces for each processor of the cluster that are asked for at a time: what comes back of a wave is held until it is in order."""


class OtherPack(ValueError):
    """A machine of the cluster listens with other norms."""


@daft.cls(use_process=True)
class Ear:
    """A process somewhere in the cluster that listens to pieces."""

    def __init__(self, task: bytes) -> None:
        self._task: Task = pickle.loads(task)  # noqa: S301  # our own, over a cluster that runs whatever we send it anyway

    @daft.method.batch(return_dtype=DataType.binary(), batch_size=1)  # type: ignore[untyped-decorator]  # an extra: without it there are no types
    def hear(self, pieces: Series) -> list[bytes]:
        """Return what was heard of pieces."""
        return [pickle.dumps(hear(pickle.loads(piece), self._task)) for piece in pieces.to_pylist()]  # noqa: S301  # as above


def listened(pieces: Iterable[Piece | Mistake], task: Task, *, address: str) -> Iterator[Heard]:
    """Yield what was heard of each piece, in their order; OtherPack if a machine listened with another pack than this one would."""
    ray.init(address, ignore_reinit_error=True, log_to_driver=False)
    daft.set_runner_ray(address, noop_if_initialized=True)
    processors = int(ray.cluster_resources().get("CPU", 1))
    waiting = iter(pieces)
    while wave := list(islice(waiting, WAVE * processors)):
        yield from _wave(wave, task, processors)


def _wave(wave: list[Piece | Mistake], task: Task, processors: int) -> Iterator[Heard]:
    asked = {place: pickle.dumps(piece) for place, piece in enumerate(wave) if isinstance(piece, Piece)}
    frame = daft.from_pydict({"place": list(asked), "piece": list(asked.values())}).into_partitions(min(processors, len(asked)) or 1)
    ear = Ear(pickle.dumps(task))
    answers = frame.select(frame["place"], ear.hear(frame["piece"])).to_pydict() if asked else {"place": [], "piece": []}
    heard: dict[int, Heard] = {place: pickle.loads(answer) for place, answer in zip(answers["place"], answers["piece"], strict=True)}  # noqa: S301
    for place, piece in enumerate(wave):
        if isinstance(piece, Mistake):
            yield Heard(mistakes=(piece,))
        elif heard[place].pack != pack_of(task).version:
            raise OtherPack(
                f"A machine listens with pack {heard[place].pack}, this one with {pack_of(task).version}; bring all to the same version of Lingting."
            )
        else:
            yield heard[place]
