"""What a norm is (服务规范): the language in which it says what to listen for, and the samples that prove it; docs/norm-language.md shows each word of it."""

import ast
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, RootModel, StringConstraints, ValidationInfo, field_validator, model_validator

from lingting.catalog.listening import Answering, Echo, Patterns, Promises, ReadBack, Taking, Told
from lingting.catalog.model import Part, Text, Words

Speaker = Literal["agent", "customer", "system", "other"]
P = TypeVar("P", bound=Part)


class Lists(RootModel[dict[str, Patterns]]):
    """Lists of words that norms share, by their names."""


class Sample(Part):
    """A short dialogue that proves a norm: ⟦ ⟧ marks the words it must quote.

    Lines begin with 客服: / Agent:, 客户: / Customer:, 系统: / System:, 其他: / Other:, and may say when (`00:31.0-00:36.5 客服: …`) and, of
    recognised speech, how sure the recogniser was (`客户(40%): …`).
    """

    text: Words
    channel: str = "chat"
    at: str = "2026-03-11T14:30:00+08:00"
    ended: bool = False
    slots: Mapping[str, str] = {}
    meta: Mapping[str, Any] = {}

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, given: object) -> object:
        return {"text": given} if isinstance(given, str) else given


class Bounds(Part):
    """How many, or how much, at least and at most."""

    least: float | None = None
    most: float | None = None

    @model_validator(mode="after")
    def _some(self) -> "Bounds":
        if self.least is None and self.most is None:
            raise ValueError("say `least`, `most` or both")
        return self


class Window(Part):
    """Where other words must stand, seen from an anchor: another condition's words (`after`, `before`, `around`), or its unit (`same`).

    `turns` counts turns of the speaker looked for, `seconds` runs from the anchor's turn, `until` ends at the first turn of these speakers, and `nth`
    takes only the first (1), second …, or last (-1) of the anchor's words. Where the anchor is what the norm quotes, those very words count.
    """

    after: str | None = None
    before: str | None = None
    around: str | None = None
    same: Literal["clause", "sentence", "turn"] | None = None
    of: str | None = None
    turns: Annotated[int, Field(ge=0)] | None = None
    seconds: Annotated[float, Field(gt=0)] | None = None
    until: tuple[Speaker, ...] = ()
    nth: int | None = None

    @model_validator(mode="after")
    def _one_side(self) -> "Window":
        if [self.after, self.before, self.around, self.same].count(None) != 3:  # noqa: PLR2004  # one of the four
            raise ValueError("say one of `after`, `before`, `around` and `same`")
        if self.same and not self.of:
            raise ValueError("`same` needs `of`: the condition whose unit it is")
        return self

    @cached_property
    def anchor(self) -> str:
        """Return the name of the condition it is seen from."""
        return next(name for name in (self.after, self.before, self.around, self.of) if name)


class Range(Part):
    """Which of a speaker's turns: the `first` so many, the `last` so many (of an ended conversation), or `from` one `to` another, counted from 1."""

    first: Annotated[int, Field(ge=1)] | None = None
    last: Annotated[int, Field(ge=1)] | None = None
    since: Annotated[int, Field(ge=1)] | None = None
    until: Annotated[int, Field(ge=1)] | None = None


class Like(Part):
    """Words like one of these sentences: share of common pairs of letters (Dice), from 0 to 1."""

    to: Annotated[Patterns, Field(min_length=1)]
    least: Annotated[float, Field(gt=0, le=1)] = 0.6


class Shares(Part):
    """How much of the words' content was said before by another, or is said afterwards (`later`, in an ended conversation): 0 nothing, 1 all of it."""

    by: Speaker
    turns: Annotated[int, Field(ge=1)] | None = None
    later: bool = False
    least: Annotated[float, Field(ge=0, le=1)] | None = None
    most: Annotated[float, Field(ge=0, le=1)] | None = None


class Again(Part):
    """The same point made again: at least so many turns of one speaker that are like each other, the later ones count."""

    least: Annotated[int, Field(ge=2)] = 3
    like: Annotated[float, Field(gt=0, le=1)] = 0.5


Lasting = Literal["silence", "hold", "response", "pace", "words", "length", "speech", "overlap", "loudness", "confidence"]


