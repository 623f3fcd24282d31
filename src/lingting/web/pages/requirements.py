"""要求项 Requirement items: every item of the source documents with the places where it is shown, and what is openly missing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.urls import resolve, reverse
from django.views.decorators.http import require_GET

from lingting import catalog
from lingting.access.models import Account
from lingting.access.roles import may
from lingting.catalog import lesson, trace
from lingting.catalog.model import Text
from lingting.catalog.trace import Demand, Place
from lingting.conformity import iso9001_2015  # noqa: F401  # binds the checks
from lingting.conformity.check import CHECKS
from lingting.records.kind import kinds
from lingting.web.pages.page import Request, page, render

STATES: dict[str, tuple[str, str, str]] = {
    "shown": ("●", "有显示之处", "Shown"),
    "partly": ("◔", "显示了一部分", "Shown in part"),
    "open": ("◌", "还没有显示", "Not shown yet"),
}
"""How an item stands, with shape and word in both languages; an item shown in part has places and still lacks something."""

KINDS = {"C": ("计算", "computed"), "R": ("记录", "record"), "W": ("流程", "work"), "K": ("知识", "lesson")}
"""What the kinds of items are called."""

SHAPES = {"norm": ("规范", "Norm"), "check": ("检查", "Check"), "record": ("记录", "Record"), "page": ("页面", "Page"), "lesson": ("课", "Lesson")}
"""What the shapes of a place are called."""

PAGES: dict[str, tuple[str, str, str]] = {
    "activation": ("contingencies", "应急启动页", "An activation's page"),
    "agreement": ("agreements", "内部服务协议页", "An internal agreement's page"),
    "audit": ("audits", "审核页", "An audit's page"),
    "book": ("book", "账本", "The book"),
    "clause": ("clauses", "条款页", "A clause's page"),
    "clauses": ("clauses", "条款地图", "Clause map"),
    "complaint-figures": ("complaint-figures", "投诉的数", "Figures of complaints"),
    "complaint-upstream": ("complaints", "投诉“往上游追”页", "A complaint's page Upstream"),
    "conversation": ("conversations", "对话页", "A conversation's page"),
    "desk": ("desk", "坐席台", "The agent's desk"),
    "evidence": ("clauses", "证据页", "The evidence of a check"),
    "growth": ("growth", "成长", "Growth"),
    "improvements": ("improvements", "改进", "Improvements"),
    "listening-figures": ("listening-figures", "听得怎样的数", "Figures of listening"),
    "norm": ("norms", "规范页", "A norm's page"),
    "norms": ("norms", "规范", "Norms"),
    "parties-review": ("parties", "相关方评审", "Review of parties"),
    "party": ("parties", "相关方页", "A party's page"),
    "party-figures": ("party-figures", "顾客的数", "Figures of customers"),
    "people-figures": ("people-figures", "热情和年资", "Enthusiasm and tenure"),
    "promises": ("promises", "个案与承诺", "Cases & promises"),
    "provider": ("providers", "供方页", "A provider's page"),
    "today": ("today", "今日", "Today"),
    "wall": ("wall", "预警墙", "The wall of warnings"),
    "transition": ("transition", "换版到 2026", "Moving to 2026"),
}
"""Where a page that an item names is reached – a page about one thing by the list of such things – and what it is called."""

LISTED = {"conversations", "improvements", "parties", "promises"}
"""Registers with a page of their own; it shows the records whose kind is not described as data."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as the page shows it: its shape, its code, its words; without a route the reader may not go there."""

    shape: str
    code: str
    text: Text
    route: tuple[str, ...]
    anchor: str
    answered: bool


@require_GET
@page("clauses.read")
def requirements(request: Request) -> HttpResponse:
    """List the requirement items by document; `?group=` narrows to one, `?state=` to how items stand."""
    group, state = request.GET.get("group", ""), request.GET.get("state", "")
    groups = trace.read()
    if group not in {"", *(one.group for one in groups)} or state not in {"", *STATES}:
        raise Http404
    chosen = [one for one in groups if group in ("", one.group)]
    standing = {item.id: stands(item) for one in chosen for item in one.items}
    tables = [(one, [(item, standing[item.id], places(item, request.user)) for item in one.items if state in ("", standing[item.id])]) for one in chosen]
    return render(
        request, "requirements.html", tables=[table for table in tables if table[1]], groups=groups, group=group, state=state, kinds=KINDS, shapes=SHAPES,
        item_states=STATES, counts=Counter(standing.values()),
    )  # fmt: skip


def stands(item: Demand) -> str:
    """Tell how an item stands today: a check that no register answers shows nothing."""
    if not any(_answered(place) for place in item.places):
        return "open"
    return "partly" if item.gaps else "shown"


def places(item: Demand, account: Account) -> list[Shown]:
    """Return the places of an item, each with its route where the reader may go there."""
    return [_shown(place, account) for place in item.places]


def _answered(place: Place) -> bool:
    return place.shape != "check" or place.name in CHECKS


def _shown(place: Place, account: Account) -> Shown:
    named = NAMED[place.shape](place.name)
    return Shown(place.shape, place.name, named.text, named.route if may(account, named.permission) else (), named.anchor, _answered(place))


class Named(NamedTuple):
    """The words of a place, the permission that seeing it needs, and how it is reached."""

    text: Text
    permission: str
    route: tuple[str, ...]
    anchor: str = ""


@cache
def _norm(name: str) -> Named:
    norm = next(norm for norm in catalog.read_norms() if norm.id == name)
    return Named(Text(zh=norm.zh, en=norm.en), "norms.read", ("norm", name))


def _check(name: str) -> Named:
    words = catalog.read().checks[name]
    if name in CHECKS:
        return Named(words, "clauses.read", ("evidence", name, "scope"))
    return Named(words, "clauses.read", ("clause", name.rpartition("-")[0]), f"#{name}")


def _record(name: str) -> Named:
    register, _, kind = name.partition(".")
    if name in kinds():
        return Named(kinds()[name].text, f"{register}.read", ("kind", register, kind))
    return Named(Text(zh=name, en=name), f"{register}.read", (register,) if register in LISTED else ("register", register))


@cache
def _page(name: str) -> Named:
    target, zh, en = PAGES[name]
    return Named(Text(zh=zh, en=en), resolve(reverse(target)).func.permission, (target,))  # type: ignore[attr-defined]  # set by page()


@cache
def _lesson(name: str) -> Named:
    return Named(next(one for one in lesson.read() if one.id == name).title, "today.read", ("lesson", name))


NAMED: dict[str, Callable[[str], Named]] = {"norm": _norm, "check": _check, "record": _record, "page": _page, "lesson": _lesson}
"""How each shape of a place finds its words and its way."""
