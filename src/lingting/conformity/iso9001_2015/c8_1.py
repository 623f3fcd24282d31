"""8.1 Operational planning and control (运行的策划和控制): what service norms, unintended changes and outsourced processes can answer."""

from django.db.models import Exists, OuterRef

from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c8_4_1 import PROVIDERS, PROVISION
from lingting.ledger.moment import Moment
from lingting.registers.offerings import queries as offerings
from lingting.registers.processes import controlling
from lingting.registers.suppliers import queries as suppliers

CHANGES = ("processes.change", "processes.reviewed", "processes.measure")


@check("8.1-C1", reads=("offerings.offering", "offerings.ended", "processes.norm", "processes.dropped"))
def offerings_have_criteria(moment: Moment) -> Sample:
    """总体：在售的产品和服务。不通过：没有现行的服务规范写明验收准则和时限。

    Population: what is on sale. Failing: no service norm in force gives criteria and a time limit.
    """
    offered = offerings.on_sale(moment)
    return Sample(offered, offered.exclude(Exists(controlling.norms(moment).filter(offering=OuterRef("code")))))


@check("8.1-C2", reads=CHANGES, timed=True)
def unintended_changes_are_reviewed(moment: Moment) -> Sample:
    """总体：满 7 天或已评审的非预期更改（中断、政策突变等）。不通过：7 天内没有评审，或没有减轻措施。

    Population: unintended changes (outages, sudden policies) a week old or reviewed. Failing: not reviewed within a week, or nothing was done against the
    ill effects.
    """
    return Sample(controlling.unintended(moment), controlling.unreviewed(moment))


@check("8.1-C3", reads=(*PROVIDERS, *PROVISION))
def outsourced_processes_are_controlled(moment: Moment) -> Sample:
    """总体：在用供方承担的外包过程（或其中一段）。不通过：没有为该供方定出任何控制。

    Population: processes, or parts of one, that an active provider runs for us. Failing: no control was fixed for that provider.
    """
    return Sample(suppliers.outsourced(moment), suppliers.uncontrolled(moment))
