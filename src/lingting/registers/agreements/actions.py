"""What departments do with their agreements (内部服务协议)."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act
from lingting.registers.agreements.models import Agreed, Agreement, Commitment, Delivered, Improving, Measured, Rated, Request, Side, Wanted, Yardstick


@act(Agreement)
def begin(agreement: Agreement) -> Iterator[Wrong | Record]:
    """Begin an agreement between two departments."""
    if agreement.giver == agreement.receiver:
        yield Wrong("receiver", "提供方和接受方是同一个部门；请选另一个。", "Giver and receiver are the same department; choose another.")


@act(Agreed)
def sign(agreed: Agreed) -> Iterator[Wrong | Record]:
    """Sign an agreement; one that binds a single side cannot be signed."""
    sides = set(Commitment.objects.filter(agreement=agreed.agreement).values_list("side", flat=True))
    if sides != {Side.GIVER, Side.RECEIVER}:
        yield Wrong("agreement", "协议要有双方的承诺才能签；现在只是草稿。", "An agreement needs commitments of both sides; this one is a draft.")


@act(Yardstick)
def measure_by(yardstick: Yardstick) -> Iterator[Wrong | Record]:
    """Set a yardstick. The giver's is written down and does not hold: whoever is measured does not choose the measure, and that it was tried is seen."""
    if not 0 < yardstick.target <= 1000:  # noqa: PLR2004  # per cent with one decimal place
        yield Wrong("target", "目标在 0 到 100 % 之间。", "The target lies between 0 and 100 %.")


@act(Measured)
def measure(measured: Measured) -> Iterator[Wrong | Record]:
    """Write down how a period was."""
    if measured.until < measured.since:
        yield Wrong("until", "结束不能早于开始。", "The period cannot end before it begins.")
    if not 0 <= measured.met <= measured.n:
        yield Wrong("met", "做到的数不能超过总数。", "No more can be met than there were.")
    if not 0 <= measured.surpassed <= measured.met:
        yield Wrong("surpassed", "超出期望的数不能超过做到的数。", "No more can surpass the target than met it.")


@act(Request)
def ask(request: Request) -> Iterator[Wrong | Record]:
    """Ask another department for something."""
    if request.due is not None and request.due <= request.at:
        yield Wrong("due", "需要的时间要在提出之后。", "It is needed after it is asked for.")


@act(Delivered)
def deliver(delivered: Delivered) -> Iterator[Wrong | Record]:
    """Write down that a promise between departments was kept."""
    if delivered.at < delivered.promised.at:
        yield Wrong("at", "兑现不会早于承诺。", "It cannot be kept before it was promised.")


@act(Rated)
def rate(rated: Rated) -> Iterator[Wrong | Record]:
    """Rate the other department from 1 to 5."""
    for column in ("care", "cooperation", "communication", "understanding", "trust"):
        value = getattr(rated, column)
        if value is not None and not 1 <= value <= 5:  # noqa: PLR2004  # the scale
            yield Wrong(column, "请填 1 到 5。", "Give 1 to 5.")


@act(Wanted)
def want(wanted: Wanted) -> Iterator[Wrong | Record]:
    """Write down a need of the receiver."""
    if not 1 <= wanted.performance <= 5:  # noqa: PLR2004  # the scale
        yield Wrong("performance", "请填 1 到 5。", "Give 1 to 5.")
    if wanted.rank < 1:
        yield Wrong("rank", "排序从 1 开始。", "Ranks begin with 1.")


@act(Improving)
def improve(improving: Improving) -> Iterator[Wrong | Record]:
    """Write down what is done about a need."""
    if improving.due < localdate(improving.at):
        yield Wrong("due", "期限要在今天或之后。", "The day lies today or later.")
