"""Who works here and who our customers and other parties are."""

from demo.data import read
from demo.registers.sheet import Sheets

BEGIN = "06-01 08:00"
ROLES = {
    "agent": ("热线坐席", "接听并答复顾客，登记反馈，兑现承诺"),
    "supervisor": ("主管", "带班、辅导、放行例外、在坐席受辱后安排休整"),
    "inspector": ("质检员", "按规范检视对话"),
    "quality_manager": ("质量经理", "管理体系的过程、审核和改进"),
    "internal_auditor": ("内审员", "内部审核"),
    "administrator": ("系统管理员", "账号、备份和系统"),
    "trainee": ("学员", "在带教下学习接听"),
}
SITES = {"agent": "LL-H", "supervisor": "LL-H", "inspector": "LL-H", "trainee": "LL-H"}
TIERS = {"vip": "年运费 60 万元以上", "gold": "年运费 20 万元以上", "standard": "其他顾客"}


def put(sheets: Sheets) -> None:
    """Put down people with their roles, customers with their addresses and tiers, and the other parties."""
    _people(sheets)
    _customers(sheets)
    _others(sheets)


def _people(sheets: Sheets) -> None:
    for role, (name, duties) in ROLES.items():
        sheets.put("people.role", "2017-04-01", code=f"R-{role}", name=name, duties=duties, key=role != "trainee", signoff=role == "agent")
    for code, held in read("firm/people").items():
        provider = held.get("provider", "")
        sheets.put("people.person", held["since"], code=code, name=held["name"], site=SITES.get(held["role"], "LL-H"), provider=provider)
        if held["role"] in ROLES:
            sheets.put("people.appointed", held["since"], person=code, role=f"R-{held['role']}")


def _customers(sheets: Sheets) -> None:
    for held in read("firm/customers").values():
        name = held["organisation"]
        sheets.put("parties.party", BEGIN, organisation=name, name=held["names"][0], category="customer", internal=False)
        for way in ("phone", "email"):
            sheets.put("parties.reached", BEGIN, party=name, way=way, address=held[way])
        sheets.put("parties.tier", BEGIN, party=name, tier=held["tier"], criteria=TIERS[held["tier"]], until="2027-05-31")
        _matters(sheets, name, reason="托运货物，付运费", need="货物按约定的时间完好送到", serves="8.2.1 8.5.1", tie="affects affected")
        if "quiet" in held:
            since, until = held["quiet"]
            sheets.put("parties.preference", BEGIN, party=name, about="quiet", words=held["prefers"], quiet_from=since, quiet_until=until)


def _others(sheets: Sheets) -> None:
    texts = read("registers/parties")
    for held in read("firm/parties").values():
        if not isinstance(held, dict):
            continue
        name = held["organisation"]
        sheets.put("parties.party", BEGIN, organisation=name, category=held["category"], internal=bool(held.get("internal")))
        for way in ("phone", "email"):
            if way in held:
                sheets.put("parties.reached", BEGIN, party=name, way=way, address=held[way])
        if not held.get("undecided"):
            _matters(sheets, name, **texts["matters"][name], informal=bool(held.get("informal")))
    for held in texts["further"]:
        sheets.put("parties.party", BEGIN, organisation=held["organisation"], category=held["category"], internal=bool(held.get("internal")))
        _matters(sheets, held["organisation"], **held["matters"])
    for held in texts["considered"]:
        sheets.put("parties.considered", BEGIN, **held)
    sheets.put("parties.reviewed", "06-02 15:00", note="清单逐条看过；工会一项待定")


def _matters(sheets: Sheets, name: str, *, reason: str, need: str, serves: str, tie: str, informal: bool = False, levers: str = "") -> None:
    """Put down why a party is one, that it matters, what it needs and what serves the need."""
    sheets.put("parties.based", BEGIN, party=name, tie=tie, levers=levers, unit="全公司", informal=informal)
    sheets.put("parties.judged", BEGIN, party=name, relevant=True, reason=reason, review="2027-05-31")
    stated = sheets.put("parties.need", BEGIN, party=name, words=need, origin="contract")
    sheets.put("parties.adopted", BEGIN, need=stated, serves=serves)
    sheets.put("parties.indicator", BEGIN, need=stated, code=f"N-{name[:4]}", name="按约定时间做到的比例")
    sheets.put("parties.influence", BEGIN, party=name, influence=4, interest=4, review="2027-05-31")
