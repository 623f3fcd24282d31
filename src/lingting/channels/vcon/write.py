"""Writing vCons: one conversation in the current draft, complete enough to pass its schema."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lingting.inspection.transcript import Role
from lingting.message import Message

_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 9562, Appendix A: URLs


def to_vcon(messages: Sequence[Message], *, created: datetime) -> dict[str, Any]:
    """Return one conversation as an unsigned vCon; its uuid is the conversation's if that is one, else made from its name."""
    envelope = messages[0].envelope
    speakers = list(dict.fromkeys((message.role, message.speaker) for message in messages))
    customer = envelope.customer
    parties = []
    for role, name in speakers:
        party: dict[str, Any] = {"role": role.value}
        if name or (role is Role.CUSTOMER and customer.name):
            party["name"] = name or customer.name
        if role is Role.CUSTOMER:
            party |= {key: value for key, value in (("tel", customer.phone), ("mailto", customer.email)) if value}
        parties.append(party)
    vcon: dict[str, Any] = {"uuid": _uuid(envelope.key), "created_at": created.isoformat(), "parties": parties, "dialog": []}
    if envelope.subject:
        vcon["subject"] = envelope.subject
    for message in messages:
        dialog: dict[str, Any] = {
            "type": "text", "start": message.at.isoformat(), "parties": [speakers.index((message.role, message.speaker))],
            "mediatype": "text/plain", "body": message.text, "encoding": "none", "message_id": message.key,
        }  # fmt: skip
        if message.until:
            dialog["duration"] = (message.until - message.at).total_seconds()
        vcon["dialog"].append(dialog)
    return vcon


def _uuid(key: str) -> str:
    try:
        return str(uuid.UUID(key))
    except ValueError:
        return str(uuid.uuid5(_NAMESPACE, f"lingting:{key}"))