class Condition(Part):
    """Words to be found, or turns where it names no words; every line narrows it.

    Words: `any` of these patterns, `all` of these groups, `least` so many `of` these groups, `unless` none of these in the same unit; `but` words that are no
    match where they cover one; `mode` says how a phrase `text` is matched; `like` example sentences; `norm` takes what another norm found, `either` what
    one of several other conditions met. A name that begins with $ stands for a list of words in `catalog/words/`. Without words, `each` takes the clauses or
    sentences of a turn one by one; `continues` asks that a turn begins with the words with which this speaker's turn just before it ended.
    """

    by: tuple[Speaker, ...] = ()
    any: Patterns = ()
    all: tuple[Patterns, ...] = ()
    of: tuple[Patterns, ...] = ()
    least: Annotated[int, Field(ge=1)] | None = None
    unless: Patterns = ()
    but: Patterns = ()
    text: Words | None = None
    mode: Literal["verbatim", "equivalent", "free"] = "equivalent"
    like: Like | None = None
    norm: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    unit: Literal["clause", "sentence", "turn"] = "sentence"
    sound: bool = False
    quoted: bool = False
    question: bool | None = None
    time: Literal["definite", "none"] | None = None
    letters: Bounds | None = None
    turns: Range | None = None
    within: Window | None = None
    times: Bounds | None = None
    run: Annotated[int, Field(ge=2)] | None = None
    again: Again | None = None
    each: Literal["clause", "sentence"] | None = None
    continues: Speaker | None = None
    shares: Shares | None = None
    lasting: Lasting | None = None
    amount: Bounds | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: object) -> object:
        """Let one speaker, one norm and one group stand without a list."""
        if not isinstance(given, dict):
            return given
        full = dict(given)
        for name in ("by", "norm"):
            if isinstance(full.get(name), str):
                full[name] = [full[name]]
        return full

    @model_validator(mode="after")
    def _sense(self) -> "Condition":
        if self.of and self.least is None:
            raise ValueError("`of` needs `least`: how many of the groups")
        if self.mode == "verbatim" and not self.text:
            raise ValueError("`mode: verbatim` needs `text`: the phrase")
        if bool(self.lasting) != bool(self.amount):
            raise ValueError("`lasting` and `amount` stand together")
        if [bool(self.norm), bool(self.either), self.has_words].count(True) > 1:
            raise ValueError("a condition takes a norm's findings, those of other conditions, or looks for words: one of the three")
        if self.each and (self.has_words or self.norm or self.either or self.lasting):
            raise ValueError("`each` is for a condition without words: words stand in their clause or sentence already (`unit`)")
        return self

    @property
    def has_words(self) -> bool:
        """Tell whether it looks for words; without any it is met by whole turns."""
        return bool(self.any or self.all or self.of or (self.text and self.mode != "free"))


class Only(Part):
    """For which conversations a norm, or one case of it, speaks: their channels, what is known of them (`meta`), timed or not, ended or not, how long."""

    channels: tuple[str, ...] = ()
    meta: Mapping[str, tuple[str, ...]] = {}
    ended: bool | None = None
    timed: bool | None = None
    turns: Bounds | None = None


class Case(Part):
    """When a norm speaks: `find` names the condition whose words are quoted, `when` says what else must hold there, `needs` what must not be missing.

    `steps` are conditions that must follow each other in this order, `only` are the conversations that the case is meant for. `cite` quotes another
    condition's words instead, the last ones in its window; `quote`
    says how much is quoted, `once` how often.
    """

    find: str
    cite: str = ""
    when: str = ""
    needs: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    quote: Literal["words", "clause", "clauses", "sentence", "turn"] = "words"
    once: Literal["", "sentence", "turn", "conversation"] = "turn"
    slots: Mapping[str, str] = {}
    only: Only = Only()


