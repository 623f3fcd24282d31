"""The fictional firm's conversations: as many as its story says, and what is planted in them is what the norms find."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from demo.build import Conversation, conversations
from demo.check import findings, outcomes, unplanted
from demo.data import moment, read
from demo.orders import orders, shipments, standing, stormbound
from demo.plan import planted_rows
from demo.write import write

from lingting.inspection.finding import Finding

Found = Mapping[str, tuple[Finding, ...]]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the firm."""
    folder = tmp_path_factory.mktemp("firm")
    write(folder)
    return folder


@pytest.fixture(scope="module")
def found(out: Path) -> Found:
    """What the norms find in all of them."""
    return findings(out)


def test_thirteen_weeks_have_as_many_conversations_as_the_story_says() -> None:
    """1,560 in all; 96 of the calls are taken at night, 24 of them come from other parties."""
    ones = conversations()
    counts = Counter(one.channel for one in ones)
    assert counts["phone"] == 780
    assert counts["chat"] == 420
    assert counts["mail"] == 210
    assert counts["form"] + counts["portal"] == 90
    assert counts["survey"] == 40
    assert counts["face-to-face"] == 20
    assert sum(1 for one in ones if one.channel == "phone" and not 8 <= one.said[0].at.hour < 20) == 96
    assert sum(1 for one in ones if not one.customer.startswith("C")) == 24


def test_conversations_are_numbered_in_the_order_of_time() -> None:
    """CV-0001 is the first; nothing is said after the firm's clock, nothing before its first day."""
    ones = conversations()
    assert [one.key for one in ones] == [f"CV-{number:04d}" for number in range(1, 1561)]
    begins = [one.said[0].at for one in ones]
    assert begins == sorted(begins)
    assert begins[0] >= moment("2026-06-01T00:00:00+08:00")
    assert max(said.until or said.at for one in ones for said in one.said) < moment(read("firm/firm")["clock"])


def test_every_order_and_shipment_of_the_story_is_there() -> None:
    """512 orders, 640 shipments, of which the typhoon held 46 of 22 customers; PV-02 is on time in 88.2 of 100."""
    assert len(orders()) == 512
    assert len(shipments()) == 640
    storm = [one for one in shipments() if stormbound(one.order)]
    assert len(storm) == 46
    assert len({one.order.customer for one in storm}) == 22
    assert {standing(one, moment("2026-07-10T12:00:00+08:00")).status for one in storm} == {"held"}
    cold = [one for one in shipments() if one.provider == "PV-02"]
    assert round(100 * sum(1 for one in cold if not one.late) / len(cold), 1) == 88.2
    assert sum(1 for one in shipments() if one.provider == "PV-05" and one.order.ready.date().isoformat() > "2026-06-30") == 17


def test_what_is_planted_is_found_and_the_decoys_are_not(found: Found) -> None:
    """Row by row of demo/talks/planted.yaml, complaints.yaml and decoys.yaml: exactly as many findings of the norm as are planted.

    Among the decoys DC-01 … DC-07, DC-17, DC-18, DC-21 … DC-23, DC-27 and DC-28; the others are records and stand in tests/test_firm.py.
    """
    wrong = [one for one in outcomes(found) if not one.right]
    assert not wrong


@pytest.mark.parametrize(
    ("pn", "norm", "count"),
    [
        ("PN-10", "complaint.hidden", 2), ("PN-10", "complaint.made", 1), ("PN-15", "opening.complete", 6), ("PN-16", "intake.incomplete", 4),
        ("PN-17", "slot.read-back", 1), ("PN-18", "promise.before-verified", 1), ("PN-19", "intake.two-questions", 7), ("PN-20", "hold.announced", 3),
        ("PN-20", "hold.thanked", 4), ("PN-21", "promise.vague", 9), ("PN-22", "promise.vague", 5), ("PN-22", "promise.made", 8),
        ("PN-24", "interruption.forbidden-words", 1), ("PN-24", "interruption.overlap", 1), ("PN-25", "interruption.overlap", 27),
        ("PN-26", "denial.categorical", 1), ("PN-27", "topic.hijacked", 2), ("PN-28", "arguing.retort", 3), ("PN-29", "ownership.disowned", 4),
        ("PN-30", "silence.announced", 1), ("PN-31", "apology.accepted", 2), ("PN-32", "apology.hollow", 1), ("PN-33", "misunderstanding.unresolved", 2),
        ("PN-34", "comprehension.asked", 18), ("PN-34", "comprehension.explained", 1), ("PN-35", "address.formal", 33), ("PN-36", "macro.without-facts", 6),
        ("PN-37", "issue.dropped", 3), ("PN-38", "slot.re-asked", 5), ("PN-39", "complaint.made", 1), ("PN-49", "interruption.overlap", 7),
        ("PN-60", "promise.made", 1), ("PN-62", "promise.made", 5),
    ],
)  # fmt: skip
def test_the_story_counts_them(found: Found, pn: str, norm: str, count: int) -> None:
    """The counts of the story's table, each over all the rows that plant it."""
    assert sum(one.found for one in outcomes(found) if (one.pn, one.norm) == (pn, norm)) == count


