"""Comprehension (听懂): whether we asked the customer if all is clear, and what they answered; what says neither is no answer."""

import re

_GRASP = "清楚|明白|懂|理解|了解"
_ASKED = re.compile(
    rf"(?P<doubt>(哪|什么|还有|任何|有没有).{{0,8}}不.{{0,3}}({_GRASP})|(还有|有没有|有)(什么|哪些|其他|别的|任何)?(疑问|疑虑|不懂).{{0,4}}(吗|么|没有|\?)"
    r"|\bany (other |further |more )?doubts\b|\b(anything|something) (else )?(unclear|not clear)\b)"
    rf"|(?P<clear>({_GRASP})(了|没)?(没有|吗|么|没)|清不清楚|明不明白|懂不懂|能(听|看)?({_GRASP})(吗|么)"
    r"|\b(is|are) (that|this|it|everything|all|you)( all| now)? clear\b|\bmakes? (any )?sense\b|\bdo you (follow|understand)\b|\b(all )?clear\?)"
)
"""A question whether something is unclear, or whether all is clear: “no” answers the one and the other differently. Whether there is anything else that
somebody wants to ask is neither: it offers help with another matter."""

_NOTHING = re.compile(rf"没有?(了|什么|哪里|哪儿)?.{{0,3}}(不({_GRASP})|疑问|问题)|没问题|\bno (more )?(questions|doubts|problem)")
_UNCLEAR = re.compile(
    rf"(不|没有?)(是)?(很|太|大|怎么|完全|全|够|听|看|搞|弄|想|说|讲)*({_GRASP})|糊涂|一头雾水|绕晕|蒙了|懵|(再|重新)(说|讲|解释|来)(一)?(遍|次|下)"
    r"|\b(not (really|quite|entirely|sure|clear|yet)|unclear|confus\w*|lost me|don't (understand|follow|get)|do not (understand|follow)|no idea|again please"
    r"|(say|explain) (that|it) again)\b"
)
_CLEAR = re.compile(
    rf"{_GRASP}|晓得|知道了|门儿清|有数了|会了|\b(clear|clearly|clearer|perfect(ly)?|got it|i see|understood|understand|makes sense|it does|all good|crystal)\b"
)
_YES = re.compile(r"^\W*(嗯+|好(的|了|嘞|滴)?|行|可以|是(的)?|对(的)?|ok|okay|yes|yeah|yep|sure|fine)\b|^\W*(嗯+|好(的|了|嘞|滴)?|行|可以|是的?|对的?)(\W|$)")
_NO = re.compile(r"^\W*((暂时|目前|都)?没(有)?(了|啦)?|no|nope|none)(\W|$)")

HINTS = ("清楚", "明白", "懂", "理解", "了解", "疑", "clear", "sense", "understand", "follow", "doubts")
"""In words of ours that hold none of these nobody asked."""


def asked(words: str) -> str:
    """Return how plain words of ours ask whether it is understood: `clear` – is it? – or `doubt` – is anything not? – or not at all.

    >>> asked("这样讲,您听明白了吗?"), asked("还有哪里不清楚吗?"), asked("还有其他问题吗?")
    ('clear', 'doubt', '')
    """
    found = [one.lastgroup or "" for one in _ASKED.finditer(words)]
    return next((group for group in reversed(found) if group), "")


def answered(how: str, words: str) -> bool | None:
    """Tell whether a customer's plain words answer such a question with yes, it is clear, or with no; None where they do neither.

    >>> answered("clear", "嗯,懂了"), answered("clear", "还是不太明白"), answered("clear", "那明天到吗")
    (True, False, None)
    >>> answered("clear", "没有"), answered("doubt", "没有了")
    (False, True)
    """
    if _NOTHING.search(words):
        return True
    if _UNCLEAR.search(words):
        return False
    if _NO.search(words):
        return how == "doubt"
    if _CLEAR.search(words):
        return True
    return True if how == "clear" and _YES.search(words) else None
