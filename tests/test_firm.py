"""The fictional firm, brought in by the doors that everybody uses: what was planted is found, each with its objects, and what only looks like it is not."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from demo.build import conversations
from demo.data import read
from tests.firm import brought_in
from tests.homes import environment

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.firm


class Row(NamedTuple):
    """A planted fact, the list in which it must stand, and everything that stands there."""

    fact: str
    list: str
    objects: tuple[str, ...]


PLANTED = [
    Row("PN-01", "offerings.version:product_only", ("INFO-014",)),
    Row("PN-01", "offerings.offering:uninformed", ("OF-02",)),
    Row("PN-02", "orders.change:changed_silently", ("CHG-009",)),
    Row("PN-03", "orders.order:untold", ("ORD-0305", "ORD-0306", "ORD-0311")),
    Row("PN-04", "property.item:untold", ("PR-021", "PR-034", "PR-041")),
    Row("PN-05", "property.harmed:unreported", ("PR-029",)),
    Row("PN-06", "contingencies.scenario:unplanned", ("SC-04",)),
    Row("PN-07", "contingencies.event:unforeseen", ("EV-02",)),
    Row("PN-08 late", "contingencies.affected:late", ("ACT-01",)),
    Row("PN-08 missing", "contingencies.affected:missing", ("ACT-01",) * 2),
    Row("PN-08 not proactive", "contingencies.affected:asked_first", ("ACT-01",)),
    Row("PN-09", "contingencies.informed:wanting", ("ACT-01",)),
    Row("PN-11", "channels.probed:outages", ("CH-mail",)),
    Row("PN-12", "channels.stated:contradictions", ("CH-phone",)),
    Row("PN-13", "orders.terms:announced_late", ("TM-2607",)),
    Row("PN-13", "orders.termsnotice:notices_late", ("TM-2607",) * 19),
    Row("PN-39", "complaints.feedback:wrong_kind", ("FB-004",)),
    Row("PN-40", "suppliers.provider:unevaluated", ("PV-06",)),
    Row("PN-40", "suppliers.planned:overdue", ("PV-06",)),
    Row("PN-41", "suppliers.named:unregistered", ("顺坡短驳",)),
    Row("PN-42", "suppliers.evaluated:evaluations_without_action", ("PV-02",)),
    Row("PN-43", "suppliers.provider:expired", ("PV-05",)),
    Row("PN-44", "suppliers.declared:diverging", ("PV-02",)),
    Row("PN-45", "suppliers.plan:one_sided", ("PV-07",)),
    Row("PN-46", "suppliers.plan:alike", ("PV-01", "PV-03")),
    Row("PN-48", "instruments.disposed:nonconforming", ("TL-04",)),
    Row("PN-47 PN-50", "instruments.unfit:open_lookbacks", ("WB-01", "IN-Q2")),
    Row("PN-51", "instruments.used:logged", ("DT-12",) * 14),
    Row("PN-52", "instruments.instrument:unplanned", ("NM-02",)),
    Row("PN-53", "surroundings.reading:out_of_limit", ("LL-H",) * 3),
    Row("PN-54", "surroundings.shift:restless", ("A07", "A07")),
    Row("PN-56", "surroundings.trip:overdriven", ("TR-08", "TR-10", "TR-11")),
    Row("PN-57", "surroundings.profile:physical_only", ("P-01",)),
    Row("PN-58", "offerings.offering:without_modes", ("OF-02",)),
    Row("PN-58", "offerings.failed:unforeseen", ("OF-02",)),
    Row("PN-58", "complaints.complaint:unforeseen", ("CP-021",)),
    Row("PN-59", "deliveries.activity:empties_overdue", ("ORD-0453", "ORD-0459")),
    Row("PN-60", "deliveries.term:unarranged", ("ORD-0268",)),
    Row("PN-60", "deliveries.term:breached", ("ORD-0268",)),
    Row("PN-61", "processes.process:unlinked", ("P-07",)),
    Row("PN-62", "documents.used:obsolete_uses", ("DOC-015",) * 5),
    Row("PN-63", "processes.run:unrecorded", ("TQ-06", "TQ-10")),
    Row("PN-64", "documents.lost:lost", ("RB-07",)),
    Row("PN-56", "surroundings.route:unreachable", ("2026-08-10 08:20:16.312000+00:00",)),
    Row("PN-66", "documents.duplicate:open_duplicates", ("DOC-019",)),
    Row("PN-66", "documents.flaw:open_flaws", ("DOC-019",)),
    Row("PN-68", "complaints.letter:letters_late", ("LT-01",)),
    Row("PN-69", "parties.party:ungrounded", ("栖舟工会",)),
    Row("PN-70", "agreements.measured:missed", ("ISA-03",)),
    Row("PN-70", "agreements.yardstick:not_theirs", ("ISA-03",)),
    Row("PN-71", "agreements.request:ownerless", ("RQ-031", "RQ-064", "RQ-098", "RQ-127")),
    Row("PN-72", "agreements.agreement:drafts", ("ISA-05",)),
    Row("PN-73", "people.replied:dismissive", ("SG-07",)),
    Row("PN-74", "people.effort:unthanked", ("A02", "A06", "A10")),
    Row("PN-75", "complaints.complaint:acknowledged_late", ("CP-006", "CP-011", "CP-016", "CP-022", "CP-024", "CP-035")),
    Row("PN-75 fairness", "complaints.complaint:waited_longer", ("CP-006", "CP-011", "CP-016", "CP-022", "CP-024", "CP-035")),
    Row("PN-77", "complaints.complaint:not_taken_over", ("CP-017",)),
    Row("PN-78", "complaints.complaint:without_answer", ("CP-026",)),
    Row("PN-79", "improvements.action:overdue_actions", ("CAPA-004",)),
    Row("PN-79", "improvements.action:effect_overdue", ("CAPA-002",)),
    Row("PN-80", "contingencies.scenario:undecided", ("SC-05",)),
]

FAILING = [
    Row("PN-10", "8.2.1-C7", ("CV-0412", "CV-0763", "CV-1120")),
    Row("PN-55", "7.1.4-C4", ("CV-0458",)),
    Row("PN-69", "4.2-H1", ("栖舟工会",)),
    Row("PN-79", "10.2.1-C4", ("CAPA-002",)),
]
"""Planted facts that a check shows, and everything that fails it."""

PROPOSED = [
    Row("PN-01", "8.2.1-N1", ("OF-02",)),
    Row("PN-02 PN-03 PN-13", "8.2.1-N2", ("CHG-009", "ORD-0305", "ORD-0306", "ORD-0311", "TM-2607")),
    Row("PN-04", "8.2.1-N3", ("PR-021", "PR-034", "PR-041")),
    Row("PN-05", "8.5.3-N1", ("PR-029",)),
    Row("PN-06 PN-07 PN-80", "8.2.1-N4", ("EV-02", "SC-04", "SC-05")),
    Row("PN-08", "8.2.1-N8", ("ACT-01",)),
    Row("PN-10", "8.2.1-N5", ("CV-0412", "CV-0763", "CV-1120")),
    Row("PN-12", "8.2.1-N7", ("CH-phone",)),
    Row("PN-40", "8.4.1-N2", ("PV-06",)),
    Row("PN-40 PN-45", "8.4.2-N4", ("PV-06", "PV-07")),
    Row("PN-41", "8.4.1-N1", ("顺坡短驳",)),
    Row("PN-42", "8.4.1-N4", ("PV-02",)),
    Row("PN-43", "8.4.1-N3", ("PV-05",)),
    Row("PN-49", "7.1.5.1-N5", ("DT-04",)),
    Row("PN-49 PN-50", "7.1.5.1-N1", ("DT-04", "IN-Q2")),
    Row("PN-52", "7.1.5.1-N3", ("NM-02",)),
    Row("PN-61", "4.4.2-N1", ("P-07",)),
    Row("PN-62", "4.4.2-N4", ("DOC-015",)),
    Row("PN-63", "4.4.2-N2", ("TQ-06", "TQ-10")),
    Row("PN-64", "7.5.3.2-N1", ("RB-07",)),
]
"""Nonconformities of the catalog that the product proposes for them: each pattern with everything that it is proposed on."""

DECOYS = [
    Row("DC-10", "contingencies.scenario:undecided", ("SC-06",)),
    Row("DC-11", "suppliers.plan:one_sided", ("PV-09",)),
    Row("DC-11", "suppliers.provider:thinly_controlled", ("PV-09",)),
    Row("DC-14", "orders.change:unacknowledged", ("CHG-004", "CHG-015", "CHG-022", "CHG-031", "CHG-040")),
    Row("DC-15", "property.harmed:unreported", ("PR-012",)),
    Row("DC-16", "complaints.complaint:unanswered", ("CP-012",)),
    Row("DC-16", "complaints.complaint:repeated", ("CP-012",)),
    Row("DC-19", "complaints.complaint:without_answer", ("CP-013",)),
]

CHECKS = {
    "2026-06-04": {"8.2.1-H3": ("nonconforms", 2), "8.2.1-C7": ("insufficient-data", 0), "8.2.1-H1": ("conforms", 0), "8.2.1-C9": ("no-evidence", 0),
        "7.1.5.1-C3": ("no-evidence", 0)},
    "2026-07-08": {"8.2.1-C9": ("no-evidence", 0), "8.2.1-C1": ("nonconforms", 1)},
    "2026-07-16": {"7.1.5.1-C5": ("nonconforms", 54), "8.2.1-C9": ("nonconforms", 5), "8.2.1-H3": ("nonconforms", 2)},
    "2026-08-31": {
        "8.2.1-C1": ("nonconforms", 1), "8.2.1-C4": ("nonconforms", 5), "8.2.1-C7": ("nonconforms", 3), "8.2.1-H9": ("nonconforms", 2),
        "8.2.1-C8": ("nonconforms", 3), "8.2.1-C9": ("nonconforms", 5),
        "8.2.1-H3": ("nonconforms", 3), "8.2.1-H4": ("nonconforms", 6), "8.2.1-H5": ("nonconforms", 1), "8.2.1-H6": ("nonconforms", 1),
        "8.2.1-H7": ("nonconforms", 1), "8.4.1-C2": ("nonconforms", 1), "8.4.1-C3": ("nonconforms", 1), "8.4.1-C5": ("nonconforms", 1),
        "8.4.1-C6": ("nonconforms", 1), "8.4.2-C2": ("at-risk", 1), "8.4.2-C5": ("nonconforms", 1), "7.1.5.1-C2": ("nonconforms", 1),
        "7.1.5.1-C4": ("nonconforms", 23), "7.1.4-C3": ("at-risk", 5), "7.1.4-C1": ("at-risk", 1),
        "7.1.4-C4": ("at-risk", 1),
        "4.4.2-C1": ("nonconforms", 1), "4.4.2-C2": ("nonconforms", 2),
        "4.4.2-C3": ("conforms", 1), "8.5.3-C2": ("nonconforms", 1), "8.5.5-C2": ("at-risk", 1), "8.5.5-C3": ("conforms", 9), "3.2.3-C1": ("nonconforms", 1),
        "10.2.1-C1": ("conforms", 0), "10.2.1-C4": ("at-risk", 1),
        "4.2-H1": ("at-risk", 1), "9.1.2-C1": ("at-risk", 1), "7.1.5.1-C5": ("nonconforms", 60), "8.3.1-C2": ("conforms", 0),
    },
}  # fmt: skip
"""How checks stand on the four days, with how many fail: as records and conversations make them."""

CLAUSES = {
    "2026-06-04": {"8.2.1": "nonconforms", "7.1.5.1": "no-evidence", "7.1.5.2": "no-evidence", "8.3.1": "not-applicable", "9.2.1": "no-evidence",
                   "9.3.1": "no-evidence"},
    "2026-07-08": {"8.2.1": "nonconforms", "8.5.3": "conforms"},
    "2026-07-16": {"8.2.1": "nonconforms", "7.1.5.1": "nonconforms"},
    "2026-08-31": {
        "8.2.1": "nonconforms", "8.4.1": "nonconforms", "8.4.2": "nonconforms", "7.1.5.1": "nonconforms", "7.1.5.2": "nonconforms",
        "4.4.2": "nonconforms", "8.5.3": "nonconforms", "9.2.1": "conforms", "9.2.2": "conforms", "9.3.1": "conforms", "9.3.2": "conforms",
        "9.3.3": "conforms", "7.2": "conforms", "4.2": "at-risk", "7.1.4": "at-risk", "8.5.5": "at-risk", "9.1.2": "at-risk",
        "10.2.1": "at-risk", "8.3.1": "not-applicable", "8.3.6": "not-applicable",
    },
}  # fmt: skip
"""How clauses stand on the four days, as the story has it."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home that was asked."""
    return brought_in(tmp_path_factory.getbasetemp()) / "demo"


