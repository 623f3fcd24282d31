"""What is true of processes (过程) as of a moment; of their means in `standing`, of changes and control in `controlling`."""

from datetime import timedelta
from typing import Any

from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.utils.timezone import localdate

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.processes.choices import Keeping
from lingting.registers.processes.controlling import (  # noqa: F401  # the lists of the register are looked for here
    careless,
    careless_transfers,
    changes,
    irreversible,
    norms,
    operations,
    settled_unintended,
    single_handed,
    special,
    transfers,
    uncontrolled,
    unintended,
    unreviewed,
    unvalidated,
)
from lingting.registers.processes.models import (
    Affirmed,
    Described,
    Ended,
    Indicator,
    Kept,
    Need,
    Output,
    Performed,
    Process,
    Receiver,
    Run,
    Waived,
    Without,
)
from lingting.registers.processes.models import Value as Measured
from lingting.registers.processes.standing import (  # noqa: F401
    assets,
    down,
    outages,
    service_due,
    unannounced,
    unavailable,
    unrehearsed,
    watched,
)


def processes(moment: Moment) -> RecordQuerySet[Process]:
    """Return the processes that are run."""
    return Process.objects.as_of(moment).exclude(Exists(Ended.objects.as_of(moment).filter(process=OuterRef("pk"))))


def undescribed(moment: Moment) -> RecordQuerySet[Process]:
    """Return the processes that lack an owner, inputs, outputs, criteria or an indicator."""
    whole = _newest(moment).exclude(owner=None).exclude(inputs="").exclude(criteria="")
    return processes(moment).exclude(
        Exists(whole.filter(process=OuterRef("pk")))
        & Exists(Output.objects.as_of(moment).filter(process=OuterRef("pk")))
        & Exists(Indicator.objects.as_of(moment).filter(process=OuterRef("pk")))
    )


def _newest(moment: Moment) -> RecordQuerySet[Described]:
    rows = Described.objects.as_of(moment)
    later = rows.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")), process=OuterRef("process"))
    return rows.exclude(Exists(later))


def riskless(moment: Moment) -> RecordQuerySet[Process]:
    """Return the processes of which nobody wrote down what risk or opportunity they carry."""
    return processes(moment).exclude(Exists(_newest(moment).exclude(risks="").filter(process=OuterRef("pk"))))


def outputs(moment: Moment) -> RecordQuerySet[Output]:
    """Return what comes out of the processes that are run."""
    return Output.objects.as_of(moment).filter(process__in=processes(moment).values("pk"))


def open_outputs(moment: Moment) -> RecordQuerySet[Output]:
    """Return the outputs that nobody receives, or only a process that is run no more: the steps left hanging."""
    live = Exists(processes(moment).filter(pk=OuterRef("process")))
    received = Receiver.objects.as_of(moment).filter(output=OuterRef("pk")).filter(~Q(outside="") | live)
    return outputs(moment).exclude(Exists(received))


def internal(moment: Moment) -> RecordQuerySet[Receiver]:
    """Return who receives inside: processes that are run, of outputs of processes that are run – each the internal customer of the other."""
    live = processes(moment).values("pk")
    return Receiver.objects.as_of(moment).filter(process__in=live, output__in=outputs(moment).values("pk"))


def _said(moment: Moment, side: str) -> Any:
    rows = Affirmed.objects.as_of(moment).filter(receiver=OuterRef("pk"), side=side).order_by("-at", "-id")
    return Subquery(rows.values("agrees")[:1])


def _asked(moment: Moment) -> RecordQuerySet[Receiver]:
    return internal(moment).annotate(gives=_said(moment, Affirmed.Side.GIVER), takes=_said(moment, Affirmed.Side.RECEIVER))


def confirmed(moment: Moment) -> RecordQuerySet[Receiver]:
    """Return the internal customers of whom both sides said so, by the newest word of each."""
    return _asked(moment).filter(gives=True, takes=True)


def contradicted(moment: Moment) -> RecordQuerySet[Receiver]:
    """Return the internal customers of whom one side says that it is not so."""
    return _asked(moment).filter(Q(gives=False) | Q(takes=False))


def unconfirmed(moment: Moment) -> RecordQuerySet[Receiver]:
    """Return the internal customers of whom a side has not spoken yet, and none has said no."""
    return _asked(moment).filter(Q(gives=None, takes=None) | Q(gives=None, takes=True) | Q(gives=True, takes=None))


def handed_to(process: int, moment: Moment) -> RecordQuerySet[Receiver]:
    """Return what a process receives from others, each with who gives it: the links directly upstream."""
    return internal(moment).filter(process=process).exclude(output__process=process).select_related("output__process").order_by("output__process__code", "id")


