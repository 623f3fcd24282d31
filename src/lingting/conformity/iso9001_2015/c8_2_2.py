"""8.2.2 Requirements for products and services (产品和服务要求的确定): what offerings can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.offerings import queries as offerings


@check("8.2.2-C1", reads=("offerings.claim", "offerings.proven", "offerings.dropped", "offerings.ended"), timed=True)
def claims_can_be_kept(moment: Moment) -> Sample:
    """总体：对在售产品和服务正在作出的对外声明。不通过：没有能力证据，最近一次查证做不到，或证据已过有效期。

    Population: the claims made in public for what is on sale. Failing: no evidence of capability, the newest says no, or it has run out.
    """
    return Sample(offerings.claims(moment), offerings.unproven(moment))


@check("8.2.2-C2", reads=("offerings.offering", "offerings.ended", "offerings.lawreviewed"), timed=True)
def legal_duties_are_reviewed(moment: Moment) -> Sample:
    """总体：在售的产品和服务。不通过：没有评审过适用哪些法规要求，或已到再评审的日子。

    Population: what is on sale. Failing: nobody looked which legal duties apply, or it is time to look again.
    """
    return Sample(offerings.on_sale(moment), offerings.law_unreviewed(moment))


@check("8.2.2-C3", reads=("offerings.weighed", "offerings.allowed"))
def promises_stay_within_what_is_allowed(moment: Moment) -> Sample:
    """总体：已与授权范围核对的承诺。不通过：超出授权范围，或依据的授权当时已过期。

    Population: promises that were held against what may be promised. Failing: beyond it, or allowed by an entry that had run out.
    """
    return Sample(offerings.weighed(moment), offerings.beyond(moment))
