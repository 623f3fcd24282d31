"""The evidence pack: intact as it was made, and whoever changes one thing in it is found – also if they mend the manifest afterwards."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.conftest import LATER, ZONE

from lingting.conformity import assess
from lingting.conformity.dossier import Dossier, pack
from lingting.ledger import erase, proof, sealer
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.write import strike
from lingting.registers.audits.sampling import draw
from lingting.registers.property.models import Item

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Make = Callable[..., Path]
NOW = datetime(2026, 8, 31, 9, tzinfo=ZONE)


@pytest.fixture
def audit(put: Put, customer: Record) -> Record:
    """An audit that drew two of three items with the auditor's dice, asked and found."""
    lead = put("people.person", code="IA", name="孙内审", at="2026-05-01")
    row = put("audits.audit", code="AU-1", scope="顾客财产", criteria="ISO 9001:2015", lead=lead, due="2026-07-22", at="2026-06-01")
    for number in range(3):
        item = put("property.item", code=f"PR-{number}", party=customer, what=f"第 {number} 件，林女士的", category="cargo", at="2026-06-02")
        put("property.moved", item=item, place="A 架", custodian="仓管", at="2026-06-03")
    put("audits.examined", audit=row, clause="8.5.3", at="2026-07-20 10:00")
    population = put("audits.population", audit=row, words="全部顾客财产", source="property.item", at="2026-07-20 10:00")
    put("audits.drawn", population=population, seed="3 5 1 6", n=2, at="2026-07-20 10:05")
    finding = put("audits.finding", code="F-1", audit=row, clause="8.5.3", statement="=两件没有称重", grade="minor", due="2026-07-30", at="2026-07-20 11:00")
    put("audits.corrected", finding=finding, what="称了", at="2026-08-10")
    return row


@pytest.fixture
def make(audit: Record, tmp_path: Path) -> Make:
    """Make a pack and unpack it."""

    def unpacked(told: proof.Told = proof.WITHOUT_PERSONAL, key: Ed25519PrivateKey | None = None, *, seal: bool = True) -> Path:
        if seal:
            sealer.seal(key)
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) if key else b""
        made = pack(Dossier(audit, Moment(NOW), assess.in_full(Moment(NOW), checks=["8.5.3-C1", "8.2.1-C1"]), told=lambda _: told, public_key=public))
        with ZipFile(io.BytesIO(made.content)) as archive:
            archive.extractall(tmp_path)
        return tmp_path

    return unpacked


