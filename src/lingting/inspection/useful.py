"""Useful (有用): words of ours that tell the customer something, told apart from those that greet, assent, soothe, ask, or ask them to wait (S-TALK-31)."""

import re
from collections.abc import Sequence

from lingting.inspection.backchannels import only_listens
from lingting.inspection.sentences import clauses, is_question, sentences
from lingting.inspection.transcript import Role

SUBSTANCE = 5
"""Letters and figures of what is left, from which words tell something; a house default, shown as ours."""

_EMPTY = re.compile(
    r"您好|你好|^(嗯|哦|好|好的|行|是的|对|收到|明白|了解|知道)(了|的|呢|啊|呀|吧)*$|早上好|上午好|下午好|晚上好|欢迎|很?高兴为您|乐意为您|为您服务|有什么(可以|能)帮|请讲|请说|您说"
    r"|谢谢|感谢|对不起|抱歉|不好意思|让您久等|给您添|久等了|理解您|别(着)?急|(您的)?心情|请?(您)?(稍|等)(等|候|一下|下|会|片刻)|别挂|马上(为您|给您|帮您)?(查|看|处理|转|核实)"
    r"|(我|这边|我们)?(先|来|这就|现在|马上)?(帮|给|替|为)(您|你)?(去)?(查|看|问|核实|确认|记|转|登记|反映|处理)(一下|一查|下|看|了)?(吧|啊|哦|呢)?$"
    r"|^(我|这边|我们)?(先|来|这就|现在|马上|去)?(查|看|问|核实|确认|登记|记录|记)(一下|一查|下|看|了)(吧|啊|哦|呢)?$"
    r"|(说|报|发|念|讲|留|提供|告诉我)(一下|一遍|一声)|(麻烦|请)(您|你)?(再)?(说|报|发|念|留|提供)|记下了$"
    r"|(收悉|知悉|非常重视|宝贵(的)?(意见|建议)|尽快(为您|给您|与您)?(处理|回复|答复|联系|反馈))|(我是|工号)"
    r"|\b(hello|hi|good (morning|afternoon|evening)|welcome|thank(s| you)|sorry|apolog\w+|i understand|no problem|of course|certainly|sure|okay|ok|right|i see"
    r"|(one|a) (moment|minute|second)|hold on|bear with|please (wait|hold)|let me (just )?(check|look|see|find|have a look|ask)"
    r"|i('ll| will) (just )?(check|look|see|ask|find out)"
    r"|how (can|may) i help|happy to help|my name is|speaking|as soon as possible|get back to you)\b"
)
"""What a clause that tells nothing holds: greetings, thanks, apologies, assents, looking up, waiting, and stock phrases of letters."""

_SIGNS = re.compile(r"\W")


def tells(text: str) -> bool:
    """Tell whether a plain turn of ours tells something: a clause that is no question and no such phrase, long enough to say anything.

    >>> [tells(words) for words in ("您好,请问有什么可以帮您?", "好的,我帮您查一下,请稍等。", "送货地址说一下。", "uh-huh.")]
    [False, False, False, False]
    >>> [tells(words) for words in ("您好,您的货今天下午会到。", "let me check. it is in leeds.")]
    [True, True]
    """
    for low, high in sentences(text):
        if is_question(text, low, high):
            continue
        left = [text[start:end] for start, end in clauses(text, low, high) if not _dull(text[start:end])]
        if len(_SIGNS.sub("", "".join(left))) >= SUBSTANCE:
            return True
    return False


def _dull(clause: str) -> bool:
    """Tell whether a clause tells nothing by itself."""
    return only_listens(clause) or _EMPTY.search(clause) is not None


def first_answers(lines: Sequence[tuple[str, str]]) -> tuple[int, int, int | None] | None:
    """Return in which of the turns (who spoke, plain words) the customer asked first, we answered, and first did so usefully; None where nobody answered."""
    asked: int | None = None
    first: int | None = None
    for place, (role, words) in enumerate(lines):
        if role == Role.CUSTOMER:
            asked = place if asked is None else asked
        elif role == Role.AGENT and asked is not None:
            first = place if first is None else first
            if tells(words):
                return asked, first, place
    return (asked, first, None) if asked is not None and first is not None else None
