"""7.1.6 Organizational knowledge (组织的知识): what questions, articles and comparisons can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.documents import knowing

ARTICLES = ("documents.article", "documents.shelved")


@check("7.1.6-C1", reads=(*ARTICLES, "documents.question", "documents.raised", "documents.covered"), timed=True)
def frequent_questions_have_an_article(moment: Moment) -> Sample:
    """总体：91 天内问到常问问题（同一问题至少 5 次）的每一次。不通过：这个问题没有在用的知识条目。

    Population: each time within 91 days that a frequent question (asked at least 5 times) was asked. Failing: no article in use answers it.
    """
    return Sample(knowing.frequent_contacts(moment), knowing.uncovered_contacts(moment))


@check("7.1.6-C2", reads=ARTICLES, timed=True)
def articles_are_owned_and_in_date(moment: Moment) -> Sample:
    """总体：在用的知识条目。不通过：没有负责人，没有有效期，或已过期。

    Population: the articles in use. Failing: nobody owns it, no period was set, or it is past.
    """
    return Sample(knowing.articles(moment), knowing.outdated(moment))


@check("7.1.6-C3", reads=("documents.compared",))
def answers_agree_with_the_article(moment: Moment) -> Sample:
    """总体：与条目对照过的答复。不通过：不一致。

    Population: answers that were held beside an article. Failing: they do not agree with it.
    """
    return Sample(knowing.comparisons(moment), knowing.contradicting(moment))
