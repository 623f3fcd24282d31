"""What comes from outside: into which process, by whom, and which names were met that nobody registered."""

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from lingting.ledger.asking import once
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.suppliers.choices import Type
from lingting.registers.suppliers.models import Called, Ceased, Exempted, Identified, Named, Plan, Posted, Provider, Provision, Resumed


@once
def provisions(moment: Moment) -> RecordQuerySet[Provision]:
    """Return what active providers provide for our processes now."""
    ended = Resumed.objects.as_of(moment).filter(provision=OuterRef("pk"))
    gone = Ceased.objects.as_of(moment).filter(provider=OuterRef("provider"))
    return Provision.objects.as_of(moment).exclude(Exists(ended)).exclude(Exists(gone))


def outsourced(moment: Moment) -> RecordQuerySet[Provision]:
    """Return the processes, or parts of one, that are run outside by our decision."""
    return provisions(moment).filter(type=Type.PROCESS)


def uncontrolled(moment: Moment) -> RecordQuerySet[Provision]:
    """Return the outsourced processes for whose provider no control was fixed."""
    return outsourced(moment).exclude(Exists(_controls(moment).filter(provider=OuterRef("provider"))))


def products_only(moment: Moment) -> RecordQuerySet[Provision]:
    """Return the provisions while all of them are products: was too little looked for? Services and processes count as well."""
    return provisions(moment).exclude(Exists(provisions(moment).exclude(type=Type.PRODUCT)))


@once
def answers(moment: Moment) -> RecordQuerySet[Identified]:
    """Return the newest answer for each process whether anything comes from outside."""
    later = Identified.objects.as_of(moment).filter(process=OuterRef("process"))
    later = later.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), id__gt=OuterRef("id")))
    return Identified.objects.as_of(moment).exclude(Exists(later))


def answers_due(moment: Moment) -> RecordQuerySet[Identified]:
    """Return the answers that were to be looked at again by now."""
    return answers(moment).filter(review__lt=localdate(moment.at))


def unprovided(moment: Moment) -> RecordQuerySet[Identified]:
    """Return the processes that get something from outside for which no provider with a control is registered."""
    controlled = provisions(moment).filter(process=OuterRef("process")).filter(Exists(_controls(moment).filter(provider=OuterRef("provider"))))
    return answers(moment).filter(outside=True).exclude(Exists(controlled))


@once
def names_met(moment: Moment) -> RecordQuerySet[Named]:
    """Return each name met on invoices, interfaces and papers once, where it was met first, without those decided to be no provider."""
    earlier = Named.objects.as_of(moment).filter(name=OuterRef("name")).filter(Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), id__lt=OuterRef("id")))
    exempted = Exempted.objects.as_of(moment).filter(name=OuterRef("name"), review__gte=localdate(moment.at))
    return Named.objects.as_of(moment).exclude(Exists(earlier)).exclude(Exists(exempted))


def unregistered(moment: Moment) -> RecordQuerySet[Named]:
    """Return the names met that are no provider's: unregistered providers, one row each."""
    known = Provider.objects.as_of(moment).filter(name=OuterRef("name"))
    called = Called.objects.as_of(moment).filter(name=OuterRef("name"))
    return names_met(moment).exclude(Exists(known)).exclude(Exists(called))


def posted(moment: Moment) -> RecordQuerySet[Posted]:
    """Return the people of active providers who work on our account."""
    return Posted.objects.as_of(moment).exclude(Exists(Ceased.objects.as_of(moment).filter(provider=OuterRef("provider"))))


def _controls(moment: Moment) -> RecordQuerySet[Plan]:
    return Plan.objects.as_of(moment).exclude(on_provider="", on_output="")
