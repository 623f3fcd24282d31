"""A voice made of harmonics that open and close like syllables: enough of one for a voice detector, and nobody's."""

import numpy as np
import soundfile

RATE = 16_000


def silence(seconds: float, rate: int = RATE) -> np.ndarray:
    """Return hardly any sound, as a quiet line has it."""
    return np.random.default_rng(1).normal(0, 1e-4, round(seconds * rate)).astype(np.float32)


def voice(seconds: float, *, pitch: float = 130.0, level: float = -20.0, rate: int = RATE) -> np.ndarray:
    """Return something like speech of a level in dBFS."""
    t = np.arange(round(seconds * rate)) / rate
    tone = 2 * np.pi * pitch * (t + 0.002 * np.sin(2 * np.pi * 3 * t))
    sound = sum(
        np.sin(number * tone) * sum(width / (width + (number * pitch - centre) ** 2 / 100) for centre, width in ((500, 60), (1500, 80), (2500, 120)))
        for number in range(1, int(3500 / pitch))
    )
    sound = sound * (0.55 - 0.45 * np.cos(2 * np.pi * 4 * t))
    return (sound / np.sqrt(np.mean(sound**2)) * 10 ** (level / 20)).astype(np.float32)


def channel(length: float, *spoken: tuple[float, float], rate: int = RATE, **how: float) -> np.ndarray:
    """Return a channel on which somebody speaks from one second to another, several times."""
    sound = silence(length, rate)
    for start, end in spoken:
        first = round(start * rate)
        words = voice(end - start, rate=rate, **how)
        sound[first : first + len(words)] += words
    return sound


def write(path: object, *channels: np.ndarray, rate: int = RATE, subtype: str | None = None) -> None:
    """Write channels as a recording."""
    soundfile.write(path, np.stack(channels, axis=1), rate, subtype=subtype)
