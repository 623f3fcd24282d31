"""Known slips (已知差错) in a single text: the wrong verb, letters for digits, broken characters; pure, each with the words it stands in."""

import re
from collections.abc import Iterator

_VERBS = (
    # 保持 is for documents, 保留 for records (4.4.2); "documented information" is both and may follow either.
    re.compile(r"保持(?:(?!保留|文件|[。；;，,\n]).){0,12}记录"),
    re.compile(r"保留(?:(?!保持|记录|成文|[。；;，,\n]).){0,12}(?:文件(?!化)|程序|作业指导书|手册)"),
    re.compile(r"\bmaintain(?:s|ed|ing)?\b(?:(?!retain|document|[.;,\n]).){0,30}\brecords?\b", re.IGNORECASE),
    re.compile(r"\bretain(?:s|ed|ing)?\b(?:(?!maintain|record|documented|[.;,\n]).){0,30}\b(?:documents?|procedures?|manuals?)\b", re.IGNORECASE),
)
_LETTERS = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Z]{2,}0[A-Z]*(?=\s\d{4})|[A-Z]{2,}0[A-Z]+)(?![A-Za-z0-9])|\d[lO]\d")
_GARBLED = re.compile(r"[\ufffd\ue000-\uf8ff]+|锟斤拷|烫烫烫|(?:Ã.|â€.){1,}|&(?:nbsp|amp|lt|gt|quot);")
_UNFULFILLED = re.compile(r"(?:如果?|若|凡|尚)[^。；;，,\n]{0,8}为(?:考虑|规定|确定|经|按|完成|通知|告知|登记|批准)")

AROUND = 12


def slips(text: str) -> Iterator[tuple[str, str]]:
    """Yield the known slips of a text: the sort, and the words with some around them.

    >>> [slip for slip, _ in slips("应保留作业指导书；应保持培训记录。")]
    ['verb', 'verb']
    >>> list(slips("保持文件，保留记录；保留成文信息，作为文件实施的证据。"))
    []
    """
    for pattern in _VERBS:
        yield from (("verb", _quote(text, match)) for match in pattern.finditer(text))
    for slip, pattern in (("garbled", _GARBLED), ("letter", _LETTERS), ("homophone", _UNFULFILLED)):
        yield from ((slip, _quote(text, match)) for match in pattern.finditer(text))


def _quote(text: str, match: re.Match[str]) -> str:
    return " ".join(text[max(0, match.start() - AROUND) : match.end() + AROUND].split())
