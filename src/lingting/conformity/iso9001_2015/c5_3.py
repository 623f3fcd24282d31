"""5.3 Organisational roles, responsibilities and authorities (岗位、职责和权限): what the register of people can answer."""

from lingting.conformity.check import Listed, Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.people import queries as people

HERE = ("people.person", "people.left")
HELD = (*HERE, "people.role", "people.appointed", "people.relieved", "people.deputed", "people.recalled")


@check("5.3-C1", reads=(*HERE, "people.entrusted"))
def the_five_duties_are_entrusted(moment: Moment) -> Sample:
    """总体：五项体系职责。不通过：没有交给在岗的人。

    Population: the five duties for the system. Failing: not with anybody who works here.
    """
    duties = people.duties(moment)
    return Sample(Listed(duties), Listed(tuple(one for one in duties if not one.kept)))


@check("5.3-C2", reads=(*HELD, "people.authorised", "people.decided"))
def decisions_stay_within_authority(moment: Moment) -> Sample:
    """总体：退款、补偿、放行、让步的决定。不通过：超出作出人和批准人当时的权限。

    Population: decisions about refunds, compensation, release and concessions. Failing: beyond what whoever made or approved them could decide then.
    """
    return Sample(people.decided(moment), people.beyond_authority(moment))


@check("5.3-C3", reads=HELD)
def key_roles_have_deputies(moment: Moment) -> Sample:
    """总体：关键岗位。不通过：没有在岗的代理人（担任者自己不算）。

    Population: key roles. Failing: nobody who works here stands in for whoever holds it.
    """
    return Sample(people.key_roles(moment), people.undeputised(moment))
