"""成长 Growth: the course – lessons in five modules, each with what to avoid, what to do instead, and why."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from lingting.catalog import lesson as course
from lingting.catalog import trace
from lingting.web.pages.page import Request, page, render


@require_GET
@page("today.read")
def growth(request: Request) -> HttpResponse:
    """List the lessons, module by module."""
    modules = [(course.MODULES[module], list(lessons)) for module, lessons in groupby(course.read(), key=lambda one: one.module)]
    return render(request, "growth.html", modules=modules, count=len(course.read()))


@require_GET
@page("today.read")
def lesson(request: Request, lesson_id: str) -> HttpResponse:
    """Show one lesson, and the lessons before and after it."""
    lessons = course.read()
    place = next((place for place, one in enumerate(lessons) if one.id == lesson_id), None)
    if place is None:
        raise Http404
    row = lessons[place]
    items = {item.id: item for group in trace.read() for item in group.items}
    return render(
        request, "lesson.html", row=row, module=course.MODULES[row.module], items=[items[id] for id in row.teaches],
        before=lessons[place - 1] if place else None, after=lessons[place + 1] if place + 1 < len(lessons) else None,
    )  # fmt: skip
