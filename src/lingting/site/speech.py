"""Speech (语音): the one who recognises words in recordings, as the settings ask; without Django, so that `lingting inspect` has it too."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lingting.channels.recording.recognise import Recogniser


def recogniser(settings: Mapping[str, Any]) -> "Recogniser | None":
    """Return the recogniser of these settings, or none; its model is loaded when the first recording is read."""
    # Only who brings recordings in pays for loading what decodes them.
    from lingting.channels.recording.recognise import recogniser as chosen

    return chosen(
        model=settings["SPEECH_MODEL"], server=settings["SPEECH_SERVER"], key=settings["SPEECH_SERVER_KEY"],
        server_model=settings["SPEECH_SERVER_MODEL"], home=settings["HOME"].absolute(),
    )  # fmt: skip


def engine(settings: Mapping[str, Any]) -> str:
    """Return how the recogniser of these settings is called where versions are registered: the server's model, or the name of the model's folder."""
    return f"speech-{settings['SPEECH_SERVER_MODEL'] if settings['SPEECH_SERVER'] else Path(settings['SPEECH_MODEL']).name}"
