"""The sheets of the firm's registers: the same bytes every time, whatever order Python keeps sets in."""

import os
import subprocess
import sys
from pathlib import Path

from demo.registers.sheet import Sheets

ROOT = Path(__file__).parents[2]


def test_the_files_are_the_same_every_time(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        subprocess.run([sys.executable, "-m", "demo", str(tmp_path / seed)], cwd=ROOT, check=True, env=os.environ | {"PYTHONHASHSEED": seed})
    first, second = ({str(path.relative_to(tmp_path / seed)): path.read_bytes() for path in (tmp_path / seed).rglob("*.*")} for seed in ("1", "2"))
    assert len(first) > 100
    assert first == second


def test_rows_without_a_code_are_told_apart_by_their_time() -> None:
    sheets = Sheets()
    names = [sheets.put("property.told", "07-01 09:00", item="PR-001", way=way) for way in ("短信", "电话")]
    assert names == ["PR-001 @ 2026-07-01T09:00+08:00", "PR-001 @ 2026-07-01T09:01+08:00"]
