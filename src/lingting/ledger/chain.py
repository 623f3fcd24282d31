"""The chain (链): digests of rows, entries and blocks, as pure functions that a notebook can recompute.

A row is committed to in two steps, so that its personal words can be erased without breaking anything: the *seal* is a salted digest of the
personal columns, the row's digest covers the public columns and the seal. An entry covers the rows of one act, a block the entries of one moment.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Plain: TypeAlias = str | int

GENESIS = bytes(32)


def plain(value: object) -> Plain | None:
    r"""Return a column's value in the one form that digests are made of; it is also the form in which SQLite keeps it.

    >>> plain(datetime(2026, 7, 21, 10, 12, tzinfo=UTC)), plain(True), plain(b"\x0f")
    ('2026-07-21 10:12:00', 1, '0f')
    """
    if value is None or type(value) is str or type(value) is int:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"a record holds words, whole numbers, times and bytes, not {type(value).__name__}")


def canonical(columns: Mapping[str, object]) -> bytes:
    """Return the bytes a digest is made of; an empty column is left out, so that a column added later changes no old digest."""
    kept = {name: form for name, value in columns.items() if (form := plain(value)) is not None}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogateescape")


def seal(salt: bytes, personal: Mapping[str, object]) -> bytes:
    """Return the salted digest of a row's personal columns; once the salt is gone nobody can guess the words from it."""
    return hashlib.sha256(salt + canonical(personal)).digest()


def row_digest(kind: str, public: Mapping[str, object], sealed: bytes) -> bytes:
    """Return the digest of one row of a record table."""
    return hashlib.sha256(kind.encode() + b"\0" + sealed + canonical(public)).digest()


def entry_digest(rows: Iterable[bytes]) -> bytes:
    """Return the digest of one act, made of the digests of its rows in order."""
    return hashlib.sha256(b"".join(rows)).digest()


def leaf(entry: Mapping[str, object]) -> bytes:
    """Return the Merkle leaf of an entry (the 0x00 prefix keeps leaves and nodes apart, as in RFC 6962 §2.1)."""
    return hashlib.sha256(b"\0" + canonical(entry)).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaves; an odd one at the end is carried up as it is.

    >>> merkle_root([b"a"]) == b"a", merkle_root([b"a", b"b"]) == merkle_root([b"b", b"a"])
    (True, False)
    """
    level = list(leaves) or [GENESIS]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        odd = level[-1:] if len(level) % 2 else []
        level = [hashlib.sha256(b"\1" + left + right).digest() for left, right in pairs] + odd
    return level[0]


@dataclass(frozen=True, slots=True)
class Header:
    """What a block's hash covers: its place, its entries (`first` to `last`, `count` of them), their root, and the block before."""

    height: int
    first: int
    last: int
    count: int
    root: bytes
    previous: bytes
    sealed: datetime

    @property
    def hash(self) -> bytes:
        """Return the hash that the next block will name."""
        columns = {name: getattr(self, name) for name in self.__slots__}
        return hashlib.sha256(canonical(columns)).digest()


def sign(key: Ed25519PrivateKey, header: Header) -> bytes:
    """Return the Ed25519 signature over a block's hash."""
    return key.sign(header.hash)


def signed_by(key: Ed25519PublicKey, header: Header, signature: bytes) -> bool:
    """Tell whether the signature is the key's over this very header."""
    try:
        key.verify(signature, header.hash)
    except InvalidSignature:
        return False
    return True
