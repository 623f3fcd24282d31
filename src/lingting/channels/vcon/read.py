"""Reading vCons: unsigned, or signed (the signature is verified); encrypted ones are refused, for nobody has given us their key."""

import base64
import email
import email.policy
import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from lingting.channels.table.values import BadValue, key_of, moment, words
from lingting.inspection.transcript import Channel, Role
from lingting.message import Envelope, Message, Mistake, Person

_UTC = ZoneInfo("UTC")

LARGEST = 100 * 1024 * 1024
"""Bytes in one vCon; recordings belong beside it, under a hash."""

ROLES = {
    "customer": Role.CUSTOMER, "contact": Role.CUSTOMER, "caller": Role.CUSTOMER, "client": Role.CUSTOMER, "user": Role.CUSTOMER,
    "agent": Role.AGENT, "operator": Role.AGENT, "representative": Role.AGENT, "supervisor": Role.AGENT, "expert": Role.AGENT,
    "bot": Role.SYSTEM, "system": Role.SYSTEM, "ivr": Role.SYSTEM,
}  # fmt: skip
"""Roles as vCons in the wild name them; the contact-centre extension's are among them. Anybody else is OTHER: a guess would blame the wrong person."""


def read_vcon(path: Path) -> Iterator[Message | Mistake]:
    """Yield the messages of one vCon file."""
    if path.stat().st_size > LARGEST:
        yield Mistake(str(path), "", "The vCon is larger than 100 MB.", "Keep recordings outside, named by url and content_hash.")
        return
    try:
        given = json.loads(path.read_bytes().decode("utf-8-sig"))
        if not isinstance(given, dict):
            raise BadValue("A vCon is one JSON object.")  # noqa: TRY301  # one place turns it into a sentence
        yield from messages(_opened(given), name=path.name)
    except UnicodeDecodeError:
        yield Mistake(str(path), "", "The file is not UTF-8.", "Export the vCon again.")
    except json.JSONDecodeError as error:
        yield Mistake(str(path), f"line {error.lineno}", f"This is not JSON: {error.msg}.", "Check that the file was not cut off.")
    except (BadValue, RecursionError) as error:
        yield Mistake(str(path), "", str(error) or "The file is nested too deeply.", "See docs/formats.md for what a vCon needs.")


def _opened(given: dict[str, Any]) -> dict[str, Any]:
    """Return the vCon inside its form: as it is, or out of a signature that holds."""
    if "ciphertext" in given or "recipients" in given:
        raise BadValue("The vCon is encrypted; it cannot be read without its recipient's key. Ask the sender for an unencrypted or signed one.")
    if "payload" not in given:
        return given
    signed: Any = given
    signatures = given.get("signatures") or [given]
    chain = (signatures[0].get("header") or {}).get("x5c") if isinstance(signatures[0], dict) else None
    if not chain:
        raise BadValue("The vCon is signed, but names no certificate (x5c) to verify it with.")
    try:
        pem = "-----BEGIN CERTIFICATE-----\n" + chain[0] + "\n-----END CERTIFICATE-----\n"
        key = RSAKey.import_key(_public_key(pem))
        proven = jws.deserialize_json(signed, key, registry=_registry())
        opened = json.loads(proven.payload)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise BadValue(
            f"The vCon's signature does not hold ({type(error).__name__}): it was changed after signing, or not signed with the key it names."
        ) from error
    if not isinstance(opened, dict):
        raise BadValue("What was signed is no vCon.")
    return opened


def _registry() -> jws.JWSRegistry:
    """Return the algorithms allowed, with room for the certificates that a vCon's header carries."""
    registry = jws.JWSRegistry(algorithms=["RS256", "RS384", "RS512", "PS256"], strict_check_header=False)
    registry.max_header_length = 100_000
    registry.max_payload_length = LARGEST
    return registry


def _public_key(pem: str) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    certificate = x509.load_pem_x509_certificate(pem.encode())
    return certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def messages(vcon: Mapping[str, Any], *, name: str) -> list[Message]:
    """Return what was said in a vCon: its text dialogs, and the transcripts of the others; BadValue says what is wrong with it."""
    parties = [party if isinstance(party, dict) else {} for party in _list(vcon, "parties")]
    dialogs = [dialog for dialog in _list(vcon, "dialog") if isinstance(dialog, dict)]
    if not dialogs:
        raise BadValue("The vCon holds no dialog: nothing was said in it.")
    envelope = _envelope(vcon, parties, dialogs, name)
    read = [message for place, dialog in enumerate(dialogs) for message in _dialog(envelope, vcon, parties, dialog, place)]
    if not read:
        raise BadValue("No dialog of the vCon has words: there is neither text nor a transcript.")
    return read


