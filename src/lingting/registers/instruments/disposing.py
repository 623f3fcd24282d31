"""Using and looking back (使用与追溯): what is told by an instrument, and what becomes of it when the instrument turns out unfit."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.together import ever
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.instruments import queries
from lingting.registers.instruments.choices import Disposal
from lingting.registers.instruments.fitness import last_good, locks, not_oneself, then, usable, version_of
from lingting.registers.instruments.models import Closed, Disposed, Quarantined, Scope, Told, Unfit, Used


@act(Used)
def use(used: Used) -> Iterator[Wrong | Record]:
    """Write down what was measured or judged: not with a quarantined instrument; outside what it is meant for it is logged, not scored."""
    yield from usable(used.instrument, used.version, used.at, column="instrument")
    yield from version_of(used.instrument, used.version)
    yield from not_oneself(used.instrument, used.person_id, "person")
    if used.scored and ever(Scope, instrument=used.instrument.pk) and not _within_scope(used):
        yield Wrong(
            "scored",
            "这次使用超出它的适用范围；可以登记，但“计分”要填否。",
            "That lies outside what the instrument is meant for; it can be logged, but not scored.",
        )


def _within_scope(used: Used) -> bool:
    scope = then(Scope, used.at).filter(instrument=used.instrument).order_by("-at", "-id").first()
    if scope is None:
        return True
    channel = not scope.channels or not used.channel or used.channel in scope.channels.split()
    language = not scope.languages or not used.language or used.language[:2] in scope.languages.split()
    low = scope.low is None or used.value is None or used.value >= scope.low
    high = scope.high is None or used.value is None or used.value <= scope.high
    # A range is in the unit that it names; a value in another unit is no value of that quantity.
    return channel and language and (used.unit != scope.unit or (low and high))


@act(Unfit)
def find_unfit(unfit: Unfit) -> Iterator[Wrong | Record]:
    """Write down that an instrument is unfit: doubt begins at its last good calibration; whoever lets it begin later says how that is known."""
    yield from version_of(unfit.instrument, unfit.version)
    good = last_good(unfit.instrument, unfit.version, unfit.at)
    unfit.since = unfit.since or good
    if unfit.since > unfit.at:
        yield Wrong("since", "起疑的时间不会晚于发现不适用的时间。", "Doubt does not begin after it was found unfit.")
    if unfit.since > good and not unfit.why:
        yield Wrong("why", "范围比“上次合格校准之后”小，请写明依据。", "That is less than everything since the last good calibration; say how it is known.")
    if not locks(unfit.instrument, unfit.version, unfit.at).exists():
        yield Quarantined(instrument=unfit.instrument, version=unfit.version, why=unfit.why or "发现不适用 Found unfit", at=unfit.at)


@act(Disposed)
def dispose(disposed: Disposed) -> Iterator[Wrong | Record]:
    """Write down what becomes of one doubtful result; it is decided once."""
    if (disposed.used_id is None) == (disposed.found_id is None):
        yield Wrong("used", "请指明一个结果：一次测量，或一条发现。", "Name one result: a measurement or a finding, one of the two.")
        return
    column, number = ("used", disposed.used_id) if disposed.used_id is not None else ("found", disposed.found_id)
    moment = Moment(disposed.at)
    doubtful = (queries.uses_in_doubt if column == "used" else queries.findings_in_doubt)(disposed.unfit, moment)
    if not doubtful.filter(pk=number).exists():
        yield Wrong(column, "这个结果不在这次追溯的范围内。", "That result is not in doubt here.")
    if live(Disposed).filter(unfit=disposed.unfit, **{column: number}).exists():
        yield Wrong(column, "这个结果已经处置过了。", "What becomes of that was decided already.")
    if disposed.how == Disposal.REMEASURE and column == "used" and disposed.used is not None and disposed.used.value is not None and disposed.value is None:
        yield Wrong("value", "重新测量要有新的数值。", "Measured again it has a value; give it.")
    yield from _told_at_once(disposed)


def _told_at_once(disposed: Disposed) -> Iterator[Record]:
    """Yield that whoever of us said the words of a withdrawn finding is told, in the same act: their pages show it from now on."""
    if disposed.found is None or disposed.how != Disposal.WITHDRAW:
        return
    people: Any = Told._meta.get_field("person").related_model  # the reference says which records these are; registers do not import each other
    speaker = disposed.found.said.speaker
    for person in live(people).filter(Q(code=speaker) | Q(name=speaker)) if speaker else ():
        words = "这条发现已撤回，不再计入。 This finding was withdrawn and counts no more."
        yield Told(unfit=disposed.unfit, disposed=disposed, person=person, way="页面通知 page", words=words, at=disposed.at)


@act(Told)
def tell(told: Told) -> Iterator[Wrong | Record]:
    """Write down that somebody was told of a doubtful result."""
    if told.party_id is None and told.person_id is None and told.disposed_id is None:
        yield Wrong("party", "请写明告知了谁：顾客、我们的人，或哪个结果的当事人。", "Say who was told: a customer, one of us, or whom which result concerns.")
    if told.disposed is not None and told.disposed.unfit_id != told.unfit_id:
        yield Wrong("disposed", "这个结果属于另一次追溯。", "That result belongs to another look-back.")


@act(Closed)
def close(closed: Closed) -> Iterator[Wrong | Record]:
    """Write down that a look-back is finished: every doubtful result disposed of, everybody concerned told, and not by the inspector himself."""
    moment = Moment(closed.at)
    yield from not_oneself(closed.unfit.instrument, closed.person_id, "person")
    left = queries.undisposed_uses(closed.unfit, moment).count() + queries.undisposed_findings(closed.unfit, moment).count()
    if left:
        yield Wrong("unfit", f"还有 {left:,} 个结果没有处置，不能结束。", f"Of {left:,} results nobody decided what becomes; it cannot be finished.")
    waiting = queries.untold(moment).filter(unfit=closed.unfit).count()
    if waiting:
        yield Wrong("unfit", f"还有 {waiting:,} 个结果的当事人没有被告知。", f"Of {waiting:,} results those concerned were not told.")
