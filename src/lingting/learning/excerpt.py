"""An excerpt (片段): the words that a small model judges, with what was said before them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Earlier:
    """A turn that came before; the role is the transcript's (`customer`, `agent`) or empty where nobody knows it."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One turn's words and the turns before it, the oldest first."""

    text: str
    before: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """An excerpt that a person has reviewed: which conversation it is from, what they called it, and who they are."""

    excerpt: Excerpt
    conversation: str
    label: str
    reviewed_by: str
