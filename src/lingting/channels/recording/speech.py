"""Speech (语音): when somebody spoke on each channel and how loudly, from the sound alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import webrtcvad
from numpy.typing import NDArray

from lingting.channels.recording.sound import RATE, Samples

FRAME = 0.01
"""Seconds that are judged at once; times are no finer than this."""

STRICTNESS = 2
"""Of the voice detector, from 0 to 3: how sure it must be of a voice."""

FAINTEST = -60.0
"""Decibels below full scale under which there is no speech, whatever it sounds like."""

# House values: how a row of judged moments becomes something said.
PAUSE = 0.3
"""Seconds of silence between two words of one breath."""
BREATH = 1.0
"""Seconds that a speaker may pause and still say one thing, if nobody else speaks meanwhile."""
BRIEFEST = 0.1
"""Seconds; anything shorter is a click or a breath."""

ECHO = 20.0
"""Decibels: what is this much fainter than its channel's own loud speech, while the other channel is louder, is the other voice come back."""
FAINTER = 6.0
"""Decibels by which an echo is at least fainter than what it echoes."""
ALIKE = 0.95
"""Correlation from which on two channels are one sound twice."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Somebody spoke on a channel from one second to another; `level` is in dBFS, `loudness` in decibels against the channel's median."""

    channel: int
    start: float
    end: float
    level: float
    loudness: float = 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """All speech of a recording in the order of its beginnings; `alike` tells that both channels hold one sound, so that neither is one person."""

    speech: tuple[Speech, ...]
    alike: bool


Flags = NDArray[np.bool_]
Levels = NDArray[np.float32]


def heard(blocks: Iterable[Samples], channels: int) -> Heard:
    """Listen to a recording block by block; only a level and a yes or no for each moment are kept."""
    detectors = [webrtcvad.Vad(STRICTNESS) for _ in range(channels)]
    size = round(FRAME * RATE)
    rest: Samples = np.zeros((0, channels), np.float32)
    flags: list[list[Flags]] = [[] for _ in range(channels)]
    levels: list[list[Levels]] = [[] for _ in range(channels)]
    products = np.zeros((channels, channels))
    for block in blocks:
        products += block.T.astype(np.float64) @ block
        samples = np.concatenate([rest, block])
        whole = len(samples) // size * size
        rest = samples[whole:]
        for channel, detector in enumerate(detectors):
            frames = samples[:whole, channel].reshape(-1, size)
            level = _decibels(np.mean(np.square(frames, dtype=np.float64), axis=1))
            levels[channel].append(level)
            flags[channel].append(_voiced(frames, detector) & (level > FAINTEST))
    spoken = [np.concatenate([np.zeros(0, np.bool_), *parts]) for parts in flags]
    loud = [np.concatenate([np.zeros(0, np.float32), *parts]) for parts in levels]
    alike = channels == 2 and _alike(products)  # noqa: PLR2004  # a pair
    if alike:
        spoken, loud = spoken[:1], loud[:1]
    return Heard(tuple(_speech(spoken, loud)), alike)


def _decibels(power: NDArray[np.float64]) -> Levels:
    return (10 * np.log10(np.maximum(power, 1e-12))).astype(np.float32)


def _voiced(frames: Samples, detector: webrtcvad.Vad) -> Flags:
    words = (frames * 32767).astype("<i2")
    return np.fromiter((detector.is_speech(frame.tobytes(), RATE) for frame in words), np.bool_, len(words))


def _alike(products: NDArray[np.float64]) -> bool:
    power = float(products[0, 0] * products[1, 1])
    return power > 0 and float(products[0, 1]) / power**0.5 >= ALIKE


def _speech(spoken: list[Flags], levels: list[Levels]) -> list[Speech]:
    """Make speech of moments: take out echoes, bridge pauses, drop clicks, join what one speaker says in one go, compare loudness."""
    own = [_without_echo(place, spoken, levels) for place in range(len(spoken))]
    runs = [_runs(flags) for flags in own]
    found = []
    for channel, mine in enumerate(runs):
        others = [run for place, theirs in enumerate(runs) if place != channel for run in theirs]
        turns = [
            Speech(channel, round(start * FRAME, 3), round(end * FRAME, 3), _level(own[channel], levels[channel], start, end))
            for start, end in _joined(mine, others)
        ]
        usual = float(np.median([turn.level for turn in turns])) if turns else 0.0
        found += [replace(turn, loudness=round(turn.level - usual, 1)) for turn in turns]
    return sorted(found, key=lambda turn: (turn.start, turn.channel))


def _without_echo(channel: int, spoken: list[Flags], levels: list[Levels]) -> Flags:
    mine = spoken[channel]
    if len(spoken) == 1 or not mine.any():
        return mine
    loud = np.percentile(levels[channel][mine], 95)
    other = 1 - channel
    echo = spoken[other] & (levels[channel] < loud - ECHO) & (levels[channel] < levels[other] - FAINTER)
    own: Flags = mine & ~echo
    return own


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """Return the stretches of speech as frame numbers, pauses for a word bridged and clicks dropped."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    runs: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and (start - runs[-1][1]) * FRAME < PAUSE:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return [run for run in runs if (run[1] - run[0]) * FRAME >= BRIEFEST]


def _joined(mine: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a speaker's stretches across pauses in which nobody else speaks; both lists are in order."""
    joined: list[tuple[int, int]] = []
    place = 0
    for start, end in mine:
        while place < len(others) and joined and others[place][1] <= joined[-1][1]:
            place += 1
        alone = place == len(others) or others[place][0] >= start
        if joined and (start - joined[-1][1]) * FRAME <= BREATH and alone:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _level(flags: Flags, levels: Levels, start: int, end: int) -> float:
    """Return how loud the voiced moments of a stretch were on average, in dBFS."""
    voiced = levels[start:end][flags[start:end]]
    return round(float(10 * np.log10(np.mean(10 ** (voiced.astype(np.float64) / 10)))), 1)
