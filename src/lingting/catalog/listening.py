"""What a norm tells the detector that listens for it (设置), for each detector but the rule: its settings as data."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from lingting.catalog.model import Part, Words

Patterns = tuple[Words, ...]


class Promises(Part):
    """The settings of the detector `promise`: promises with a time, or those with one of these hazy words.

    `others_within` are the working hours after which another department's hazy promise is due; ours have no time until one is agreed on.
    """

    vague: bool
    hazy: Patterns = ()
    others_within: float | None = Field(default=None, gt=0)


class ReadBack(Part):
    """The settings of the detector `read-back`: words that ask for confirmation, words that ask for what will be read back, and the customer's yes and no."""

    cues: Patterns
    asks: Patterns = ()
    yes: Patterns
    no: Patterns


class Taking(Part):
    """The settings of the detector `intake`: which fault of the way it looks for."""

    fault: Literal["two-questions", "unannounced", "unpermitted", "incomplete", "early-promise"]


class Echo(Part):
    """The settings of the detector `echo`: words that make a repetition a check, and questions that only offer help, so that an answer to them is no slot."""

    checks: Patterns
    offers: Patterns


class Sought(Part):
    """What a kind of question is known by and what answers to it look like.

    `named`: an answer may also be known by a word of the question that it takes up; `telling`: an answer is known as one even where several
    questions were asked at once; `topical`: whatever is said at once of the same thing answers.
    """

    asks: Patterns
    answers: Patterns = ()
    named: bool = False
    telling: bool = False
    topical: bool = False


class Answering(Part):
    """The settings of the detector `answers`: kinds of questions; and words.

    `no_question` are those that only look like one, `empty` what answers nothing, `plain_answer` what answers whatever was asked, `content` what customers
    say who know now.
    """

    kinds: Mapping[str, Sought]
    no_question: Patterns
    empty: Patterns
    plain_answer: Patterns
    content: Patterns


class Told(Part):
    """The settings of the detector `status`: for each fact on record, the words by which each of its values is told; $place, $date and $amount are read."""

    facts: Mapping[str, Mapping[str, Patterns]]
