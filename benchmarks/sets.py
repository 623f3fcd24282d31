"""Public sets of human conversations, as messages; they are read where they lie and never kept."""

import gzip
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lingting.inspection.transcript import Channel, Role
from lingting.message import Envelope, Message

Talk = list[Message]
STAR_ROLES = {"User": Role.CUSTOMER, "Wizard": Role.AGENT}
CROSSWOZ_ROLES = {"usr": Role.CUSTOMER, "sys": Role.AGENT}
BEGAN = datetime(2020, 3, 2, 1, tzinfo=UTC)
"""CrossWOZ names no times; its dialogues are laid one an hour from here, a message every twenty seconds."""


def star(data: Path) -> Iterator[Talk]:
    """Yield the dialogues of STAR (Mosig et al. 2020), English, with the times at which people typed; in 357 of the 5,322 nobody said anything."""
    with gzip.open(data / "open" / "star" / "dialogues.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            given = json.loads(line)
            envelope = Envelope(source="star", key=str(given["DialogueID"]), channel=Channel.CHAT, language="en")
            said = [
                event for event in given["Events"] if event["Agent"] in STAR_ROLES and event["Action"] in {"utter", "pick_suggestion"} and event.get("Text")
            ]
            if said:
                yield [
                    Message(envelope, str(place), datetime.fromtimestamp(event["UnixTime"], UTC), STAR_ROLES[event["Agent"]], event["Text"])
                    for place, event in enumerate(said)
                ]


def crosswoz(data: Path) -> Iterator[Talk]:
    """Yield the 1,000 dialogues of CrossWOZ's test and validation parts (Zhu et al. 2020), Chinese."""
    number = 0
    for part in ("test", "val"):
        with zipfile.ZipFile(data / "open" / "crosswoz" / f"{part}.json.zip") as archive:
            talks = json.loads(archive.read(archive.namelist()[0]))
        for key, given in talks.items():
            envelope = Envelope(source="crosswoz", key=f"{part}-{key}", channel=Channel.CHAT, language="zh")
            start = BEGAN + timedelta(hours=number)
            number += 1
            yield [
                Message(envelope, str(place), start + timedelta(seconds=20 * place), CROSSWOZ_ROLES[said["role"]], said["content"])
                for place, said in enumerate(given["messages"])
            ]
