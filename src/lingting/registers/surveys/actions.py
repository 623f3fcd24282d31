"""What we do with surveys (满意度调查): each act holds a record against what the house asks before it is written."""

from collections.abc import Iterator
from datetime import timedelta

from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.surveys.models import FollowedUp, Instrument, Invited, Result, Scored

REST = timedelta(days=30)
"""How long a customer is left alone after he was asked; a house default."""

SCALES = {Instrument.CSAT: (1, 5), Instrument.NPS: (0, 10), Instrument.CES: (1, 7)}
"""The least and the greatest score of each instrument."""


@act(Invited)
def invite(invited: Invited) -> Iterator[Wrong | Record]:
    """Write down that a customer was asked; nobody is asked twice within a month, whatever the survey."""
    around = live(Invited).filter(party=invited.party_id, at__gt=invited.at - REST, at__lt=invited.at + REST)
    if around.exists():
        yield Wrong("party", "30 天内已经请这位顾客参加过调查，请不要再打扰。", "This customer was asked within 30 days; leave him in peace.")


@act(Scored)
def score(scored: Scored) -> Iterator[Wrong | Record]:
    """Write down a score; nobody rates himself."""
    least, most = SCALES[Instrument(scored.survey.instrument)]
    if not least <= scored.score <= most:
        yield Wrong("score", f"分数在 {least} 到 {most} 之间。", f"A score is between {least} and {most}.")
    if scored.rated_id and scored.rated_id == scored.rater_id:
        yield Wrong("rater", "不能给自己打分。", "Nobody rates himself.")


@act(FollowedUp)
def follow_up(followed: FollowedUp) -> Iterator[Wrong | Record]:
    """Write down that a low score was spoken about."""
    if followed.at < followed.scored.at:
        yield Wrong("at", "回访不会早于评分。", "That cannot be before the score.")


@act(Result)
def publish(result: Result) -> Iterator[Wrong | Record]:
    """Write down a published result."""
    if result.until < result.since:
        yield Wrong("until", "结束日期不能早于开始日期。", "It cannot end before it begins.")
    if result.answers is not None and result.answers < 1:
        yield Wrong("answers", "没有人回答就没有结果。", "Without an answer there is no result.")
    low, high = result.low, result.high
    if (low is not None and low > result.score) or (high is not None and high < result.score):
        yield Wrong("score", "结果应在区间之内。", "The result lies within its interval.")
