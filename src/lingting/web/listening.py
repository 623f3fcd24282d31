"""What the findings of one conversation together say of the listening (倾听): its level, the customer's mood and stance, good moments; with their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lingting.catalog.intake import read_intakes
from lingting.inspection.finding import Kind
from lingting.inspection.level import Level, level_of
from lingting.inspection.mood import STANCES, mood_of
from lingting.inspection.transcript import Role
from lingting.registers.conversations.models import Found, Said
from lingting.registers.conversations.moods import EXPLAINED
from lingting.registers.conversations.queries import COMPLAINT
from lingting.web.environment import clock

KINDS = {
    Kind.PROMISE: ("承诺", "promise"), Kind.FACT: ("事实", "fact"), Kind.FEELING: ("感受", "feeling"), Kind.BREACH: ("违反", "breach"),
    Kind.PRAISE: ("做得好", "well done"), Kind.ABSTENTION: ("不能判断", "cannot judge"),
}  # fmt: skip
"""What the kinds of finding are called; each has a line of its own under its words, so that colour is not needed."""

PARTS = {
    "hello": ("问好", "a greeting"), "organisation": ("组织名称", "our name"), "pleasure": ("乐意服务", "pleasure to serve"),
    "offer": ("主动提出帮助", "an offer of help"),
    "sorry": ("道歉", "an apology"), "understand": ("理解", "understanding"), "slowly": ("请慢慢说", "asking for calm words"),
    "effort": ("表示尽力", "promise of effort"),
    "departure": ("发车时间", "departure"), "place": ("现在何处", "where it is"), "arrival": ("预计到达", "expected arrival"),
}  # fmt: skip
"""What the parts that may be missing are called; the slots of an intake have their names in the catalog."""

LEVELS = {
    Level.IGNORING: ("忽视的听", "Ignoring", "有问题始终没有得到答复。", "A question never got its answer."),
    Level.PRETENDING: ("假装的听", "Pretending", "应了声，却再问说过的，或只是点头、照念。", "Attention was only shown: things were asked again, or echoed."),
    Level.SELECTIVE: ("选择性的听", "Selective", "有的事处理了，有的事落下了。", "Some of it was taken up, some was dropped."),
    Level.ATTENTIVE: ("全神贯注的听", "Attentive", "没有落下什么，并用自己的话复述了。", "Nothing was dropped, and it was said back in own words."),
    Level.EMPATHIC: ("带同理心的听", "Empathic", "不但听全、复述，还体谅了顾客的感受。", "Heard in full, said back, and the feeling acknowledged."),
}  # fmt: skip
"""The five levels of listening, each with what it rests on."""

REPLIES = {
    "stance.demanding": ("一次给足：他问到的每一样都答，并给依据。", "Give it all at once: answer every part asked for, and say what it rests on."),
    "stance.confused": ("专业而简洁：一次说一步，再问一句是否清楚。", "Professional and brief: one step at a time, then ask whether it is clear."),
    "stance.agitated": ("十二分的耐心：先安抚，让他说完，再说事。", "Patience first: soothe, let them finish, then turn to the matter."),
}  # fmt: skip
"""The reply that fits each stance of the customer's."""

FEELINGS = {
    "abuse.customer": ("辱骂", "abuse"), "feeling.anger": ("生气", "anger"), "stance.agitated": ("激动", "agitated"), "complaint.made": ("抱怨", "a complaint"),
    "feeling.anxiety": ("着急", "anxiety"), "feeling.disappointment": ("失望", "disappointment"), "feeling.confusion": ("困惑", "confusion"),
    "stance.confused": ("困惑", "confusion"), "feeling.relief": ("放心", "relief"), "feeling.joy": ("高兴", "joy"), "praise.given": ("表扬", "praise"),
}  # fmt: skip
"""What the customer's moods are called."""

MISSED = "stance.unmet"
GOOD = ("empathy.shown", "restatement.given", "honesty.shown", "ownership.taken", "question.timely", "promise.kept", "praise.given", "invitation.given")
"""Good moments, those first that say most of the listening."""


def listening(said: Sequence[Said], found: Mapping[int, list[Found]], *, zh: bool) -> dict[str, Any]:
    """Return what the findings together say of the listening: its level, the customer's mood turn by turn, their stance, and good moments."""
    findings = [finding for turn in said for finding in found.get(turn.id, [])]
    felt = [(turn, mood_of(found.get(turn.id, []))) for turn in said if turn.role == Role.CUSTOMER]
    points = [(clock(turn.at), mood[0] if mood else None, _felt(mood[1], zh=zh) if mood else "") for turn, mood in felt]
    slots = {slot.name: (slot.zh, slot.en) for intake in read_intakes() for slot in intake.slots}
    wrong = any(finding.kind == Kind.BREACH for finding in findings)
    good = sorted((finding for finding in findings if finding.norm in GOOD), key=lambda finding: GOOD.index(finding.norm))
    return {
        "ends": _ends(felt, zh=zh), "explained": _explained(findings),
        "level": level_of(findings), "levels": LEVELS, "replies": REPLIES, "points": points if any(mood for _, mood in felt) else [],
        "stances": [finding for finding in findings if finding.norm in STANCES], "missed": [finding for finding in findings if finding.norm == MISSED],
        "wrong_heard": wrong, "kinds": KINDS, "parts": PARTS | slots, "good": [] if wrong else good[:3],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ends:
    """The mood at the beginning and at the end, in words, and how the end lies to the beginning: better, worse or the same."""

    first: str
    last: str
    went: str


def _ends(felt: Sequence[tuple[Said, tuple[int, Found] | None]], *, zh: bool) -> Ends | None:
    """Return the two ends of the customer's mood; nothing where it was heard in fewer than two turns."""
    moods = [mood for _, mood in felt if mood]
    if len(moods) <= 1:
        return None
    (first, began), (last, ended) = moods[0], moods[-1]
    return Ends(_felt(began, zh=zh), _felt(ended, zh=zh), "better" if last > first else "worse" if last < first else "same")


def _explained(findings: Sequence[Found]) -> Found | bool | None:
    """Return the words in which what we do was explained to somebody who complained; False where none were heard, None where nobody complained."""
    if not any(finding.norm == COMPLAINT for finding in findings):
        return None
    return next((finding for finding in findings if finding.norm == EXPLAINED), False)


def _felt(finding: Found, *, zh: bool) -> str:
    """Return a mood's name with the words that show it."""
    named = FEELINGS[finding.norm][0 if zh else 1]
    return f"{named}：“{finding.quote or '▒▒'}”" if zh else f"{named}: “{finding.quote or '▒▒'}”"
