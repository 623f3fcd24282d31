"""Addresses (地址): down to a house, a flat or a postcode; a province, a city or a district alone is no one's address."""

import re
from collections.abc import Iterator

from lingting.inspection.personal.kinds import Kind, Personal

_HAN = "\u3400-\u9fff"
_NUMBER = "[0-9a-z一二三四五六七八九十百]"
_UNIT = (
    rf"{_NUMBER}{{1,6}}(?:-[0-9]{{1,4}})?(?:号院|号楼|号|弄|栋|幢|座|单元|组|室|层|楼|房|铺|档|门)"
    r"(?!线|口|机|车|上班|前|左右|以|到|之|晚|早|下午|上午)"
)
_ROAD = (
    r"(?:大道|大街|胡同|街道|路|街|道|巷|弄"
    r"|(?<![这那哪家店屋车房城心手箱袋包])里|村|屯|小区|花园|家园|新村|社区|公寓|大厦|广场|中心|苑|园|城|镇|乡|庄|区|墅|府|湾)"
)
_ZH_PRECISE = re.compile(
    rf"[{_HAN}0-9a-z]{{0,30}}?[{_HAN}]{_ROAD}(?:[东南西北中]{{0,2}}(?:段|侧)?)[ ,]?[甲乙丙丁]?(?:{_UNIT})"
    rf"(?:[ ,]?[{_HAN}a-z]{{0,12}}?[ ,]?{_UNIT}){{0,5}}(?:[{_HAN}]{{2,8}}(?:店|大厦|公寓|小区|花园|广场|学校|医院))?"
    r"(?:[ -]?[0-9]{3,4}(?![0-9元块米年月天个件]))?"
)
_ZH_VILLAGE = re.compile(rf"[{_HAN}]{{2,12}}?(?:市|区|县|旗|州)[{_HAN}]{{1,8}}?(?:镇|乡|街道)[{_HAN}]{{1,8}}?(?:村|屯|社区)(?:{_UNIT}){{0,3}}")
_ZH_CUED = re.compile(
    r"(?:(?:收货|收件|家庭|联系|寄件|邮寄|配送|送货|取件|居住|详细|新)地址|地址(?=[是为:改]))(?:是|为|改为|改成|改到|换成|:)? ?"
    rf"(?P<value>(?![{_HAN}]{{0,20}}(?:号码|知道|[吗呢哪的]|同一))[{_HAN}0-9a-z\- ]{{0,40}}?[路街巷村镇乡园苑厦楼座栋区县市][{_HAN}0-9a-z\-]{{0,20}}?)"
    rf"(?=$|[,。;!?\n]| [{_HAN}]|1[3-9][0-9]{{9}})"
)
_ZH_LEAD = re.compile(
    r"(?:住在|家住|现住|居住在?|住|寄到|送到|发到|改到|改成|改为|换成|搬到|寄往|地址是|地址为|地址|位于|我家在?|[在到是至往给了的去请您我你她他们]|公司|客户|快递|麻烦)"
)
_CAP = r"(?:[A-Z]|(?![\x00-\x7f])[^\W\d_\u2e80-\uffff])[\w'’.\-]{0,30}"
_STREET = (
    r"(?:[Ss]treets?|[Ss]t|[Aa]venue|[Aa]ve|[Rr]oad|[Rr]d|[Ll]ane|[Ll]n|[Dd]rive|Dr|[Cc]ourt|Ct|[Bb]oulevard|[Bb]lvd|Way|[Pp]lace|Pl|Squares?|Sq|Terrace|Crescent"
    r"|Parade|Highway|Hwy|Parkway|Pkwy|Close|Grove|Gardens|Mews|Hill|Row|Walk|Quay|Esplanade|Circle|Cir|Trail|Union|str)\b\.?"
)
_SUFFIXED = r"\w{2,30}(?:strasse|straße|gasse|weg|allee|platz|gatan|vägen|vegen|veien|vej|gade|gata|katu|tie|kuja|tänav|straat|laan|plein|utca)"
_PREFIXED = r"(?:[Rr]ue|[Vv]ia|[Vv]iale|[Cc]alle|C/|[Aa]venida|[Rr]ua|[Pp]laza|[Pp]iazza|[Uu]l\.|[Uu]lica|Avinguda|Carrer)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_FLAT = r"(?:,?\s{1,3}(?:Suite|Apt\.?|Apartment|Unit|Flat|Floor|Room|Bldg\.?|#)\s?#?\w{1,6})"
_TOWN = rf"(?:,?\s{{1,5}},?\s?{_CAP}(?: {_CAP}){{0,3}}){{0,3}}"
_ZIP = r"(?:,?\s{1,5}(?:[A-Z]{2}\s)?(?:[0-9]{5}(?:-[0-9]{4})?|[A-Z]{1,2}[0-9][A-Z0-9]?\s[0-9][A-Z]{2}|[A-Z][0-9][A-Z]\s[0-9][A-Z][0-9])(?!\w))"
_REST = rf"{_FLAT}{{0,2}}(?:{_TOWN}{_ZIP}|(?:, ?{_CAP}(?: {_CAP}){{0,3}}(?!:)){{1,2}})?"
_EN = (
    re.compile(
        rf"(?<![\w.])(?:[0-9]{{1,6}}[A-Za-z]?,?\s){{1,2}}(?:[NSEW]\.?\s)?(?:(?:{_CAP}|[0-9]{{1,3}}(?:st|nd|rd|th)|de|la|of|the)\s){{1,4}}?{_STREET}{_REST}"
    ),
    re.compile(rf"(?<![\w.])(?:[0-9]{{1,6}}\s)?(?:{_CAP}\s){{0,2}}(?i:{_SUFFIXED})\s[0-9]{{1,5}}[a-zA-Z]?(?![\w:]){_REST}"),
    re.compile(rf"(?<!\w)(?:[0-9]{{1,6}},?\s)?{_PREFIXED}\s(?:(?:{_CAP}|d[aeio]|del|dos|las?|los|dell[ao]|der)\s?){{1,5}},?\s?[0-9]{{1,5}}(?![\w:]){_REST}"),
    re.compile(rf"(?<![\w.])[0-9]{{1,6}}(?:\s{_CAP}){{1,4}}(?:\s[0-9]{{1,5}})?{_FLAT}{_REST}"),
    re.compile(rf"(?<![\w.])[0-9]{{1,6}}\s(?!{_MONTH})(?:{_CAP}\s){{1,4}}[0-9]{{1,5}}(?![\w:]){_REST}"),
    re.compile(r"\b(?:P\.?\s?O\.?\s?Box|PSC|Unit|CMR)\s[0-9]{1,6}(?:,?\sBox\s[0-9]{1,6})?(?:\s{1,3}(?:APO|FPO|DPO)\s[A-Z]{2}\s[0-9]{5})?"),
    re.compile(rf"(?i:\bthe corner of) (?:[\w.'’\-]{{1,30}} ){{1,5}}and (?:[0-9]{{1,5}} )?{_CAP}(?: {_CAP}){{0,3}}"),
    re.compile(
        r"(?<![\w.])[0-9]{1,6} (?!the |a |in |on |of |minutes? |hours? |lanes? |cars? )[a-z]{3,20} "
        r"(?:(?!the |in |on |of )[a-z]{3,20} )?(?:street|avenue|road|lane|boulevard)\b"
    ),
    re.compile(r"\bUSNV?S?\s\w+\s{1,3}(?:APO|FPO|DPO)\s[A-Z]{2}\s[0-9]{5}"),
    re.compile(r"(?<!\w)(?:Suite|Apt\.?|Apartment|Flat)\s#?[0-9]{1,5}[A-Za-z]?(?!\w)"),
    re.compile(
        r"(?<!\w)(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])\s[0-9]{5}(?:-[0-9]{4})?(?!\w)"
    ),
    re.compile(r"(?<!\w)[A-Z]{1,2}[0-9][A-Z0-9]?\s[0-9][A-Z]{2}(?!\w)"),
)
_EN_LIKELY = re.compile(r"[0-9][A-Za-z]{0,2},?\s{1,3}[^\W\d_]|[\w.,]\s{1,3}[0-9]{1,5}(?![\w\-:])|[A-Z][0-9]|[Bb]ox|corner of")
"""Most turns with a number hold no address; one look tells."""
_EN_CUED = re.compile(
    r"(?i:\b(?:address(?:\sis|:)|live[sd]?\s(?:at|on)|sent?\sto|office\sis\sat|return\sto|meet\sme\sat))\s{1,3}(?P<value>[0-9]{1,6}\s[^\n,;?!]{4,60}|[^\W\d_][^\n,;?!.]{2,40}\s[0-9]{1,5}\b(?!:))"
)


def chinese_addresses(text: str) -> Iterator[Personal]:
    """Yield addresses in a plain text: a road, estate or village with a number after it."""
    for form in (_ZH_PRECISE, _ZH_VILLAGE):
        for match in form.finditer(text):
            start = _after_lead(match)
            yield Personal(start, match.end(), Kind.ADDRESS, sure=bool(re.search(r"[路街道巷弄村]|栋|幢|单元|室", text[start : match.end()])))
    for match in _ZH_CUED.finditer(text):
        yield Personal(_after_lead(match, "value"), match.end("value"), Kind.ADDRESS, sure=False)


def _after_lead(match: re.Match[str], group: str | int = 0) -> int:
    """Return where the address itself begins after words like 我住在; they are looked for before the first name of a place ends."""
    head = re.search(r"[省市区县路街道巷镇乡村]|$", match[group])
    reach = match.start(group) + (head.start() if head else 0)
    leads = list(_ZH_LEAD.finditer(match.string, match.start(group), reach))
    return leads[-1].end() if leads else match.start(group)


def latin_addresses(text: str) -> Iterator[Personal]:
    """Yield addresses in a raw text in English or with European street names."""
    if not _EN_LIKELY.search(text):
        return
    for form in _EN:
        for match in form.finditer(text):
            yield Personal(*match.span(), Kind.ADDRESS, sure=form is _EN[0])
    for match in _EN_CUED.finditer(text):
        yield Personal(*match.span("value"), Kind.ADDRESS, sure=False)
