"""A scorecard: what each norm heard; silence is not a pass."""

from lingting.catalog import read_norms
from lingting.inspection.finding import Kind
from lingting.inspection.scorecard import Result, scorecard
from lingting.inspection.transcript import Channel


def results(channel: Channel, *findings: tuple[str, Kind]) -> dict[str, Result]:
    return {line.norm.id: line.result for line in scorecard(channel, findings, read_norms())}


def test_a_breach_is_heard_against_and_silence_is_only_nothing_heard() -> None:
    lines = results(Channel.PHONE, ("address.formal", Kind.BREACH))
    assert lines["address.formal"] is Result.HEARD_AGAINST
    assert lines["opening.complete"] is Result.NOTHING_HEARD
    assert "pass" not in {result.value for result in Result}


def test_a_norm_for_the_telephone_does_not_apply_to_mail() -> None:
    assert results(Channel.MAIL)["hold.announced"] is Result.NOT_APPLICABLE


def test_an_instrument_that_cannot_decide_leaves_it_to_a_person() -> None:
    assert results(Channel.CHAT, ("complaint.made", Kind.ABSTENTION))["complaint.made"] is Result.CANNOT_JUDGE


def test_promises_and_praise_are_heard_without_being_against_anybody() -> None:
    lines = results(Channel.CHAT, ("promise.made", Kind.PROMISE), ("praise.given", Kind.PRAISE))
    assert lines["promise.made"] is lines["praise.given"] is Result.HEARD