class Rule(Part):
    """The settings of the detector `rule`: named conditions, and the cases made of them."""

    conditions: Mapping[str, Condition] = {}
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]
    only: Only = Only()

    @model_validator(mode="before")
    @classmethod
    def _single(cls, given: object) -> object:
        """Let a rule with one case write it without `cases`."""
        if isinstance(given, dict) and "find" in given:
            case = {name: value for name, value in given.items() if name in Case.model_fields and name != "only"}
            return {name: value for name, value in given.items() if name not in case} | {"cases": [case]}
        return given

    @model_validator(mode="after")
    def _named(self) -> "Rule":
        for case in self.cases:
            for name in (case.find, *filter(None, [case.cite]), *case.needs, *case.steps, *case.slots.values(), *names_in(case.when)):
                if name not in self.conditions:
                    raise ValueError(f"there is no condition {name}; there are {', '.join(self.conditions)}")
        for name, condition in self.conditions.items():
            if condition.within and condition.within.anchor not in self.conditions:
                raise ValueError(f"{name}: there is no condition {condition.within.anchor} to stand {_side(condition.within)}")
            for one in condition.either:
                if one not in self.conditions or self.conditions[one].either:
                    raise ValueError(f"{name}: `either` names conditions that look for something themselves; {one} is none of them")
        for name in self.conditions:
            if name in self._seen_from(name, frozenset()):
                raise ValueError(f"{name}: its window leads back to itself; let one of the windows be seen from words that need none")
        return self

    def _seen_from(self, name: str, known: frozenset[str]) -> frozenset[str]:
        """Return the conditions that the window of one is seen from, those that these are seen from included."""
        condition = self.conditions[name]
        for other in (*condition.either, *([condition.within.anchor] if condition.within else ())):
            known = known if other in known else self._seen_from(other, known | {other})
        return known

    def seen_from(self, name: str) -> frozenset[str]:
        """Return the conditions on which the places of one depend: those it takes them from, and those its window is seen from."""
        return self._seen_from(name, frozenset())


def _side(window: Window) -> str:
    return next(side for side in ("after", "before", "around", "same") if getattr(window, side))


def expression(words: str) -> ast.expr:
    """Return a `when` as a tree of names joined by `and`, `or` and `not`; ValueError for anything else.

    >>> ast.dump(expression("grumble and not sorry"))[:6]
    'BoolOp'
    """
    try:
        tree = ast.parse(words, mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"`{words}` is no expression of names with and, or, not") from error
    allowed = (ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.Name, ast.Load)
    if not all(isinstance(part, allowed) for part in ast.walk(tree)):
        raise ValueError(f"`{words}`: only names, and, or, not and brackets are understood")
    return tree


def names_in(words: str) -> Iterator[str]:
    """Yield the names of conditions in a `when`."""
    if words:
        yield from (part.id for part in ast.walk(expression(words)) if isinstance(part, ast.Name))


SETTINGS: dict[str, type[Part]] = {
    "rule": Rule, "promise": Promises, "read-back": ReadBack, "intake": Taking, "status": Told, "echo": Echo, "answers": Answering,
}  # fmt: skip
"""The shape of each detector's settings."""

SAMPLES = 5
"""A norm needs as many flags and passes at least."""


class Norm(Part):
    """A norm: what is asked of a conversation, the detector that listens for it, and the samples that prove it.

    `phrase` is what an agent may say when the norm's words are due; {org} stands for our name, other slots for what the agent fills in.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    version: Annotated[int, Field(ge=1)]
    requirement: Annotated[str, StringConstraints(pattern=r"^iso9001:2015/")]
    zh: Words
    en: Words
    why: Text
    known_problems: Text
    phrase: Text | None = None
    detector: Words
    kind: Literal["breach", "praise", "promise", "fact", "feeling"]
    severity: Literal["none", "minor", "major", "critical"]
    axis: Literal["耳", "王", "目", "心"]
    source: Literal["seed", "house"]
    provenance: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    languages: tuple[Literal["zh", "en"], ...] = ()
    settings: Part
    flags: tuple[Sample, ...]
    passes: tuple[Sample, ...]

    @field_validator("settings", mode="before")
    @classmethod
    def _shaped(cls, given: object, info: ValidationInfo) -> object:
        """Read the settings into the shape that the norm's detector has."""
        shape = SETTINGS.get(info.data.get("detector", ""))
        if shape is None:
            raise ValueError(f"there is no such detector; there are {', '.join(SETTINGS)}")
        return given if isinstance(given, shape) else shape.model_validate(given)

    def shaped(self, shape: type[P]) -> P:
        """Return the settings in the shape of a detector; TypeError if they are another's."""
        if not isinstance(self.settings, shape):
            raise TypeError(f"the settings of {self.id} are no {shape.__name__}")
        return self.settings

    @model_validator(mode="after")
    def _proven(self) -> "Norm":
        if min(len(self.flags), len(self.passes)) < SAMPLES:
            raise ValueError("a norm needs at least five flags and five passes, two of them near misses")
        if any(sample.text.count("⟦") != sample.text.count("⟧") or "⟦" not in sample.text for sample in self.flags):
            raise ValueError("every flag marks the quoted words with ⟦ and ⟧")
        if any("⟦" in sample.text for sample in self.passes):
            raise ValueError("a pass marks no words: nothing may be found in it")
        return self
