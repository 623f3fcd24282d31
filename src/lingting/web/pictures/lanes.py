"""Two lanes (双轨): who spoke when in one conversation – overlaps, silences and holds in speech, the spacing of messages in writing – with what was found.

A long wait is drawn short and says how long it was, so that one hour does not hide one minute. The picture repeats a table that has the same in words.
"""

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from markupsafe import Markup

from lingting.inspection import timing
from lingting.inspection.transcript import Role, Transcript
from lingting.registers.conversations.clarity import UNSURE
from lingting.registers.conversations.models import Found, Said

WIDE, EDGE, HIGH = 960, 56, 108
"""How wide and high it is drawn, and how much room the names of the lanes take."""

LANES = {Role.CUSTOMER: 16, Role.AGENT: 46}
"""How high each lane lies; whoever else speaks is drawn between them."""

THICK = 20
LONGEST = 30.0
"""Seconds that a wait is drawn for at most."""

HATCH = Markup(
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line class="hatch" x1="0" x2="0" y1="0" y2="5"/></pattern></defs>'
)
"""How it is drawn that both spoke."""

PIN = 11
"""Least room between two pins."""

WORD = 18
"""Room that a length of time needs to be written down."""

MINUTE, HOUR, DAY = 60, 3600, 86_400
"""In seconds."""

Say = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Scale:
    """Where moments lie: waits beyond the longest are cut to it."""

    knots: tuple[tuple[float, float], ...]
    whole: float

    def __call__(self, seconds: float) -> float:
        """Return how far from the left a moment is drawn."""
        before, after = self.knots[0], self.knots[-1]
        for one, other in pairwise(self.knots):
            if one[0] <= seconds <= other[0]:
                before, after = one, other
                break
        share = (seconds - before[0]) / (after[0] - before[0]) if after[0] > before[0] else 0.0
        drawn = before[1] + share * (after[1] - before[1])
        return EDGE + (WIDE - EDGE - 8) * max(0.0, min(1.0, drawn / (self.whole or 1)))


def draw(said: Sequence[Said], transcript: Transcript, found: Sequence[Found], *, out: Collection[int], names: dict[str, str], say: Say) -> Markup:
    """Return the picture of a conversation; findings that are `out` count no more, `names` are what kinds are called, `say` chooses between two languages."""
    if not said:
        return Markup("")
    spoken = transcript.channel in timing.SPOKEN and any(one.until for one in said)
    begun = said[0].at
    times = [((one.at - begun).total_seconds(), _until(one, begun)) for one in said]
    scale = _scale(times, spoken=spoken)
    parts = [*_gaps(transcript, times, scale, say), *_turns(said, times, scale), *(_overlaps(transcript, begun, scale, say) if spoken else ())]
    parts += _pins(said, times, scale, found, out, names)
    label = (
        say("谁什么时候说话：斜纹是同时说话，长的等待画短。", "Who spoke when: hatched where both spoke at once; long waits are drawn short.")
        if spoken
        else say("消息的间隔：长的等待画短。", "How messages are spaced; long waits are drawn short.")
    )
    lanes = Markup("").join(
        Markup('<text class="lane" x="0" y="{}">{}</text><line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
            y + 15, say(*words), EDGE, WIDE, y + THICK / 2, y + THICK / 2
        )
        for y, words in ((LANES[Role.CUSTOMER], ("客户", "Customer")), (LANES[Role.AGENT], ("客服", "Agent")))
    )
    return Markup(
        '<figure class="lanes"><div class="scroll"><svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}{}{}</svg></div>'
        "<figcaption>{}</figcaption></figure>"
    ).format(WIDE, HIGH, HATCH, lanes, Markup("").join(parts), label)


def _until(one: Said, begun: datetime) -> float:
    return ((one.until or one.at) - begun).total_seconds()


def _scale(times: Sequence[tuple[float, float]], *, spoken: bool) -> Scale:
    """Return the scale: seconds as they are in speech, waits cut short; in writing the logarithm of the minutes between messages."""
    knots, drawn, end = [(times[0][0], 0.0)], 0.0, times[0][0]
    for start, until in times:
        if start > end:
            drawn += min(start - end, LONGEST) if spoken else 1 + math.log2(1 + (start - end) / 60)
            knots.append((start, drawn))
            end = start
        if until > end:
            drawn += until - end
            knots.append((until, drawn))
            end = until
    if not spoken:
        drawn += 1
        knots.append((end + 60, drawn))
    return Scale(tuple(knots), drawn)


def _turns(said: Sequence[Said], times: Sequence[tuple[float, float]], scale: Scale) -> Iterator[Markup]:
    for one, (start, until) in zip(said, times, strict=True):
        role = Role.SYSTEM if one.automatic else Role(one.role)
        x, y = scale(start), LANES.get(role, 31)
        width = max(scale(until) - x, 7.0 if until <= start else 2.0)
        unsure = one.confidence is not None and one.confidence < UNSURE
        kind = f"turn {role}{' unsure' if unsure else ''}{'' if one.text else ' silent'}"
        yield Markup('<a href="#said-{}" tabindex="-1"><rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="{}" rx="3"/></a>').format(
            one.id, kind, x, y, width, THICK
        )


