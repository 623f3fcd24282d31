"""What is new in a mail (新写的话): the quoted reply and the signature cut away, as the mail programs of both languages leave them."""

import re

_HEADER_ZH = r"(?:发件人|发送时间|发件时间|收件人|抄送|主题|日期|时间|寄件者|收件者)\s*[:\uff1a]"
_HEADER_EN = r"(?:From|Sent|To|Cc|Subject|Date)\s*:"

# From here on everything is an earlier mail.
CUTS = (
    re.compile(r"^\s*-{3,}\s*(?:原始邮件|原邮件|回复的邮件|转发邮件|Original|Original Message|Forwarded message)\s*-{3,}", re.MULTILINE | re.IGNORECASE),
    re.compile(r"^[ \t]*(?:在|于|On)\s?.{0,20}\d{4}.{0,120}?(?:写道|寫道|wrote)\s*[:\uff1a]\s*$", re.MULTILINE | re.DOTALL),
    re.compile(r"^.{0,80}<[^<>\s]+@[^<>\s]+>\s*(?:于|在)\s?.{0,40}\d{4}.{0,40}写道\s*[:\uff1a]\s*$", re.MULTILINE),
    re.compile(rf"^[ \t>]*_{{5,}}\s*\n[ \t>]*(?:{_HEADER_ZH}|{_HEADER_EN})", re.MULTILINE),
    re.compile(rf"^[ \t>*]*{_HEADER_ZH}.*\n(?:[ \t>*]*(?:{_HEADER_ZH}|{_HEADER_EN}).*\n){{1,5}}", re.MULTILINE),
    re.compile(rf"^[ \t>*]*{_HEADER_EN}.*\n(?:[ \t>*]*(?:{_HEADER_EN}|{_HEADER_ZH}).*\n){{2,5}}", re.MULTILINE),
)
_SIGNATURE = re.compile(r"^-- ?$|^\s*(?:发自我的|来自我的|从我的\S{1,12}发送|Sent from my|Get Outlook for).*$", re.MULTILINE)


def new_words(text: str) -> str:
    r"""Return what a mail adds; where nothing but a quotation is left, all of it is returned.

    >>> new_words("收到,谢谢。\n\n------------------ 原始邮件 ------------------\n发件人: 客服")
    '收到,谢谢。'

    A customer may write of somebody else's writing without quoting a mail.

    >>> new_words("他在群里写道:\n货到了。")
    '他在群里写道:\n货到了。'
    """
    kept = text[:200_000]
    cuts = [match.start() for cut in CUTS if (match := cut.search(kept))]
    if cuts:
        kept = kept[: min(cuts)]
    kept = "\n".join(line for line in kept.split("\n") if not line.lstrip().startswith(">"))
    if signature := _SIGNATURE.search(kept):
        kept = kept[: signature.start()]
    return kept.strip() or text.strip()
