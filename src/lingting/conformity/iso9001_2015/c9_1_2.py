"""9.1.2 Customer satisfaction (顾客满意): what surveys can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.surveys import queries as surveys


@check("9.1.2-C1", reads=("surveys.survey",))
def methods_are_stated(moment: Moment) -> Sample:
    """总体：设计过的调查。不通过：没有写明对象、抽样、问题、频次或预计回收率。

    Population: the surveys designed. Failing: population, sampling, questions, frequency or the response expected is not stated.
    """
    return Sample(surveys.designed(moment), surveys.without_method(moment))


@check("9.1.2-C2", reads=("surveys.result",))
def results_stand_with_number_and_interval(moment: Moment) -> Sample:
    """总体：公布的结果。不通过：没有回答人数，或没有区间。

    Population: results published. Failing: without the number of answers or without an interval.
    """
    return Sample(surveys.results(moment), surveys.bare(moment))


@check("9.1.2-C3", reads=("surveys.reviewed",), timed=True)
def satisfaction_is_reviewed_from_several_sources(moment: Moment) -> Sample:
    """计数：一年内、用了三个以上来源的满意情况评审。

    Counted: reviews of satisfaction within the year that drew on three sources or more.
    """
    reviews = surveys.whole_reviews(moment)
    return Sample(reviews, reviews.none())


@check("9.1.2-C4", reads=("surveys.scored", "surveys.followedup"), timed=True)
def low_scores_are_spoken_about(moment: Moment) -> Sample:
    """总体：已回访或已满两天的低分（满意度 1–2、推荐 0–6、省力 1–3）。不通过：两天内没有回访。

    Population: low scores (satisfaction 1–2, recommendation 0–6, effort 1–3) spoken about or two days old. Failing: nobody spoke with the customer within
    two days.
    """
    return Sample(surveys.follow_up_due(moment), surveys.not_followed_up(moment))
