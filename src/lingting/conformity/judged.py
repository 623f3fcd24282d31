"""Checks that only a person can answer (待判定): the question, why nothing can be counted, and the answers that people gave."""

from functools import cache, partial
from pathlib import Path

from django.utils.timezone import localdate
from pydantic import RootModel

from lingting.catalog.load import BadCatalog, CatalogError, read_file
from lingting.catalog.model import Part, Text
from lingting.conformity import queries
from lingting.conformity.check import Check, Listed, Sample, bind
from lingting.conformity.models import Ruling
from lingting.ledger.moment import Moment


class Judged(Part):
    """Why only a person can answer a check, and which kinds of record help to."""

    why: Text
    evidence: tuple[str, ...] = ()


class File(RootModel[dict[str, Judged]]):
    """The checks that only a person can answer, by id."""


@cache
def judged() -> dict[str, Judged]:
    """Read `judged.yaml`."""
    errors: list[CatalogError] = []
    read, _ = read_file(Path(__file__).with_name("judged.yaml"), File, errors)
    if read is None:
        raise BadCatalog("\n".join(map(str, errors)))
    return read.root


def ask(check_id: str, moment: Moment) -> Sample:
    """Return the newest ruling on a check that has not run out; it fails if somebody found the requirement not met."""
    ruling = queries.ruling(check_id, moment)
    in_force = (ruling,) if ruling is not None and ruling.review >= localdate(moment.at) else ()
    return Sample(Listed(in_force), Listed(tuple(one for one in in_force if one.answer == Ruling.Answer.NO)))


for _id, _one in judged().items():
    bind(Check(_id, partial(ask, _id), frozenset({"conformity.ruling"}), timed=True, judged=(_one.why.zh, _one.why.en)))
