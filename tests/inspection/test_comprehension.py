"""Was it understood? What asks for it, what answers it, and what only sounds alike."""

import pytest

from lingting.inspection.comprehension import HINTS, answered, asked
from lingting.inspection.normalise import plain

ASKS = (
    ("请问您清楚了吗？", "clear"), ("这样讲，您听明白了吗？", "clear"), ("我讲清楚没有？", "clear"), ("您看懂不懂？", "clear"), ("您理解了吗", "clear"),
    ("Is everything clear?", "clear"), ("Does that make any sense?", "clear"), ("Do you follow?", "clear"), ("Is that all clear?", "clear"),
    ("请问您还有哪里不清楚的吗？", "doubt"), ("不知道我讲清楚没有，您还有疑问吗？", "doubt"), ("有什么不懂的吗？", "doubt"), ("Any doubts?", "doubt"),
)  # fmt: skip
DOES_NOT = ("我再查清楚一点告诉您。", "还有其他问题吗？", "您了解我们的新服务吗？", "这个我不清楚。", "Anything else?", "I will make it clear to them.", "")
ANSWERS = (
    ("clear", "清楚了", True), ("clear", "嗯，懂了。", True), ("clear", "门儿清了。", True), ("clear", "好的", True), ("clear", "没问题", True),
    ("clear", "Yes, very clear.", True), ("clear", "It does, thanks.", True), ("clear", "ok清楚 3q", True),
    ("clear", "还是不清楚。", False), ("clear", "没听懂", False), ("clear", "没有。", False), ("clear", "您再说一遍？", False), ("clear", "Not really.", False),
    ("clear", "I don't follow.", False), ("clear", "No.", False), ("clear", "我有点糊涂", False),
    ("doubt", "没有了", True), ("doubt", "暂时没有", True), ("doubt", "没什么不清楚的", True), ("doubt", "都清楚了。", True), ("doubt", "No, thanks.", True),
    ("doubt", "不太明白运费", False), ("doubt", "嗯", None), ("clear", "那明天到吗？", None), ("clear", "", None), ("doubt", "有的", None),
)  # fmt: skip


@pytest.mark.parametrize(("words", "how"), [*ASKS, *((words, "") for words in DOES_NOT)])
def test_a_question_whether_it_is_clear_is_told_from_what_only_sounds_like_one(words: str, how: str) -> None:
    assert asked(plain(words)) == how
    assert not how or any(hint in words.lower() for hint in HINTS), "else nobody would look"


@pytest.mark.parametrize(("how", "words", "yes"), ANSWERS)
def test_an_answer_says_yes_or_no_or_neither_by_what_was_asked(how: str, words: str, yes: object) -> None:
    assert answered(how, plain(words)) is yes
