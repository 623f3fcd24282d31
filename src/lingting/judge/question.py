"""What a language model is asked about a conversation, and what its answer is worth: pure, masked before it leaves, checked when it comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from lingting.catalog.norm import Norm
from lingting.inspection.finding import Finding, Kind, Span, quoted
from lingting.inspection.personal import Masked, mask_turns, unmasked_span
from lingting.inspection.transcript import Role, Transcript

VERSION = 1
"""Of the question; another way to ask is another instrument."""

_SYSTEM = (
    "You listen to one service conversation and look for one thing only. Quote the exact words, copied letter for letter from one turn, in which it stands. "
    "If it is not there, return no findings. Say nothing about anybody's character or, for staff, feelings."
)
_NAMES = {Role.AGENT: "Agent", Role.CUSTOMER: "Customer", Role.SYSTEM: "System", Role.OTHER: "Other"}


class Proposed(BaseModel):
    """One proposal: the number of the turn, and its words."""

    model_config = ConfigDict(extra="forbid")

    turn: int
    quote: str


class Answer(BaseModel):
    """What a model may answer: proposals, and nothing else."""

    model_config = ConfigDict(extra="forbid")

    findings: list[Proposed]


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings whose words stand in the conversation, and how many proposals were thrown away because theirs do not."""

    findings: tuple[Finding, ...]
    discarded: int


def instrument(model: str) -> str:
    """Return the name of the instrument that a model with this question is."""
    return f"judge-{model}/{VERSION}"


def masks(transcript: Transcript) -> tuple[Masked, ...]:
    """Return the turns without their personal data: what leaves the house is only this."""
    return mask_turns([turn.text for turn in transcript.turns], language=transcript.language)


def asked(transcript: Transcript, masked: Sequence[Masked], norm: Norm, model: str) -> dict[str, Any]:
    """Return the request: the norm in words with examples, the turns numbered from 0, and the only shape that an answer may have."""
    turns = "\n".join(f"{place} {_NAMES[turn.role]}: {one.text}" for place, (turn, one) in enumerate(zip(transcript.turns, masked, strict=True)))
    examples = "\n".join(f"- {sample.text}" for sample in norm.flags[:3])
    other = "\n".join(f"- {sample.text}" for sample in norm.passes[:3])
    told = f"{norm.zh}\n{norm.en}\n\nIt stands here, in ⟦ ⟧:\n{examples}\n\nIt does not stand here:\n{other}\n\nThe conversation:\n{turns}"
    shape = {"type": "json_schema", "json_schema": {"name": "findings", "strict": True, "schema": Answer.model_json_schema()}}
    return {
        "model": model, "temperature": 0, "response_format": shape,
        "messages": [{"role": "system", "content": _SYSTEM}, {"role": "user", "content": told}],
    }  # fmt: skip


def taken(answer: str, transcript: Transcript, masked: Sequence[Masked], norm: Norm, model: str) -> Judged:
    """Return what an answer is worth: a proposal counts if its words stand in the turn it names; an answer of another shape is worth nothing."""
    try:
        proposals = Answer.model_validate_json(answer).findings
    except ValidationError:
        return Judged((), 1)
    findings = [finding for proposal in proposals if (finding := _finding(proposal, transcript, masked, norm, model))]
    return Judged(tuple(findings), len(proposals) - len(findings))


def _finding(proposal: Proposed, transcript: Transcript, masked: Sequence[Masked], norm: Norm, model: str) -> Finding | None:
    if not 0 <= proposal.turn < len(masked) or not proposal.quote.strip():
        return None
    turn = masked[proposal.turn]
    place = turn.text.find(proposal.quote)
    if place < 0:
        return None
    span = Span(proposal.turn, *unmasked_span(turn, place, place + len(proposal.quote)))
    return Finding(norm.id, norm.version, instrument(model), Kind(norm.kind), span, quoted(transcript, span))