@pytest.fixture(scope="module")
def told(home: Path) -> dict[str, Any]:
    """Return what the firm's home says of itself."""
    held: dict[str, Any] = json.loads((home.parent / "told.json").read_text(encoding="utf-8"))
    return held


@pytest.mark.parametrize("row", PLANTED, ids=lambda row: f"{row.fact} {row.list}")
def test_what_was_planted_is_found_and_nothing_beside_it(row: Row, told: dict[str, Any]) -> None:
    assert sorted(told["lists"][row.list]) == sorted(row.objects)


@pytest.mark.parametrize("row", FAILING, ids=lambda row: f"{row.fact} {row.list}")
def test_what_was_planted_fails_its_check_and_nothing_beside_it(row: Row, told: dict[str, Any]) -> None:
    assert sorted(told["failing"][row.list]) == sorted(row.objects)


@pytest.mark.parametrize("row", PROPOSED, ids=lambda row: f"{row.fact} {row.list}")
def test_a_nonconformity_is_proposed_for_each_pattern_and_object_and_for_nothing_else(row: Row, told: dict[str, Any]) -> None:
    assert sorted(thing for pattern, thing, _ in told["proposed"] if pattern == row.list) == sorted(row.objects)


def test_the_sheet_without_its_service_is_one_nonconformity_with_eleven_links(told: dict[str, Any]) -> None:
    """PN-01: the version of INFO-014 in force, and the eleven conversations in which was told from it, come along as evidence."""
    [beside] = [rows for pattern, _, rows in told["proposed"] if pattern == "8.2.1-N1"]
    assert beside == {"offerings.version": 1, "offerings.told": 11}


