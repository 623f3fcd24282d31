"""Asking the model: once for the same question (a cache), within a budget, and with a line in the log for whatever leaves the house."""

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from lingting.catalog.norm import Norm
from lingting.inspection.transcript import Transcript
from lingting.judge.question import Judged, asked, masks, taken

log = logging.getLogger(__name__)

PATIENCE = 120.0
"""Seconds to wait for an answer."""


class NoAnswer(RuntimeError):
    """The model gave no answer; the sentence says why and what to do. Nothing was found or lost."""


class BudgetSpent(NoAnswer):
    """The day's budget of characters is spent; raise LINGTING_JUDGE_BUDGET, or go on tomorrow."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A model at an address. `home` keeps its answers and what left the house; `budget` is in characters a day. A `fresh` one is asked again."""

    server: str
    model: str
    key: str
    budget: int
    home: Path
    fresh: bool = False

    def judge(self, transcript: Transcript, norm: Norm, *, at: datetime) -> Judged:
        """Return the findings that the model proposes and the conversation bears out."""
        masked = masks(transcript)
        request = asked(transcript, masked, norm, self.model)
        kept = self.home / "answers" / f"{_name(request)}.json"
        if kept.exists() and not self.fresh:
            return taken(kept.read_text(encoding="utf-8"), transcript, masked, norm, self.model)
        answer = self._ask(request, sum(len(one.personal) for one in masked), norm, at)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(answer, encoding="utf-8")
        return taken(answer, transcript, masked, norm, self.model)

    def _ask(self, request: dict[str, Any], hidden: int, norm: Norm, at: datetime) -> str:
        length = sum(len(message["content"]) for message in request["messages"])
        leaving = self.home / f"left-{at:%Y-%m-%d}.jsonl"
        if self._spent(leaving) + length > self.budget:
            house = urlsplit(self.server).hostname
            raise BudgetSpent(f"The {self.budget} characters a day for {house} are spent; raise LINGTING_JUDGE_BUDGET, or go on tomorrow.")
        line = {"at": at.isoformat(), "to": self.server, "model": self.model, "norm": norm.id, "characters": length, "masked": hidden}
        leaving.parent.mkdir(parents=True, exist_ok=True)
        with leaving.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        log.warning("%s characters of a conversation leave for %s (%s), %s pieces of personal data masked", length, self.server, norm.id, hidden)
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        try:
            answer = httpx.post(f"{self.server.rstrip('/')}/chat/completions", json=request, headers=headers, timeout=PATIENCE)
            answer.raise_for_status()
            return str(answer.json()["choices"][0]["message"]["content"])
        except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
            raise NoAnswer(f"{self.server} gave no answer that can be read ({type(error).__name__}); check the address, the key and the model.") from error

    @staticmethod
    def _spent(leaving: Path) -> int:
        if not leaving.exists():
            return 0
        return sum(int(json.loads(line)["characters"]) for line in leaving.read_text(encoding="utf-8").splitlines() if line)


def _name(request: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(request, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