def _list(vcon: Mapping[str, Any], name: str) -> list[Any]:
    value = vcon.get(name) or []
    if not isinstance(value, list):
        raise BadValue(f"“{name}” must be a list.")
    return value


def _envelope(vcon: Mapping[str, Any], parties: list[dict[str, Any]], dialogs: list[dict[str, Any]], name: str) -> Envelope:
    spoken = any(dialog.get("type") == "recording" for dialog in dialogs)
    mail = not spoken and any("multipart" in str(dialog.get("mediatype", "")) for dialog in dialogs)
    customer = next((party for party in parties if _role(party) is Role.CUSTOMER), {})
    language = next((analysis.get("body", {}).get("detected_language", "") for analysis in _list(vcon, "analysis")
                     if isinstance(analysis, dict) and isinstance(analysis.get("body"), dict)), "")  # fmt: skip
    return Envelope(
        source="vcon", key=words(vcon.get("uuid"), what="uuid")[:255] or name[:255],
        channel=Channel.PHONE if spoken else Channel.MAIL if mail else Channel.CHAT,
        customer=Person(
            name=words(customer.get("name"), what="name")[:300], phone=words(customer.get("tel"), what="tel")[:60],
            email=words(customer.get("mailto"), what="mailto")[:300].removeprefix("mailto:"),
        ),
        subject=words(vcon.get("subject"), what="subject"), language=words(language, what="language")[:10],
    )  # fmt: skip


def _role(party: Mapping[str, Any]) -> Role:
    meta = party.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    named = str(party.get("role") or meta.get("role") or "").lower()
    return ROLES.get(named, Role.OTHER)


def _dialog(envelope: Envelope, vcon: Mapping[str, Any], parties: list[dict[str, Any]], dialog: Mapping[str, Any], place: int) -> list[Message]:
    at = moment(dialog.get("start") or vcon.get("created_at"), what=f"dialog {place + 1}: start", zone=_UTC)
    speaker = _speaker(parties, dialog)
    text = _text(dialog) if dialog.get("type") == "text" else ""
    role = _role(speaker)
    if not text:
        text, role = _transcript(vcon, place), Role.OTHER
    if not text and dialog.get("type") in {"recording", "incomplete", "transfer"}:
        text, role = f"[{dialog['type']}]", Role.SYSTEM
    if not text:
        return []
    until = at + timedelta(seconds=_seconds(dialog)) if _seconds(dialog) else None
    key = words(dialog.get("message_id"), what="message_id")[:255] or key_of(envelope.key, place, at.isoformat(), text)
    return [Message(envelope, key, at, role, text, words(speaker.get("name"), what="name")[:300], until)]


def _speaker(parties: list[dict[str, Any]], dialog: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return who speaks: the originator if named, else the first of the dialog's parties."""
    named = dialog.get("originator", dialog.get("parties"))
    while isinstance(named, list):
        named = named[0] if named else None
    return parties[named] if isinstance(named, int) and 0 <= named < len(parties) else {}


def _seconds(dialog: Mapping[str, Any]) -> float:
    length = dialog.get("duration")
    return float(length) if isinstance(length, int | float) and 0 < length < 86_400 * 7 else 0.0


def _text(dialog: Mapping[str, Any]) -> str:
    body = dialog.get("body")
    if not isinstance(body, str):
        return ""
    if dialog.get("encoding") == "base64url":
        try:
            body = base64.urlsafe_b64decode(body + "==").decode("utf-8", "replace")
        except ValueError as error:
            raise BadValue("A dialog's body is not base64url, as its encoding says.") from error
    media = str(dialog.get("mediatype") or dialog.get("mimetype") or "")
    if media.startswith("multipart"):
        mail = email.message_from_string(f"Content-Type: {media}\n\n{body}", policy=email.policy.default)
        part = mail.get_body(("plain",))
        body = part.get_content() if part else ""
    return words(body, what="body").strip()


def _transcript(vcon: Mapping[str, Any], place: int) -> str:
    """Return the transcript that an analysis gives of a dialog."""
    for analysis in _list(vcon, "analysis"):
        if isinstance(analysis, dict) and str(analysis.get("type")) in {"transcript", "transcript-redacted"} and analysis.get("dialog") in (place, [place]):
            body = analysis.get("body")
            if isinstance(body, str) and body.lstrip().startswith("{"):
                try:
                    body = json.loads(body)
                except json.JSONDecodeError:
                    return words(body, what="transcript").strip()
            if isinstance(body, dict):
                body = body.get("transcript") or body.get("text") or ""
            return words(body, what="transcript").strip() if isinstance(body, str) else ""
    return ""
