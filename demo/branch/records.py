"""The branch's registers, as sheets: who works there and who its customers are, and every other record as it stands in records/."""

from pathlib import Path

from demo.branch.data import HERE, read
from demo.registers.sheet import Sheets

SINCE = "06-08 08:00"
TIERS = {"vip": "资产 600 万元以上", "gold": "资产 50 万元以上，或对公结算户", "standard": "其他客户"}


def write(folder: Path) -> None:
    """Write the sheets below a folder."""
    sheets = Sheets()
    for path in sorted((HERE / "records").glob("*.yaml")):
        if path.stem.startswith("10"):
            sheets.fill(path)
            _people(sheets)
            _customers(sheets)
        else:
            sheets.fill(path)
    sheets.write(folder)


def _people(sheets: Sheets) -> None:
    for code, held in read("people").items():
        site = "YX-D" if held.get("desk") == "face-to-face" else "YX-O"
        sheets.put("people.person", held["since"], code=code, name=held["name"], site=site, provider=held.get("provider", ""))
        sheets.put("people.appointed", held["since"], person=code, role=f"R-{'wealth' if held.get('queue') == '客户经理' else held['role']}")


def _customers(sheets: Sheets) -> None:
    for held in read("customers").values():
        name = held.get("organisation", "")
        known = name or held["name"]
        sheets.put("parties.party", SINCE, organisation=name, name=held["name"], category="customer", internal=False)
        for way in ("phone", "email"):
            if way in held:
                sheets.put("parties.reached", SINCE, party=known, way=way, address=held[way])
        sheets.put("parties.tier", SINCE, party=known, tier=held["tier"], criteria=TIERS[held["tier"]], until="2027-05-31")
