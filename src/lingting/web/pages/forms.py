"""Forms (表单) of described kinds: the columns as fields, what was typed into them, and what is wrong with it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from lingting.access import closed
from lingting.access.own import oneself
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import AT, Column, Kind, kinds
from lingting.records.values import Wrong, name_of
from lingting.records.write import Refused, write
from lingting.site.clock import now
from lingting.web.pages.page import Request

TO_CHOOSE_FROM = 200
"""Records that a form offers to choose from; of more, the code or number is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A column in a form: what was typed, what may be chosen, what is wrong with it, and what is suggested where anything may be typed.

    Args:
        column: the column.
        given: what was typed, or is filled in.
        offered: what may be chosen, by number.
        wrong: what is wrong with what was typed.
        suggested: what is suggested where anything may be typed.
        doer: of a column that names who did it and that nobody filled in: `me` where the reader stands in it, `nobody` where their account names no person.
    """

    column: Column
    given: str
    offered: list[tuple[str, str]]
    wrong: Wrong | None
    suggested: Sequence[tuple[str, str]] = ()
    doer: str = ""

    @property
    def chosen(self) -> set[str]:
        """Return the words that are ticked."""
        return set(self.given.split())


def asked_for(request: Request, kind: Kind, given: Mapping[str, str], wrong: tuple[Wrong, ...] = (), *, fixed: Collection[str] = ()) -> list[Asked]:
    """Return the columns of a kind as the fields of a form, but for those that are fixed already."""
    at_fault = {one.column: one for one in reversed(wrong)}
    columns = [column for column in (*kind.columns, AT) if column.name not in fixed]
    asked = [Asked(column, given.get(column.name, ""), _offered(request, column), at_fault.get(column.name)) for column in columns]
    return [_done_by_me(request, one) if one.column.text.doer and one.column.name not in given else one for one in asked]


def _done_by_me(request: Request, one: Asked) -> Asked:
    """Fill in whoever is signed in; it stands there to be read and changed. An account that names nobody fills in nothing."""
    me = oneself(request.user)
    if me is None:
        return replace(one, doer="nobody")
    return replace(one, given=str(me.pk) if one.offered else me.code, doer="me")


def _offered(request: Request, column: Column) -> list[tuple[str, str]]:
    if column.shape != "reference":
        return []
    rows, target = column.target.objects.as_of(Moment(now())), kinds().get(column.target._meta.label_lower)
    about = target.about.name if target and target.about else ""
    if about:
        rows = rows.select_related(about)
    found = list((closed.open_to(rows, target, request.user) if target else rows).order_by("-at")[: TO_CHOOSE_FROM + 1])
    return told_apart(found, about) if len(found) <= TO_CHOOSE_FROM else []


def told_apart(rows: Sequence[Record], about: str = "") -> list[tuple[str, str]]:
    """Return records by number with what they are called; those called the same are told apart by a name of their own, what they are about, or their number."""
    called = [name_of(row) for row in rows]
    for own in (_own_name, lambda row: _name_about(row, about), lambda row: str(row.id)):
        times = Counter(called)
        more = [own(row) if times[words] > 1 else "" for words, row in zip(called, rows, strict=True)]
        called = [f"{words} · {one}" if one and one not in words else words for words, one in zip(called, more, strict=True)]
    return [(str(row.id), words) for row, words in zip(rows, called, strict=True)]


def _own_name(row: Record) -> str:
    return str(getattr(row, "name", "") or "")


def _name_about(row: Record, about: str) -> str:
    other = getattr(row, about) if about else None
    return name_of(other) if other is not None else ""


def write_step(request: Request, kind: Kind, fixed: Mapping[str, object]) -> tuple[dict[str, str], tuple[Wrong, ...]]:
    """Write down what was typed into a form of a kind, with the columns that the page fixes; return what was typed and what is wrong with it."""
    given = {column.name: " ".join(request.POST.getlist(column.name)) for column in (*kind.columns, AT)} | {name: str(value) for name, value in fixed.items()}
    try:
        write(kind, given, by=request.user.pk, now=now(), zone=settings.LINGTING["ZONE"])
    except Refused as refused:
        return given, refused.wrong
    return given, ()