def _gaps(transcript: Transcript, times: Sequence[tuple[float, float]], scale: Scale, say: Say) -> Iterator[Markup]:
    """Yield silences and holds as bands that say how long they were."""
    spoken = transcript.channel in timing.SPOKEN
    for silence in timing.silences(transcript) if spoken else ():
        yield _band("silence", scale(times[silence.after][1]), scale(times[silence.before][0]), say("静默", "silence"), silence.seconds, say)
    for hold in timing.holds(transcript) if spoken else ():
        if hold.seconds is not None:
            start = times[hold.turn][0]
            yield _band("hold", scale(start), scale(start + hold.seconds), say("保持", "hold"), hold.seconds, say)
    for (_, end), (start, _) in pairwise(times) if not spoken else ():
        if start - end >= HOUR:
            yield _band("wait", scale(end) + 7, scale(start), "", start - end, say)


def _band(kind: str, start: float, end: float, name: str, seconds: float, say: Say) -> Markup:
    told = f"{name} {length(seconds, say)}".strip()
    words = Markup('<text class="length" x="{:.1f}" y="11" text-anchor="middle">{}</text>').format((start + end) / 2, told) if end - start > WORD else ""
    return Markup('<rect class="{}" x="{:.1f}" y="14" width="{:.1f}" height="54"/>{}').format(kind, start, max(end - start, 1.0), words)


def length(seconds: float, say: Say) -> str:
    """Return a length of time in words.

    >>> length(95, lambda zh, en: en), length(7300, lambda zh, en: zh)
    ('1 min 35 s', '2 小时 1 分')
    """
    whole = round(seconds)
    if whole < MINUTE:
        return say(f"{whole} 秒", f"{whole} s")
    minutes, rest = divmod(whole, MINUTE)
    if whole < HOUR:
        return say(f"{minutes} 分 {rest} 秒", f"{minutes} min {rest} s")
    hours, minutes = divmod(minutes, 60)
    return say(f"{hours} 小时 {minutes} 分", f"{hours} h {minutes} min") if whole < 2 * DAY else say(f"{whole // DAY} 天", f"{whole // DAY} days")


def _overlaps(transcript: Transcript, begun: datetime, scale: Scale, say: Say) -> Iterator[Markup]:
    for overlap in timing.overlaps(transcript):
        at = transcript.turns[overlap.turn].at
        if at is not None:
            start = (at - begun).total_seconds()
            x, end = scale(start), scale(start + overlap.seconds)
            title = say(f"同时说话 {overlap.seconds:.1f} 秒", f"both spoke for {overlap.seconds:.1f} s")
            yield Markup('<rect class="overlap" fill="url(#hatch)" x="{:.1f}" y="14" width="{:.1f}" height="54"><title>{}</title></rect>').format(
                x, max(end - x, 2.0), title
            )


def _pins(said: Sequence[Said], times: Sequence[tuple[float, float]], scale: Scale, found: Sequence[Found], out: Collection[int],
          names: dict[str, str]) -> Iterator[Markup]:  # fmt: skip
    """Yield a pin below the lanes for each finding; each kind has a shape of its own, so that colour is not needed."""
    places = {one.id: (span, one) for one, span in zip(said, times, strict=True)}
    last = 0.0
    for one in sorted(found, key=lambda one: (one.at, one.said_id, one.start)):
        if one.said_id in places:
            (start, until), turn = places[one.said_id]
            share = one.start / max(len(turn.text or ""), 1)
            x = max(scale(start + share * (until - start)) + 3, last + PIN)
            last = x
            yield Markup('<a href="#found-{}" tabindex="-1" class="pin {}"><line x1="{x:.1f}" x2="{x:.1f}" y1="68" y2="80"/>{}<title>{}</title></a>').format(
                one.id,
                f"{one.kind}{' out' if one.pk in out else ''}",
                _shape(str(one.kind), x),
                f"{names.get(str(one.kind), one.kind)}：{one.quote or '▒▒'}",
                x=x,
            )


def _shape(kind: str, x: float) -> Markup:
    y, r = 86, 5
    points = {
        "feeling": f"{x:.1f},{y - r} {x + r:.1f},{y + r} {x - r:.1f},{y + r}",
        "praise": f"{x:.1f},{y - r - 1} {x + r + 1:.1f},{y} {x:.1f},{y + r + 1} {x - r - 1:.1f},{y}",
    }
    if kind in points:
        return Markup('<polygon points="{}"/>').format(points[kind])
    if kind == "breach":
        return Markup('<rect x="{:.1f}" y="{}" width="10" height="10"/>').format(x - r, y - r)
    return Markup('<circle cx="{:.1f}" cy="{}" r="{}"/>').format(x, y, r if kind == "promise" else 3)
