"""The doors (入口): what leads where in the navigation, as a table; a door opens on the first of its screens that the reader may see."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from lingting.access.models import Account
from lingting.access.roles import may
from lingting.records.kind import registers


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen behind a door: the name of its address, what it is called, the permission it needs; `under` are other addresses that belong to it."""

    name: str
    zh: str
    en: str
    permission: str
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Door:
    """A door of the navigation with its screens; registers stand behind the door that their description names."""

    name: str
    zh: str
    en: str
    screens: tuple[Screen, ...] = ()


DOORS = (
    Door("today", "今日", "Today", (Screen("today", "今日", "Today", "today.read"),)),
    Door("conversations", "对话", "Conversations", (
        Screen("conversations", "对话", "Conversations", "conversations.read"),
        Screen("desk", "坐席台", "Desk", "conversations.write"),
        Screen("wall", "预警墙", "Wall of warnings", "surroundings.write"),
        Screen("norms", "规范", "Norms", "norms.read"),
    )),
    Door("cases", "个案与承诺", "Cases & promises", (
        Screen("promises", "承诺", "Promises", "promises.read"),
        Screen("complaints", "投诉", "Complaints", "complaints.read"),
        Screen("changes", "订单更改", "Order changes", "orders.read"),
    )),
    Door("parties", "客户与相关方", "Parties", (
        Screen("parties", "相关方", "Interested parties", "parties.read", under=("/needs/",)),
        Screen("property", "顾客财产", "Customers' property", "property.read"),
        Screen("contingencies", "应急", "Contingencies", "contingencies.read"),
        Screen("information", "信息台账", "Information", "offerings.read"),
        Screen("agreements", "内部协议", "Internal agreements", "agreements.read"),
    )),
    Door("resources", "供方与测量", "Resources", (
        Screen("providers", "外部供方", "Providers", "suppliers.read"),
        Screen("instruments", "仪器与校准", "Instruments", "instruments.read"),
    )),
    Door("clauses", "条款", "Clauses", (
        Screen("clauses", "条款地图", "Clause map", "clauses.read", under=("/checks/",)),
        Screen("audits", "审核", "Audits", "audits.read"),
        Screen("improvements", "改进", "Improvements", "improvements.read", under=("/actions/",)),
        Screen("library", "文件与记录", "Documents & records", "documents.read"),
        Screen("requirements", "要求项", "Requirement items", "clauses.read"),
        Screen("transition", "换版到 2026", "Moving to 2026", "clauses.read"),
        Screen("book", "账本", "The book", "book.verify"),
    )),
    Door("growth", "成长", "Growth", (Screen("growth", "成长", "Growth", "today.read"),)),
    Door("settings", "设置", "Settings", (Screen("settings", "设置", "Settings", "settings.read"),)),
)  # fmt: skip
"""The eight doors in their order, each with its screens."""


@dataclass(frozen=True, slots=True)
class Way:
    """A line of the navigation: what it is called, where it leads, whether the reader is there (the page itself, or behind it), and what lies behind."""

    zh: str
    en: str
    name: str
    anchor: str = ""
    here: str = ""
    behind: list["Way"] = field(default_factory=list)


def ways(request: HttpRequest, account: Account) -> list[Way]:
    """Return the doors that a reader may open; the one behind which the page stands shows its screens."""
    open_door, open_screen = _here(request.path)
    return [way for door in DOORS if (way := _way(door, account, request.path, open_door, open_screen))]


def _way(door: Door, account: Account, path: str, open_door: str, open_screen: str) -> Way | None:
    screens = [screen for screen in door.screens if may(account, screen.permission)]
    shelves = any(one.text.door == door.name and may(account, f"{one.name}.read") for one in registers().values())
    if not screens and not shelves:
        return None
    shown = [Way(one.zh, one.en, one.name, here=_mark(one.name, open_screen, path)) for one in screens]
    if shelves:
        shown.append(Way("台账", "Registers", "registers", anchor=door.name, here=_mark("registers", open_screen, path)))
    here = "true" if door.name == open_door else ""
    if here and len(shown) == 1:
        here = shown[0].here or "true"
    first = shown[0]
    return Way(door.zh, door.en, first.name, first.anchor, here, shown if here and len(shown) > 1 else [])


def _mark(name: str, open_screen: str, path: str) -> str:
    if name != open_screen:
        return ""
    return "page" if path == reverse(name) else "true"


def _here(path: str) -> tuple[str, str]:
    """Return the door and the screen to which an address belongs: the longest of theirs that it begins with; a register is behind its own door."""
    parts = path.strip("/").split("/")
    if parts[0] == "registers":
        register = registers().get(parts[1]) if len(parts) > 1 else None
        return (register.text.door if register else ""), "registers"
    found = [(len(start), door.name, screen.name) for door, screen, start in _starts() if path == start or path.startswith(f"{start.rstrip('/')}/")]
    return max(found)[1:] if found else ("", "")


def _starts() -> Iterator[tuple[Door, Screen, str]]:
    for door in DOORS:
        for screen in door.screens:
            for start in (reverse(screen.name), *screen.under):
                yield door, screen, start
