"""What a digital calibration certificate says (数字校准证书), as plain values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """What was calibrated; `serials` are its numbers as manufacturer, customer and laboratory give them."""

    name: str
    maker: str
    model: str
    serials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a quantity: values in `unit`, as the certificate writes it in D-SI; what it does not say is None.

    `found` is true where it was measured before adjustment.
    """

    found: bool
    unit: str
    reference: Decimal | None
    indicated: Decimal | None
    error: Decimal | None
    limit: Decimal | None
    uncertainty: Decimal | None


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that holds: who signed, and whether somebody whom the house trusts vouches for him."""

    signer: str
    trusted: bool


@dataclass(frozen=True, slots=True)
class Dcc:
    """A certificate: its number, the laboratory, what was calibrated when and with which standards, and what came out.

    `statement` is "pass", "fail" or "" where none is made; `checked` tells whether it was held against its schema; `digest` is the file's SHA-256.
    """

    digest: str
    version: str
    number: str
    laboratory: str
    items: tuple[Item, ...]
    performed: date
    standards: tuple[str, ...]
    statement: str
    again: date | None
    points: tuple[Point, ...]
    signature: Signature | None
    checked: bool
