"""vCons that nobody here wrote, and those that we write."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from tests.channels.test_bad_input import ZONE

from lingting.channels.read import read
from lingting.channels.table.jsonl import conversation
from lingting.channels.vcon.read import messages
from lingting.channels.vcon.write import to_vcon
from lingting.message import Mistake

TALK = {
    "id": "LL-1", "channel": "phone", "subject": "查单", "customer": {"name": "林女士", "phone": "19900000327"},
    "messages": [
        {"id": "1", "at": "2026-07-20T10:00:00.2+08:00", "until": "2026-07-20T10:00:03+08:00", "role": "agent", "speaker": "林知夏", "text": "您好"},
        {"id": "2", "at": "2026-07-20T10:00:05+08:00", "role": "customer", "text": "查单"},
    ],
}  # fmt: skip


@pytest.mark.data
def test_the_vcons_of_the_public_collection_are_read_or_refused_with_a_sentence(data: Path) -> None:
    """Some are encrypted, or hold a recording and no words; each of those says why."""
    files = list((data / "open" / "standards" / "vcon").rglob("*.vcon*")) or list((data / "open" / "standards" / "vcon").rglob("*.json"))
    assert len(files) > 100
    for path in files:
        for item in read(path, ours=(), zone=ZONE):
            if isinstance(item, Mistake):
                assert item.wrong
                assert item.remedy


def test_what_we_write_is_read_back_as_it_was() -> None:
    written = to_vcon(conversation(TALK, zone=ZONE), created=datetime(2026, 7, 21, tzinfo=UTC))
    again = [item for item in messages(json.loads(json.dumps(written)), name="x") if not isinstance(item, Mistake)]
    assert [(one.text, one.role.value, one.at.isoformat(), one.key) for one in again] == [
        ("您好", "agent", "2026-07-20T10:00:00.200000+08:00", "1"), ("查单", "customer", "2026-07-20T10:00:05+08:00", "2"),
    ]  # fmt: skip
    assert (again[0].envelope.subject, again[0].envelope.customer.phone) == ("查单", "19900000327")


@pytest.mark.data
def test_what_we_write_passes_the_schema_of_the_draft(data: Path) -> None:
    schema = json.loads((data / "open" / "standards" / "vcon" / "ietf-core" / "vcon_json_schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(to_vcon(conversation(TALK, zone=ZONE), created=datetime(2026, 7, 21, tzinfo=UTC)), schema)
