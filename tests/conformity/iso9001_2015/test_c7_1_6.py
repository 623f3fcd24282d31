"""7.1.6 Organizational knowledge: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conformity.papers import talk, who  # noqa: F401  # fixtures

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


Talk = Callable[..., Record]


@pytest.fixture
def article(put: Put, who: Callable[[str], Record]) -> Callable[..., Record]:  # noqa: F811
    def publish(code: str = "KB-07", **given: object) -> Record:
        return put(
            "documents.article",
            code=code,
            title="破损怎样赔",
            words="三日内凭照片申请",
            at="2026-06-01",
            **{"owner": who("SV1"), "valid": "2026-08-31", **given},
        )

    return publish


@turns_red("7.1.6-C1")
def test_a_question_asked_often_that_only_old_hands_can_answer_is_found(put: Put, talk: Talk, stands: Stands) -> None:  # noqa: F811
    for day in range(1, 7):
        talk(f"2026-08-0{day} 10:00", theirs="箱子破了怎么赔呀")
    put("documents.question", code="Q-03", title="破损怎样赔", words="怎么赔 赔多少", at="2026-08-10")
    assert stands("7.1.6-C1") == ("nonconforms", 6, 6)


@stays_green("7.1.6-C1")
def test_a_rare_question_needs_no_article_and_an_article_covers_a_frequent_one(put: Put, talk: Talk, article: Put, stands: Stands) -> None:  # noqa: F811
    for day in range(1, 7):
        talk(f"2026-08-0{day} 10:00", theirs="箱子破了怎么赔呀")
    for day in range(1, 5):
        talk(f"2026-08-0{day} 11:00", theirs="你们收宠物吗")
    put("documents.question", code="Q-03", title="破损怎样赔", words="怎么赔 赔多少", at="2026-08-10")
    put("documents.question", code="Q-04", title="宠物", words="宠物", at="2026-08-10")
    put("documents.covered", question="Q-03", article=article(), at="2026-08-11")
    assert stands("7.1.6-C1")[1:] == (0, 6)


@turns_red("7.1.6-C2")
def test_an_article_out_of_date_or_nobodys_fails(article: Put, stands: Stands) -> None:
    article("KB-1", valid="2026-08-30")
    article("KB-2", owner=None)
    assert stands("7.1.6-C2") == ("nonconforms", 2, 2)


@stays_green("7.1.6-C2")
def test_an_article_on_its_last_day_is_in_date_and_one_put_away_is_not_asked(article: Put, put: Put, stands: Stands) -> None:
    article("KB-1")
    put("documents.shelved", article=article("KB-2", valid="2026-07-01"), reason="不再提供", at="2026-07-02")
    assert stands("7.1.6-C2")[1:] == (0, 1)


@turns_red("7.1.6-C3")
def test_answers_out_of_an_outdated_article_contradict_the_new_one(article: Put, put: Put, stands: Stands) -> None:
    for place in range(5):
        put("documents.compared", article=article() if not place else "KB-07", quote=f"七天内都可以 {place}", agrees=False, at="2026-08-01")
    assert stands("7.1.6-C3") == ("nonconforms", 5, 5)


@stays_green("7.1.6-C3")
def test_an_answer_in_other_words_that_agrees_is_no_contradiction(article: Put, put: Put, stands: Stands) -> None:
    put("documents.compared", article=article(), quote="收货三天之内发照片给我们", agrees=True, at="2026-08-01")
    assert stands("7.1.6-C3")[1:] == (0, 1)
