"""Recognition (语音识别): words out of sound, by a model on this machine or by a server that the organisation names; without either there are none."""

import io
import logging
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from lingting.channels.recording import weights

if TYPE_CHECKING:
    from lingting.channels.recording.sound import Samples

log = logging.getLogger(__name__)

LANGUAGES = ("zh", "en")
"""The languages that are told apart where a recording does not say; a guess among a hundred goes wrong on short words."""

LOOPS = 2.4
"""How many times smaller words may become when they are packed; what shrinks further is a loop that nobody said. The value is that of Whisper's authors."""

WAITS = 120.0
"""Seconds that a speech server may take for half a minute of sound."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with where it stands in its sound, in seconds; a blank before it, where there is one, belongs to `text`. `confidence` is 0 to 1, or unknown."""

    text: str
    start: float
    end: float
    confidence: float | None


class Recogniser(Protocol):
    """What turns sound into words; `language` is "zh", "en", another the model knows, or "" where nobody knows."""

    def words(self, samples: "Samples", rate: int, language: str) -> list[Word]:
        """Return the words in mono sound of half a minute or less."""


class NotRecognised(ValueError):
    """Words could not be recognised; the sentence says why and what to do."""


def recogniser(*, model: str, server: str, key: str, server_model: str, home: Path) -> Recogniser | None:
    """Return the recogniser that the settings ask for: a server, a model's folder, the base model if its packages are installed, or none.

    Args:
        model: "base", a folder, or "" for none.
        server: the address of an OpenAI-compatible server, or "".
        key: what the server wants to be shown, or "".
        server_model: the server's name for the model.
        home: where the base model is put together.
    """
    if server:
        log.warning("LINGTING_SPEECH_SERVER is set: the sound of recordings leaves this machine, to %s", server)
        return ServerRecogniser(server, key, server_model)
    if model == "base":
        return LocalRecogniser(home / "models") if weights.installed() else None
    return LocalRecogniser(Path(model), own=True) if model else None


@dataclass
class LocalRecogniser:
    """A faster-whisper model on this machine; it is loaded at the first words, and nothing is ever fetched."""

    folder: Path
    own: bool = False

    @cached_property
    def _model(self) -> Any:
        try:
            from faster_whisper import WhisperModel

            folder = weights.checked(self.folder) if self.own else weights.base(self.folder)
            return WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)
        except ImportError as error:
            raise NotRecognised("Recognition is not installed. Install lingting[speech], or empty LINGTING_SPEECH_MODEL.") from error
        except weights.NoModel as error:
            raise NotRecognised(str(error)) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise NotRecognised(f"The speech model in {self.folder} cannot be loaded: {error}. Name a folder of a faster-whisper model.") from error

    def words(self, samples: "Samples", rate: int, language: str) -> list[Word]:
        """Return the words in mono sound; what repeats itself like no person does is left out."""
        samples = _at_16_khz(samples, rate)
        # Voice activity stays on and earlier words are no hint: on silence and noise the model otherwise invents sentences. At temperature 0 the same
        # sound gives the same words, so that a recording brought in twice is known again.
        segments, _ = self._model.transcribe(
            samples, language=language or self._language(samples), beam_size=5, temperature=0.0, vad_filter=True,
            condition_on_previous_text=False, word_timestamps=True,
        )  # fmt: skip
        return [
            Word(word.word, float(word.start), float(word.end), round(float(word.probability), 3))
            for segment in segments
            if segment.compression_ratio <= LOOPS
            for word in segment.words or ()
        ]

    def _language(self, samples: "Samples") -> str:
        _, _, chances = self._model.detect_language(samples)
        known: Mapping[str, float] = dict(chances)
        return max(LANGUAGES, key=lambda language: known.get(language, 0.0))


@dataclass(frozen=True)
class ServerRecogniser:
    """A server that speaks OpenAI's `/audio/transcriptions`; the sound leaves this machine."""

    address: str
    key: str
    model: str

    def words(self, samples: "Samples", rate: int, language: str) -> list[Word]:
        """Return the words that the server gives back, or its segments where it times no words."""
        import httpx

        fields: dict[str, Any] = {"model": self.model, "response_format": "verbose_json", "timestamp_granularities[]": ["word", "segment"]}
        if language:
            fields["language"] = language
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        try:
            answer = httpx.post(
                self.address.rstrip("/") + "/audio/transcriptions", data=fields, headers=headers, timeout=WAITS,
                files={"file": ("sound.wav", _wav(samples, rate), "audio/wav")},
            ).raise_for_status()  # fmt: skip
            return list(_answered(answer.json(), len(samples) / rate))
        except httpx.HTTPStatusError as error:
            raise NotRecognised(f"The speech server {self.address} answered {error.response.status_code}. Check its address, key and model.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotRecognised(f"The speech server {self.address} does not answer ({type(error).__name__}). Check that it runs; then import again.") from error
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            raise NotRecognised(f"The speech server {self.address} answered with what is no transcription. Check that it is OpenAI-compatible.") from error


def _at_16_khz(samples: "Samples", rate: int) -> "Samples":
    """Return sound at the rate that the models take."""
    import soxr

    from lingting.channels.recording.sound import RATE

    heard: Samples = samples if rate == RATE else soxr.resample(samples, rate, RATE)
    return heard


def _wav(samples: "Samples", rate: int) -> bytes:
    import soundfile

    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


def _answered(given: Mapping[str, Any], seconds: float) -> Iterable[Word]:
    """Yield the words of a server's answer; they carry no confidence of their own but their segment's."""
    segments: Sequence[Mapping[str, Any]] = given.get("segments") or ()
    for word in given.get("words") or ():
        start, end = float(word["start"]), float(word["end"])
        chance = next((_chance(segment) for segment in segments if float(segment["start"]) <= start < float(segment["end"])), None)
        yield Word(_spaced(str(word["word"])), start, end, chance)
    if given.get("words"):
        return
    for segment in segments:
        yield Word(_spaced(str(segment["text"])), float(segment["start"]), float(segment["end"]), _chance(segment))
    if not segments and str(given["text"]).strip():
        yield Word(str(given["text"]), 0.0, seconds, None)


def _chance(segment: Mapping[str, Any]) -> float | None:
    logarithm = segment.get("avg_logprob")
    return round(math.exp(min(0.0, float(logarithm))), 3) if logarithm is not None else None


def _spaced(text: str) -> str:
    """Give a word in Latin letters the blank that belongs before it; Chinese has none."""
    bare = text.strip()
    return f" {bare}" if bare[:1].isascii() and bare[:1].isalnum() else bare


def said(words: Sequence[Word]) -> tuple[str, float | None]:
    """Return what words say together, and how sure their recogniser was of them on average, weighed by their length.

    >>> said([Word(" Hello,", 0, 1, 0.9), Word(" sir", 1, 2, 0.5)])
    ('Hello, sir', 0.767)
    >>> said([])
    ('', 0.0)
    """
    text = "".join(word.text for word in words).strip()
    if not text:
        return "", 0.0
    if any(word.confidence is None for word in words):
        return text, None
    lengths = [max(1, len(word.text.strip())) for word in words]
    sure = sum((word.confidence or 0.0) * length for word, length in zip(words, lengths, strict=True))
    return text, round(sure / sum(lengths), 3)
