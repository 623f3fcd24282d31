"""Listening sounds (应答语): words that say "I hear you" and take nobody's turn, and words of danger that may cut anybody short."""

import re

BACKCHANNELS = (
    "嗯", "唔", "哦", "噢", "喔", "啊", "哎", "唉", "诶", "欸", "呃", "对", "对的", "对啊", "是", "是的", "是啊", "是吗", "好", "好的", "好吧", "好嘞",
    "行", "行的", "可以", "没错", "明白", "明白了", "我明白", "我明白了", "了解", "了解了", "知道了", "我知道了", "理解", "我理解", "我懂", "懂了",
    "清楚", "清楚了", "收到", "没问题", "这样啊", "这样子", "原来如此", "您说", "您请说", "请说", "您继续", "请继续",
    "mm", "mhm", "mm-hmm", "hmm", "uh", "uh-huh", "uhuh", "um", "oh", "ah", "yeah", "yes", "yep", "yup", "ok", "okay", "right", "sure", "true",
    "i see", "got it", "of course", "exactly", "absolutely", "alright", "all right", "i know", "i understand", "understood", "go on", "go ahead",
    "really", "good", "great", "no problem", "that's right",
)  # fmt: skip
"""What listeners say while another speaks, in both languages; a house table, for the source gives none."""

DANGER = (
    r"小心|当心|危险(?!品|货|化|物|运)|着火|起火|失火|火警|火灾|爆炸|漏气|漏电|触电|中毒|窒息|别动|不要动|不要碰|别碰|快(?:离开|走|跑|撤)|(?:赶紧|马上|立刻)(?:离开|撤|开窗)|千万(?:别|不要)|别点火|关(?:掉|闭)?(?:总)?(?:阀|电源|煤气)"
    r"|报警|急救|救护车|打(?:110|119|120)"
    r"|\b(?:danger|dangerous|careful|watch out|fire|explosion|gas leak|evacuate|ambulance|emergency|911|999|112)\b"
    r"|\b(?:do not|don't) (?:touch|move)\b|\b(?:get|move) (?:out|away)\b|\bturn off the (?:gas|power)\b"
)
"""Words that warn of danger: nobody who says them interrupts."""

_ONE = "|".join(re.escape(words) for words in sorted(BACKCHANNELS, key=len, reverse=True))
# Possessive, so that a long run of listening sounds is read once and never tried in another way.
_ONLY = re.compile(rf"[^\w]*+(?:(?:{_ONE})(?![a-z'])[^\w]*+)++")
_DANGER = re.compile(DANGER)


def only_listens(text: str) -> bool:
    """Tell whether a plain text says no more than that its speaker listens.

    >>> only_listens("嗯嗯,好的,我明白了。"), only_listens("好的,我帮您查一下。"), only_listens("uh-huh, right."), only_listens("rightly")
    (True, False, True, False)
    """
    return _ONLY.fullmatch(text) is not None


def warns(text: str) -> bool:
    """Tell whether a plain text warns of danger.

    >>> warns("先生您先别碰那根电线"), warns("这是危险品吗")
    (True, False)
    """
    return _DANGER.search(text) is not None
