"""提示 Hints before something goes out: what its author may want to mend first. A hint is no verdict; whoever writes decides, and may send it as it is."""

from collections.abc import Callable, Iterator, Mapping

from lingting.inspection.engine import inspect
from lingting.inspection.transcript import Role, Transcript, Turn
from lingting.records.kind import Kind
from lingting.records.values import Wrong
from lingting.site.worker import pack

POLITE = ("您", "请", "谢", "please", "thank", "sorry", "抱歉", "麻烦")
"""Words one of which a courteous answer holds."""

MANNER = "internal.manner"


def _answered(given: Mapping[str, str]) -> Iterator[Wrong]:
    """Yield what an internal answer lacks of courtesy, a reason and a record, and what in it is servile or cold (S-INT-09, S-INT-10)."""
    words = given.get("words", "").strip()
    if not words:
        return
    if not any(word in words.lower() for word in POLITE):
        yield Wrong("words", "有礼：加一个“您”“请”或“谢谢”，再发出。", "Courteous: add a please or a thank-you.")
    for quote in _manner(words):
        yield Wrong("words", f"不卑不亢不弃：“{quote}”换一句说，再发出。", f"Neither servile nor cold: say “{quote}” in other words.")
    if not given.get("reason", "").strip():
        yield Wrong("reason", "有理：写明理由。", "Reasoned: say why.")
    if not given.get("evidence", "").strip():
        yield Wrong("evidence", "有据：写明是哪条记录。", "Evidenced: name the record that shows it.")


def _manner(words: str) -> list[str]:
    """Return the words of an answer that a colleague would take amiss, by the norm that hears talks among colleagues."""
    asked, told = Turn(Role.OTHER, "请求"), Turn(Role.OTHER, words)
    return [one.quote for one in inspect(Transcript((asked, told)), pack()) if one.norm == MANNER]


HINTS: Mapping[str, Callable[[Mapping[str, str]], Iterator[Wrong]]] = {"agreements.answered": _answered}
"""Who hints at what, by the kind of record that goes out to somebody."""


def hints(kind: Kind, given: Mapping[str, str], *, anyway: bool) -> tuple[Wrong, ...]:
    """Return what the author of a record may want to mend before it goes out; nothing where they send it as it is."""
    hint = HINTS.get(kind.label)
    return () if anyway or hint is None else tuple(hint(given))
