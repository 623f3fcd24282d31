"""Files of any size, listened to by any number of processes."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.bulk.made import PACK, TASK, jsonl, talk, talks

from lingting.bulk import pieces as cutting
from lingting.bulk.findings import CONVERSATIONS, FINDINGS, findings
from lingting.bulk.hearing import Heard, apart
from lingting.bulk.local import AHEAD, listened
from lingting.bulk.pieces import Piece, pieces, size
from lingting.bulk.write import write
from lingting.message import Mistake


def heard(*paths: Path, workers: int = 1) -> list[Heard]:
    return list(apart(listened(pieces(paths), TASK, workers=workers)))


def rows(heard: list[Heard]) -> list[dict[str, object]]:
    return [row for one in heard for row in one.findings.to_pylist()]


def mistakes(heard: list[Heard]) -> list[Mistake]:
    return [mistake for one in heard for mistake in one.mistakes]


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "SIZE", 2000)


def test_two_processes_write_the_very_bytes_of_one(tmp_path: Path, small_pieces: None) -> None:
    file = jsonl(tmp_path / "a.jsonl", talks(40))
    assert len(list(pieces([file]))) > 4
    for suffix in (".parquet", ".jsonl"):
        for workers in (1, 2):
            write((one.findings for one in listened(pieces([file]), TASK, workers=workers)), tmp_path / f"{workers}{suffix}")
        assert (tmp_path / f"1{suffix}").read_bytes() == (tmp_path / f"2{suffix}").read_bytes()
    assert pq.read_table(tmp_path / "2.parquet").num_rows == len((tmp_path / "2.jsonl").read_text(encoding="utf-8").splitlines()) > 40


def test_json_lines_and_parquet_of_the_same_conversations_say_the_same(tmp_path: Path, small_pieces: None) -> None:
    given = talks(25)
    table = pa.Table.from_pylist(given).cast(
        pa.schema([("id", pa.string()), ("channel", pa.string()), ("messages", pa.Table.from_pylist(given).schema.field("messages").type)])
    )
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=7)
    assert len(list(pieces([tmp_path / "a.parquet"]))) == 4
    file = jsonl(tmp_path / "a.jsonl", given)
    assert rows(heard(tmp_path / "a.parquet")) == rows(heard(file)) == findings(pa.RecordBatch.from_pylist(given), PACK).to_pylist()


def test_a_file_in_the_schema_that_is_described_is_heard(tmp_path: Path) -> None:
    from datetime import datetime

    messages = [message | {"at": datetime.fromisoformat(message["at"])} for message in talk(1)["messages"]]
    pq.write_table(pa.Table.from_pylist([talk(1) | {"messages": messages}], schema=CONVERSATIONS), tmp_path / "a.parquet")
    assert rows(heard(tmp_path / "a.parquet")) == findings(pa.RecordBatch.from_pylist([talk(1)]), PACK).to_pylist()


def test_other_files_are_read_as_they_are_everywhere(tmp_path: Path) -> None:
    given = talks(5)
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["conversation", "channel", "at", "role", "text"])
        writer.writerows([one["id"], "chat", message["at"], message["role"], message["text"]] for one in given for message in one["messages"])
    assert rows(heard(tmp_path / "a.csv")) == rows(heard(jsonl(tmp_path / "a.jsonl", given)))


def test_pieces_hold_whole_lines_and_all_of_them(tmp_path: Path, small_pieces: None) -> None:
    file = jsonl(tmp_path / "a.jsonl", talks(40))
    cut = list(pieces([file]))
    assert [piece.start for piece in cut] == [0, *(piece.end for piece in cut[:-1])]
    assert cut[-1].end == sum(piece.size for piece in cut) == size([file])
    whole = file.read_bytes()
    assert all(whole[: piece.end].endswith(b"\n") for piece in cut)
    assert [piece.first for piece in cut] == [whole[: piece.start].count(b"\n") + 1 for piece in cut]


def test_small_files_are_taken_together_and_in_order(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.csv").write_text(
            f"conversation,at,role,text\nA{number},2026-03-11 10:00,agent,我明天上午十点前给您回电话。\n", encoding="utf-8"
        )
    [piece] = pieces([tmp_path])
    assert len(piece.paths) == 30
    names = [row["conversation"] for row in rows(heard(tmp_path))]
    assert list(dict.fromkeys(names)) == [f"A{number}" for number in range(30)]


def test_a_conversation_in_two_places_is_heard_once_and_this_is_said(tmp_path: Path, small_pieces: None) -> None:
    """The second half, heard alone, would lack the greeting that stands in the first."""
    first, second = jsonl(tmp_path / "a.jsonl", talks(9)), jsonl(tmp_path / "b.jsonl", [talk(100), talk(3), talk(100)])
    both = heard(first, second)
    said = [(mistake.path, mistake.place, mistake.wrong) for mistake in mistakes(both)]
    assert said == [(str(second), "line 3", "Conversation A100 stood before already."), (str(second), "line 2", "Conversation A3 stood before already.")]
    alone = rows(heard(first))
    assert [row for row in rows(both) if row["conversation"] != "A100"] == alone
    assert [row for row in rows(both) if row["conversation"] == "A100"] == rows(heard(jsonl(tmp_path / "c.jsonl", [talk(100)])))


def test_what_cannot_be_taken_is_named_with_its_place_and_the_rest_is_heard(tmp_path: Path, small_pieces: None) -> None:
    file = jsonl(tmp_path / "a.jsonl", [*talks(20), {"id": "B", "messages": [{"at": "yesterday", "role": "agent", "text": "hi"}]}, talk(50)])
    file.write_bytes(file.read_bytes() + b'{"id": "C"\n\xff\n')
    for workers in (1, 2):
        done = heard(file, workers=workers)
        assert [mistake.place for mistake in mistakes(done)] == ["line 21", "line 23", "line 24"]
        assert "not a time" in mistakes(done)[0].wrong
        assert "A50" in {row["conversation"] for row in rows(done)}


def test_a_bad_row_of_parquet_is_named_with_its_number(tmp_path: Path) -> None:
    given = [talk(1), talk(2, [("nobody", "hi")]), talk(3)]
    pq.write_table(pa.Table.from_pylist(given), tmp_path / "a.parquet", row_group_size=1)
    done = heard(tmp_path / "a.parquet")
    [mistake] = mistakes(done)
    assert mistake.place == "row 2"
    assert "role “nobody” is not known" in mistake.wrong
    assert {row["conversation"] for row in rows(done)} == {"A1", "A3"}


def test_files_that_are_no_parquet_or_have_other_columns_are_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"nothing")
    pq.write_table(pa.table({"text": ["hi"]}), tmp_path / "b.parquet")
    first, second = mistakes(heard(tmp_path))
    assert "not Parquet" in first.wrong
    assert "no column id, messages" in second.wrong


def test_an_empty_file_gives_an_empty_answer(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("", encoding="utf-8")
    assert write((one.findings for one in heard(tmp_path / "a.jsonl", tmp_path / "b.jsonl")), tmp_path / "o.parquet") == 0
    assert pq.read_schema(tmp_path / "o.parquet") == FINDINGS
    assert write([], tmp_path / "o.jsonl") == 0


def test_a_file_that_was_not_written_to_its_end_does_not_bear_its_name(tmp_path: Path) -> None:
    def broken() -> Iterator[pa.RecordBatch]:
        yield findings(pa.RecordBatch.from_pylist([talk(1)]), PACK)
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        write(broken(), tmp_path / "o.parquet")
    assert list(tmp_path.iterdir()) == []


def test_no_more_pieces_are_cut_than_are_about_to_be_heard(tmp_path: Path, small_pieces: None) -> None:
    """What is held does not grow with the files: a piece is cut when there is room for it."""
    file, cut = jsonl(tmp_path / "a.jsonl", talks(60)), []

    def counted() -> Iterator[Piece | Mistake]:
        for piece in pieces([file]):
            cut.append(piece)
            yield piece

    for taken, _ in enumerate(listened(counted(), TASK, workers=2), 1):
        assert len(cut) <= taken + AHEAD * 2
    assert len(cut) == taken > 10


def test_findings_in_json_lines_have_their_slots_as_a_mapping(tmp_path: Path) -> None:
    write((one.findings for one in heard(jsonl(tmp_path / "a.jsonl", [talk(1)]))), tmp_path / "o.jsonl")
    said = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert any(one["slots"].get("due_at") for one in said)
    assert set(said[0]) == set(FINDINGS.names)
