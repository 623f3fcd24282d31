"""A part of a whole, as the very things counted: of so many, these; a share is shown with both, so that each opens to what it was counted from."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """The numbers of the records that make the whole, and of those that make the part."""

    whole: frozenset[int] = field(default_factory=frozenset)
    part: frozenset[int] = field(default_factory=frozenset)
