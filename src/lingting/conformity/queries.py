"""What is true of rulings (人的判定) as of a moment."""

from django.utils.timezone import localdate

from lingting.conformity.models import Ruling
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment


def ruling(check_id: str, moment: Moment) -> Ruling | None:
    """Return the newest ruling on a check."""
    return Ruling.objects.as_of(moment).filter(check_id=check_id).order_by("-at", "-id").first()


def run_out(moment: Moment) -> RecordQuerySet[Ruling]:
    """Return the rulings whose day of review is past."""
    return Ruling.objects.as_of(moment).filter(review__lt=localdate(moment.at))