def test_two_true_facts_and_two_that_the_records_deny(found: Found) -> None:
    """PN-23: CV-0688 tells of 岑州 where the record has 临澜, CV-0902 of two days where the record has five; no other call denies its record."""
    told = {key: [one.quote for one in ones if one.norm == "status.true"] for key, ones in found.items()}
    assert sorted(key for key, quotes in told.items() if quotes) == ["CV-0688", "CV-0902"]


def test_few_breaches_are_found_that_nobody_planted(found: Found) -> None:
    """At most a handful per norm: what is left are the norms' own false alarms, and none of them is critical."""
    left = unplanted(found)
    assert {norm: len(ones) for norm, ones in left.items() if len(ones) > 8} == {}


def test_complaints_are_heard_where_they_are_registered(found: Found) -> None:
    """Each of the 38 registered complaints is heard in its conversation; nobody else complains but those that were planted."""
    heard = {key for key, ones in found.items() if any(one.norm == "complaint.made" for one in ones)}
    by_complaint: dict[str, set[str]] = defaultdict(set)
    for one in conversations():
        if one.complaint.startswith("CP-"):
            by_complaint[one.complaint].add(one.key)
    assert sorted(by_complaint) == [f"CP-{number:03d}" for number in range(1, 39)]
    assert not [name for name, keys in by_complaint.items() if not keys & heard]
    registered = set().union(*by_complaint.values())
    strays = heard - registered
    assert {one.planted["pn"] for one in conversations() if one.key in strays and one.planted} == {"PN-10", "PN-37", "PN-39", "PN-55", "DC-19"}
    assert not [one.key for one in conversations() if one.key in strays and one.planted is None]


def test_every_promise_is_kept_but_those_that_are_planted(found: Found) -> None:
    """410 promises; 14 are broken (5 of them Sales' 尽快), 9 name no time; every other is followed by a word that keeps it, in time; drills are not counted."""
    rows = {one.key: one for one in conversations()}
    promises = [(key, one) for key, ones in found.items() if key in rows for one in ones if one.norm in {"promise.made", "promise.vague"}]
    assert len(promises) == 410
    open_ = Counter(_pn(rows[key]) for key, one in promises if not _kept(found[key], one, rows[key]))
    assert open_ == {"PN-21": 9, "PN-22": 13, "PN-60": 1, "DC-08": 1}


def _pn(one: Conversation) -> str:
    return str(one.planted["pn"]) if one.planted else one.key


def _kept(ones: tuple[Finding, ...], promise: Finding, one: Conversation) -> bool:
    later = [other.span.turn for other in ones if other.norm == "promise.kept" and other.span.turn > promise.span.turn]
    due = promise.slots.get("due_at")
    return bool(later) and (due is None or one.said[later[0]].at <= moment(due))


def test_nobody_says_the_same_conversation_twice() -> None:
    """No two calls or chats are word for word the same, and the commonest single sentence of an agent opens no more than one call in sixteen."""
    talks = [tuple(said.text for said in one.said) for one in conversations() if one.channel in {"phone", "chat"}]
    assert len(set(talks)) == len(talks)
    first = Counter(next(said.text for said in one.said if said.role == "agent") for one in conversations() if one.channel == "phone")
    assert first.most_common(1)[0][1] <= 780 / 16


def test_an_english_chat_is_an_english_chat() -> None:
    """Fourteen chats are held in English: outside what the detector of feelings was calibrated for."""
    assert sum(1 for one in conversations() if one.channel == "chat" and one.language == "en") == 14


def test_twenty_six_calls_were_made_while_the_hall_was_too_loud() -> None:
    """On three afternoons of June the hall is above its limit; the calls of those hours are the 26."""
    noise = read("firm/threads")["noise"]
    loud = [one for one in conversations() if one.channel == "phone" and one.said[0].at.date().isoformat() in noise["days"]]
    assert sum(1 for one in loud if 13 <= one.said[0].at.hour < 18) == noise["calls"] == 26


def test_every_planted_row_names_a_norm_or_what_must_stay_silent_or_only_a_place() -> None:
    """A row of the planted table is of use to both parts: it has its number and says where it stands."""
    assert not [row for row in planted_rows() if "pn" not in row or not {"id", "ids", "at", "count"} & set(row)]