def verified(folder: Path) -> tuple[int, str]:
    """Run the verifier as an auditor does: plain Python without any package, no environment, the folder alone."""
    done = subprocess.run([sys.executable, "-I", "-S", folder / "verify.py"], capture_output=True, cwd="/", env={"PYTHONUTF8": "1"}, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()


def changed(folder: Path, name: str, before: str, after: str) -> None:
    """Change a file, and make the manifest agree with it."""
    words = (folder / name).read_text(encoding="utf-8")
    assert before in words
    (folder / name).write_text(words.replace(before, after, 1), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = sha256((folder / name).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_a_pack_as_it_was_made_is_intact_and_says_what_was_not_checked(make: Make) -> None:
    code, words = verified(make())
    assert code == 0, words
    assert "全部一致 · intact" in words
    assert "个人信息列没有带出" in words
    assert "区块没有签名" in words


def test_personal_columns_stay_in_the_house_unless_somebody_decided_otherwise(make: Make) -> None:
    folder = make()
    assert "林女士" not in (folder / "records.jsonl").read_text(encoding="utf-8")
    assert "property.item" in (folder / "withheld.csv").read_text(encoding="utf-8-sig")
    folder = make(proof.ALL)
    assert "林女士" in (folder / "records.jsonl").read_text(encoding="utf-8")
    assert verified(folder)[0] == 0


def test_the_sample_is_there_with_what_happened_to_it_and_nothing_else(make: Make, put: Put) -> None:
    rows = [json.loads(line) for line in (make() / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    kinds = [row["kind"] for row in rows]
    assert (kinds.count("property.item"), kinds.count("property.moved")) == (2, 2), "two of three were drawn"
    assert {"audits.audit", "audits.population", "audits.drawn", "audits.finding", "audits.corrected", "audits.examined"} <= set(kinds)
    assert "parties.party" not in kinds


def test_a_record_of_which_nothing_is_told_is_still_proved(make: Make) -> None:
    folder = make(proof.NOTHING)
    assert "称了" not in (folder / "records.jsonl").read_text(encoding="utf-8")
    code, words = verified(folder)
    assert (code, "只带摘要" in words) == (0, True)


def test_what_was_struck_out_or_erased_since_is_told_and_the_pack_is_intact(make: Make, audit: Record) -> None:
    drawn = int(audit.populations.get().draws.get().numbers.split()[0])
    item = Item.objects.get(pk=drawn)
    strike(item.moves.get(), reason="重复登记", by=1, at=NOW)
    erase.erase([item], reason="本人要求", at=NOW, by=1)
    folder = make(proof.ALL)
    assert "erased" in (folder / "withheld.csv").read_text(encoding="utf-8-sig")
    assert "重复登记" in (folder / "records.jsonl").read_text(encoding="utf-8")
    assert verified(folder)[0] == 0


@pytest.mark.parametrize(
    ("name", "before", "after", "sentence"),
    [
        ("records.jsonl", '"code": "F-1"', '"code": "F-2"', "记录不符"),
        ("records.jsonl", "林女士的", "王女士的", "封印不符"),
        ("entries.jsonl", '"act": "audits.draw_sample"', '"act": "audits.drawn"', "区块的根"),
        ("entries.jsonl", '"by": 1', '"by": 2', "区块的根"),
        ("blocks.jsonl", '"height": 1', '"height": 2', "区块"),
        ("checks.csv", "8.5.3-C1", "8.5.3-C9", ""),
    ],
)  # fmt: skip
def test_whoever_changes_one_word_is_found_though_the_manifest_was_mended(make: Make, name: str, before: str, after: str, sentence: str) -> None:
    folder = make(proof.ALL)
    changed(folder, name, before, after)
    code, words = verified(folder)
    if sentence:
        assert (code, sentence in words) == (1, True), words
    else:
        assert "检查结果由全部记录算出" in words, "of results the verifier says that a sample cannot recount them"


def test_another_seed_under_the_same_sample_is_found(make: Make, audit: Record) -> None:
    """3 5 1 6 was thrown; whoever writes another throw, such as draws otherwise, is found."""
    folder = make()
    drawn = audit.populations.get().draws.get().numbers
    items = list(Item.objects.values_list("pk", flat=True))
    seed = next(seed for seed in map(str, range(1000)) if " ".join(map(str, draw(items, seed=seed, n=2))) != drawn)
    changed(folder, "records.jsonl", '"seed": "3 5 1 6"', f'"seed": "{seed}"')
    code, words = verified(folder)
    assert (code, "种子抽出" in words) == (1, True), words


def test_any_byte_that_differs_is_found_by_the_manifest(make: Make) -> None:
    folder = make()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in {"manifest.json", "verify.py"}):
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert verified(folder)[0] == 1, path.name
        path.write_bytes(content)
    assert verified(folder)[0] == 0


def test_a_record_left_out_of_the_sample_and_a_population_made_smaller_are_found(make: Make, audit: Record) -> None:
    folder = make()
    lines = (folder / "records.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    dropped = next(line for line in lines if '"kind": "property.item"' in line)
    changed(folder, "records.jsonl", dropped, "")
    assert "没有带来" in verified(folder)[1]
    population = f"populations/{audit.populations.get().pk}.csv"
    last = (folder / population).read_text(encoding="utf-8-sig").split()[-1]
    changed(folder, population, f"\n{last}\n", "\n")
    assert "总体不是冻结时的" in verified(folder)[1]


def test_a_file_that_is_missing_or_was_put_in_is_named(make: Make) -> None:
    folder = make()
    (folder / "extra.txt").write_text("?")
    assert "extra.txt" in verified(folder)[1]
    (folder / "extra.txt").unlink()
    (folder / "blocks.jsonl").unlink()
    code, words = verified(folder)
    assert (code, "blocks.jsonl" in words) == (1, True)


@pytest.mark.parametrize("words", ["", "[]", '{"files": {}}', '{"files": []}', "{"])
def test_a_manifest_that_is_none_is_named_and_nothing_breaks(make: Make, words: str) -> None:
    folder = make()
    (folder / "manifest.json").write_text(words)
    code, told = verified(folder)
    assert code == 1
    assert "Traceback" not in told


def test_signatures_are_looked_at_where_the_library_is_there(make: Make) -> None:
    folder = make(key=Ed25519PrivateKey.generate())
    plain = verified(folder)[1]
    assert "没有安装 cryptography" in plain
    run = [sys.executable, folder / "verify.py"]
    done = subprocess.run(run, capture_output=True, check=False)
    assert (done.returncode, "个签名成立" in done.stdout.decode()) == (0, True)
    other = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    changed(folder, "public-key.pem", (folder / "public-key.pem").read_text(), other)
    done = subprocess.run(run, capture_output=True, check=False)
    assert (done.returncode, "签名不成立" in done.stdout.decode()) == (1, True)


def test_what_no_block_holds_yet_is_said(make: Make) -> None:
    assert "还没有封入区块" in verified(make(seal=False))[1]


def test_what_was_late_is_listed_and_no_cell_is_a_formula(make: Make) -> None:
    words = (make() / "overdue.csv").read_text(encoding="utf-8-sig")
    assert "finding,F-1,2026-07-30,2026-08-10,'=两件没有称重" in words


def test_only_checks_of_the_audited_clauses_go_along_and_unknown_is_never_satisfied(make: Make) -> None:
    folder = make()
    assert "8.2.1-C1" not in (folder / "checks.csv").read_text(encoding="utf-8-sig")
    document = json.loads((folder / "assessment-results.json").read_text(encoding="utf-8"))["assessment-results"]
    [result] = document["results"]
    states = {one["target"]["status"]["remarks"]: one["target"]["status"]["state"] for one in result["findings"]}
    assert {"conforms": "satisfied"}.get(next(iter(states)), "not-satisfied") == next(iter(states.values()))
    assert {one["observation-uuid"] for finding in result["findings"] for one in finding["related-observations"]} == {
        one["uuid"] for one in result["observations"]
    }
    assert document["import-ap"]["href"] == f"#{document['back-matter']['resources'][0]['uuid']}"


def test_the_same_pack_has_the_same_bytes(audit: Record) -> None:
    sealer.seal()
    dossier = Dossier(audit, Moment(NOW), {}, told=lambda _: proof.ALL)
    assert pack(dossier).digest == pack(dossier).digest
    assert LATER > NOW
