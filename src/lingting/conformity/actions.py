"""What people do where nothing can be counted (判定): rule on a check."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from lingting import catalog
from lingting.conformity.models import Ruling
from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act


@act(Ruling)
def rule(ruling: Ruling) -> Iterator[Wrong | Record]:
    """Write down a person's answer to a check that only a person can answer."""
    from lingting.conformity.judged import judged

    if ruling.check_id not in catalog.read().checks:
        yield Wrong("check_id", "没有这一项检查；请填条款页上的编号。", "There is no such check; give its id from the clause page.")
    elif ruling.check_id not in judged():
        yield Wrong("check_id", "这一项由记录算出，不能由人代答。", "This check is counted from records; nobody can answer in their place.")
    if ruling.review <= localdate(ruling.at):
        yield Wrong("review", "复核日期要在判定之后。", "The day of review lies after the ruling.")
