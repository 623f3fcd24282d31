"""All registers of the firm, in the order in which one part uses what another wrote."""

from pathlib import Path

from demo.registers import belongings, crew, house, instruments, measuring, ordering, people, providers, reviewing, satisfaction
from demo.registers.sheet import Sheets

RECORDS = Path(__file__).parent / "records"
PARTS = (
    people.put, providers.put, instruments.put, measuring.put, ordering.put, belongings.put, crew.put, house.put, satisfaction.put, reviewing.put,
)  # fmt: skip


def write(folder: Path) -> None:
    """Write the sheets of all registers below a folder."""
    sheets = Sheets()
    for part in PARTS:
        part(sheets)
    for path in sorted(RECORDS.glob("*.yaml")):
        sheets.fill(path)
    sheets.write(folder)
