"""Sound (声音): a recording opened with care and read block by block at one rate, so that a call of hours needs no more memory than one of minutes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

Samples = NDArray[np.float32]

RATE = 16_000
"""Samples a second of everything that leaves this module: what voice activity and recognition both take."""

SLOWEST, FASTEST = 8_000, 384_000
"""Samples a second in a file: from a telephone line to the best studio; anything else is a slip in its head."""

LONGEST = 6 * 3600
"""Seconds in one recording; no conversation lasts longer, a machine left running does."""

LARGEST = 2 * 1024**3
"""Bytes in one file."""

_BLOCK = 10
"""Seconds read at once."""

_OPEN_END = 0x7FFF0000
"""Bytes in a WAV's head from which on they mean "as long as it comes": a recorder that streams does not know its end."""


class BadSound(ValueError):
    """A recording cannot be read; `wrong` says what it is, `remedy` what to do."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(f"{wrong} {remedy}")
        self.wrong, self.remedy = wrong, remedy


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording that can be read: its file, samples a second, channels and length in seconds."""

    path: Path
    rate: int
    channels: int
    seconds: float


def opened(path: Path) -> Sound:
    """Return what a file holds, having looked at no more than its head; BadSound says why it cannot be read."""
    size = path.stat().st_size
    if not size:
        raise BadSound("The recording is empty: the file has no bytes.", "Export it again.")
    if size > LARGEST:
        raise BadSound(f"The recording has {size / 1024**3:.1f} GB; at most 2 GB are read.", "Save it as FLAC or MP3, or cut it by conversation.")
    with path.open("rb"):  # what may not be read is said by the system, not taken for damage
        pass
    with _file(path) as file:
        rate, channels, frames, head = file.samplerate, file.channels, file.frames, str(file.extra_info)
    if not SLOWEST <= rate <= FASTEST:
        raise BadSound(f"The recording has {rate:,} samples a second; from 8,000 to 384,000 are read.", "Export it with 8,000 or more.")
    if channels > 2:  # noqa: PLR2004  # a conversation has two sides
        raise BadSound(
            f"The recording has {channels} channels; one or two are read.", "Export the agent and the customer as the two channels of a stereo file."
        )
    if frames <= 0:
        raise BadSound("The recording is empty: there is no sound in it.", "Export it again.")
    if frames / rate > LONGEST:
        raise BadSound(f"The recording lasts {frames / rate / 3600:.1f} hours; at most 6 are read.", "Cut it by conversation.")
    short = re.search(r"^data : (\d+) \(should be (\d+)\)", head, re.MULTILINE)
    if short and int(short[2]) < int(short[1]) < _OPEN_END:
        raise _cut_off(int(short[2]) / int(short[1]))
    return Sound(path, rate, channels, frames / rate)


def blocks(sound: Sound) -> Iterator[Samples]:
    """Yield a recording from beginning to end at 16 kHz, as arrays of samples by channel with values from -1 to 1."""
    resampler = soxr.ResampleStream(sound.rate, RATE, sound.channels, dtype="float32")
    taken, expected = 0, round(sound.seconds * sound.rate)
    with _file(sound.path) as file:
        while taken < expected:
            block = _read(file, min(_BLOCK * sound.rate, expected - taken))
            taken += len(block)
            if not len(block):
                # A second may be missing where an encoder only guessed the length; more is gone.
                if expected - taken > sound.rate:
                    raise _cut_off(taken / expected)
                expected = taken
            yield np.clip(resampler.resample_chunk(block, last=taken >= expected), -1.0, 1.0)


def stretch(sound: Sound, channel: int, start: float, end: float) -> Samples:
    """Return one channel from one second to another at 16 kHz."""
    with _file(sound.path) as file:
        first = min(file.frames, max(0, int(start * sound.rate)))
        file.seek(first)
        samples = _read(file, max(0, int(end * sound.rate) - first))[:, channel]
    resampled: Samples = np.clip(soxr.resample(samples, sound.rate, RATE), -1.0, 1.0).astype(np.float32)
    return resampled


def _file(path: Path) -> soundfile.SoundFile:
    try:
        return soundfile.SoundFile(path)
    except soundfile.SoundFileError as error:
        raise BadSound("The file is no recording that can be read.", "Check that it plays, and export it again as WAV, FLAC or MP3.") from error


def _read(file: soundfile.SoundFile, frames: int) -> Samples:
    try:
        samples: Samples = file.read(frames, dtype="float32", always_2d=True)
    except soundfile.SoundFileError as error:
        raise _cut_off(file.tell() / max(1, file.frames)) from error
    # A damaged file of floating-point numbers can hold "not a number", which would silence everything after it.
    np.nan_to_num(samples, copy=False, nan=0.0, posinf=1.0, neginf=-1.0)
    return samples


def _cut_off(share: float) -> BadSound:
    return BadSound(f"The recording is damaged or cut off: it can be read as far as {min(max(share, 0.0), 1.0):.0%} of its length.", "Export or copy it again.")