def upstream(process: int, moment: Moment) -> list[Process]:
    """Return the processes from which a process receives something, directly or through others, the nearest first: where a complaint is traced."""
    edges: dict[int, set[int]] = {}
    links = Receiver.objects.as_of(moment).filter(output__in=outputs(moment).values("pk"), process__isnull=False)
    for receiver, giver in links.values_list("process_id", "output__process_id"):
        edges.setdefault(receiver or 0, set()).add(giver)
    found, ring = [process], edges.get(process, set())
    while ring := ring - set(found):
        found += sorted(ring)
        ring = set().union(*(edges.get(one, set()) for one in ring))
    rows = processes(moment).in_bulk(found[1:])
    return [rows[number] for number in found[1:] if number in rows]


def needs(moment: Moment) -> RecordQuerySet[Need]:
    """Return what processes need to run by or must leave."""
    return Need.objects.as_of(moment).exclude(Exists(Waived.objects.as_of(moment).filter(need=OuterRef("pk"))))


def undocumented(moment: Moment, in_force: RecordQuerySet[Any]) -> RecordQuerySet[Process]:
    """Return the processes with neither a document in force nor a decision, still in date, that none is needed.

    Args:
        moment: as of when.
        in_force: the revisions in force, as the register of documents knows them.
    """
    document = needs(moment).filter(process=OuterRef("pk"), document__in=in_force.values("document"))
    without = Without.objects.as_of(moment).filter(process=OuterRef("pk"), review__gte=localdate(moment.at))
    return processes(moment).exclude(Exists(document)).exclude(Exists(without))


def unlinked(moment: Moment) -> RecordQuerySet[Process]:
    """Return the processes that name no document to run by, and no decision in date that none is needed."""
    document = needs(moment).filter(process=OuterRef("pk"), document__isnull=False)
    without = Without.objects.as_of(moment).filter(process=OuterRef("pk"), review__gte=localdate(moment.at))
    return processes(moment).exclude(Exists(document)).exclude(Exists(without))


def decisions_due(moment: Moment) -> RecordQuerySet[Without]:
    """Return the decisions that no document is needed which are to be looked at again."""
    return Without.objects.as_of(moment).filter(review__lt=localdate(moment.at))


def recordless(moment: Moment) -> RecordQuerySet[Process]:
    """Return the processes that name no record they must leave."""
    return processes(moment).exclude(Exists(needs(moment).filter(process=OuterRef("pk"), keeping=Keeping.RETAIN)))


def runs(moment: Moment) -> RecordQuerySet[Run]:
    """Return the runs whose time has come, or that were done."""
    done = Performed.objects.as_of(moment).filter(run=OuterRef("pk"))
    return Run.objects.as_of(moment).filter(Q(due__lte=moment.at) | Q(Exists(done)))


def unrecorded(moment: Moment) -> RecordQuerySet[Run]:
    """Return the runs that were not done, or that lack a record which their process must leave."""
    done = Performed.objects.as_of(moment).filter(run=OuterRef("pk"))
    kept = Kept.objects.as_of(moment).filter(run=OuterRef(OuterRef("pk")), series=OuterRef("series"))
    wanting = needs(moment).filter(process=OuterRef("process"), keeping=Keeping.RETAIN).exclude(Exists(kept))
    return runs(moment).filter(~Q(Exists(done)) | Q(Exists(wanting)))


def indicators(moment: Moment) -> RecordQuerySet[Indicator]:
    """Return the indicators of running processes that have run for a period or have a value."""
    measured = Measured.objects.as_of(moment).filter(indicator=OuterRef("pk"))
    return Indicator.objects.as_of(moment).filter(Q(at__lte=Value(moment.at) - _period()) | Q(Exists(measured)), process__in=processes(moment).values("pk"))


def valueless(moment: Moment) -> RecordQuerySet[Indicator]:
    """Return the indicators without a value in the period that ends now."""
    measured = Measured.objects.as_of(moment).filter(indicator=OuterRef("pk")).order_by("-at").values("at")[:1]
    rows = indicators(moment).annotate(last=Subquery(measured))
    return rows.filter(Q(last=None) | Q(last__lt=Value(moment.at) - _period()))


def _period() -> Any:
    return ExpressionWrapper(F("every") * Value(timedelta(days=1), output_field=DurationField()), output_field=DurationField())


stands = Stands(("unlinked", unlinked), ("undescribed", undescribed), ("recordless", recordless), ("riskless", riskless), ("processes", processes))
"""How a process stands, the worst first."""

receiver_stands = Stands(("contradicted", contradicted), ("unconfirmed", unconfirmed), ("confirmed", confirmed))
"""How an internal customer stands, the worst first."""