def test_five_closed_conversations_lead_nowhere(told: dict[str, Any]) -> None:
    """PN-14: neither link nor reason."""
    assert told["failing"]["8.5.2-C1"] == [one.key for one in conversations() if one.planted and one.planted.get("pn") == "PN-14"]


def test_a_customer_who_asked_for_quiet_at_noon_was_called_twice_then(told: dict[str, Any]) -> None:
    """PN-76; whoever calls us at noon himself is not counted."""
    called = [one.key for one in conversations() if one.planted and one.planted.get("pn") == "PN-76"]
    assert len(called) == 2
    assert told["failing"]["8.2.1-H9"] == called


def test_a_promise_kept_early_in_another_way_is_kept(told: dict[str, Any]) -> None:
    """DC-09."""
    [decoy] = [one.key for one in conversations() if one.planted and one.planted.get("pn") == "DC-09"]
    assert decoy in told["further"]["kept early"]
    assert decoy not in told["failing"]["8.2.1-H1"]


def test_eleven_conversations_told_from_the_sheet_without_its_service(told: dict[str, Any]) -> None:
    """PN-01."""
    assert told["further"]["links"] == 11


def test_the_complaint_about_the_address_leads_to_its_cause(told: dict[str, Any]) -> None:
    """PN-02: CP-008 was judged to be NC-002."""
    assert told["further"]["cause"] == [["CP-008", "NC-002"]]


