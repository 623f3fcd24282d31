"""By what a figure is measured (由什么量出), in one shape: beside figures stands what gave them – detectors, clocks, surveys, devices, registers, people.

A count that opens to its list needs none: the list is what was counted. Whatever is reckoned – a share, a median, an interval – names its sources.
"""

from dataclasses import dataclass

from django.urls import reverse
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from lingting.access.roles import may
from lingting.records.kind import registers


@dataclass(frozen=True, slots=True)
class Source:
    """What measures: in both languages, and the page where more is told of it, with the permission that page needs."""

    zh: str
    en: str
    page: tuple[str, ...] = ()
    permission: str = ""


SOURCES: dict[str, Source] = {
    "ear": Source("检测器听出的，各规范有自己的证书", "what the detectors heard; each norm has its certificate", ("norms",), "norms.read"),
    "clock": Source("记录里的时刻", "the times in the records"),
    "letters": Source("双方说的字数和说话的时间", "the letters of what both said, and the time they spoke"),
    "recogniser": Source(
        "语音识别自报的把握，未与人听的对照", "the recogniser's own word of how sure it is, not held against what people hear",
        ("kind", "instruments", "instrument"), "instruments.read",
    ),
    "raters": Source("听过以后评分的人", "people who listened and rated"),
    "device": Source("登记在册的仪器，各有校准", "instruments in the register, each with its calibration", ("instruments",), "instruments.read"),
    "checks": Source("台账里的记录，按每项检查写明的总体去数", "records of the registers, counted by the population that each check states"),
}  # fmt: skip
"""What can measure, besides the registers: `register:NAME` stands for what people entered there."""


def source(name: str) -> Source:
    """Return a source by its name; KeyError if there is none."""
    if not name.startswith("register:"):
        return SOURCES[name]
    register = registers()[name.removeprefix("register:")]
    return Source(f"台账“{register.text.zh}”里的记录", f"records of the register “{register.text.en}”", ("register", register.name), f"{register.name}.read")


@pass_context
def measured_by(context: Context, *names: str) -> Markup:
    """Return the line that names by what the figures beside it are measured; a source leads to its page where the reader may go there."""
    request = context["request"]
    zh = request.language == "zh-hans"
    joint, said = Markup.escape("；" if zh else "; "), []
    for one in map(source, names):
        words = one.zh if zh else one.en
        go = one.page and may(request.user, one.permission)
        said.append(Markup('<a href="{}">{}</a>').format(reverse(one.page[0], args=one.page[1:]), words) if go else Markup.escape(words))
    return Markup('<p class="measured aside"><span aria-hidden="true">⊢</span> {}{}</p>').format("由什么量出：" if zh else "Measured by: ", joint.join(said))
