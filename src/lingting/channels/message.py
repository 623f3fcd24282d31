"""The message lives in `lingting.message` now."""

from lingting.message import Envelope, Message, Mistake, Person

__all__ = ["Envelope", "Message", "Mistake", "Person"]