def test_of_23_indications_16_were_confirmed_and_7_withdrawn(told: dict[str, Any]) -> None:
    """PN-49."""
    assert told["further"]["judged again"] == {"accept": 16, "withdraw": 7}


def test_a_record_altered_in_storage_breaks_the_chain_exactly_there(home: Path, tmp_path: Path) -> None:
    """PN-65: in a copy of the database somebody takes the triggers away and changes one record."""
    copy = tmp_path / "demo"
    copy.mkdir()
    with closing(sqlite3.connect(home / "lingting.sqlite3")) as source, closing(sqlite3.connect(copy / "lingting.sqlite3")) as target:
        source.backup(target)
        number, entry = target.execute("SELECT id, id >> 16 FROM property_item WHERE code = 'PR-005'").fetchone()
        for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'property_item'").fetchall():
            target.execute(f'DROP TRIGGER "{name}"')
        target.execute("UPDATE property_item SET custodian = '别人' WHERE id = ?", (number,))
        target.commit()
    for name in ("seal.key", "secret.key", "heads.log"):
        if (home / name).exists():
            shutil.copy(home / name, copy / name)
    outer = environment(copy) | {f"LINGTING_{name}": words for name, words in read("firm/firm")["environment"].items()}
    said = subprocess.run(
        [sys.executable, "-m", "lingting.cli", "verify", "--all", "--no-record"], env=outer, cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert said.returncode == 1
    broken = [line for line in said.stdout.splitlines() if line.startswith("entry ")]
    assert [line.split(":")[0] for line in broken] == [f"entry {entry}"]


@pytest.mark.parametrize("row", DECOYS, ids=lambda row: f"{row.fact} {row.list}")
def test_what_only_looks_like_it_is_there_and_is_not_found(row: Row, told: dict[str, Any]) -> None:
    assert set(row.objects) <= {code for codes in told["present"].values() for code in codes}
    assert not set(told["lists"][row.list]) & set(row.objects)


def test_nine_minutes_above_eight_degrees_are_measured_and_within_the_limit(told: dict[str, Any]) -> None:
    """DC-12: fifteen are allowed."""
    assert len(told["further"]["nine minutes"]) == 1
    assert told["lists"]["instruments.used:over_limit"] == []


def test_two_of_four_neighbours_were_turned_away_and_the_four_are_an_emerging_group(told: dict[str, Any]) -> None:
    """PN-67: the other two were taken up."""
    neighbours = [one.key for one in conversations() if one.planted and one.planted.get("pn") == "PN-67"]
    assert len(neighbours) == 4
    assert told["lists"]["parties.turnedaway:turned_away"] == neighbours[:2]
    assert [group for group in told["further"]["groups"] if set(group) & set(neighbours)] == [neighbours], "one emerging group, all four and nobody else"


def test_fourteen_promises_are_broken_one_of_them_the_free_redelivery(told: dict[str, Any]) -> None:
    """PN-22 and PN-60."""
    broken = {one.key: one.planted["pn"] for one in conversations() if one.planted and one.planted.get("pn") in {"PN-22", "PN-60"}}
    assert set(told["further"]["broken in"]) == set(broken)
    assert Counter(broken[key] for key in told["further"]["broken in"]) == {"PN-22": 13, "PN-60": 1}


def test_a_promise_whose_condition_did_not_come_is_not_broken(told: dict[str, Any]) -> None:
    """DC-08: it waits for its condition, and is in no rate until somebody agrees on a time."""
    [decoy] = [one.key for one in conversations() if one.planted and one.planted.get("pn") == "DC-08"]
    assert told["further"]["waiting for a condition"] == [decoy]
    assert decoy not in told["further"]["broken in"]


def test_a_vip_who_wrote_later_was_answered_sooner_and_nobody_waited_too_long_for_it(told: dict[str, Any]) -> None:
    """DC-20: a tier moves a queue; the letters that were overtaken were answered in time."""
    grades = {code: held["tier"] for code, held in read("firm/customers").items() if "tier" in held}
    letters = [
        (one.said[0].at, next((said.at for said in one.said if said.role == "agent"), None), grades.get(one.customer), one.key)
        for one in conversations()
        if one.channel == "mail"
    ]
    overtaken = {
        key for begun, answered, grade, key in letters for later, sooner, other, _ in letters
        if grade == "standard" and other == "vip" and answered and sooner and begun < later and sooner < answered
    }  # fmt: skip
    assert overtaken
    assert not overtaken & set(told["failing"]["8.2.1-C3"])


def test_three_drills_are_kept_apart_and_in_no_figure(told: dict[str, Any]) -> None:
    """DC-26: they hold complaints, forbidden words and undated promises; the counts of all of these are exact in other rows."""
    assert told["further"]["rehearsed"] == ["DR-01", "DR-02", "DR-03"]
    assert told["further"]["conversations"] == 1560


def test_26_calls_of_three_loud_afternoons_are_left_out_of_measuring(told: dict[str, Any]) -> None:
    """PN-53, with the readings above."""
    assert told["further"]["excluded"] == 26


def test_seven_visits_are_overdue(told: dict[str, Any]) -> None:
    """PN-59, with the two crates above."""
    assert len(told["lists"]["deliveries.activity:visits_overdue"]) == 7


def test_the_weighbridge_was_used_37_times_out_of_date_and_121_results_of_9_customers_are_in_doubt(told: dict[str, Any]) -> None:
    """PN-47; the last day of the verification itself is no use out of date (DC-13)."""
    further = told["further"]
    assert further["suspects"]["WB-01"] == 121
    assert further["customers"] == 9
    assert further["unfit uses"]["WB-01"] == len(further["overdue uses"]) == 37
    assert further["overdue uses"][0] == "07-01"
    assert further["overdue uses"][-1] == "07-14"


def test_a_logger_a_detector_and_an_inspector_leave_5_23_and_41_results_in_doubt(told: dict[str, Any]) -> None:
    """PN-48, PN-49, PN-50; what an inspector rated for practice is not among them (DC-25)."""
    assert {code: told["further"]["suspects"][code] for code in ("TL-04", "DT-04", "IN-Q2")} == {"TL-04": 5, "DT-04": 23, "IN-Q2": 41}


@pytest.mark.parametrize(("day", "id"), [(day, id) for day, checks in CHECKS.items() for id in checks])
def test_checks_stand_as_the_story_has_it(day: str, id: str, told: dict[str, Any]) -> None:
    state, failing, _ = told["checks"][day][id]
    assert (state, failing) == CHECKS[day][id]


@pytest.mark.parametrize(("day", "number"), [(day, number) for day, clauses in CLAUSES.items() for number in clauses])
def test_clauses_stand_as_the_story_has_it(day: str, number: str, told: dict[str, Any]) -> None:
    assert told["clauses"][day][number] == CLAUSES[day][number]


def test_seven_interruptions_were_none_and_28_count(told: dict[str, Any]) -> None:
    """PN-25 and PN-49: of the 23 that the new version heard, 16 were confirmed when listened to again, 7 were not."""
    assert (told["further"]["interruptions heard"], told["further"]["interruptions"]) == (35, 28)
    assert len(told["lists"]["conversations.judged:confirmed"]) == 16
    assert len(told["lists"]["conversations.judged:refuted"]) == 7


def test_three_upheld_disputes_leave_the_counts(told: dict[str, Any]) -> None:
    """DC-24: six macros without facts are left (PN-36); one dispute waits for its decision and is in time."""
    assert len(told["lists"]["conversations.disputed:upheld"]) == 3
    assert told["further"]["disputed that count"] == 0
    assert told["further"]["macros"] == 6
    assert len(told["lists"]["conversations.disputed:unsettled"]) == 1
    assert told["lists"]["conversations.disputed:unsettled_late"] == told["lists"]["conversations.settled:settled_late"] == []
