"""9.2.1 Internal audit, purpose (内部审核 目的): what the register of audits can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.audits import queries as audits

DONE = ("audits.audit", "audits.reported")


@check("9.2.1-C1", reads=(*DONE, "audits.pair", "audits.programme", "audits.examined"), timed=True)
def the_cycle_is_covered(moment: Moment) -> Sample:
    """总体：方案要求审、日期已过或已审到的条款（及其过程、场所）。不通过：周期内没有一次完成的审核看过它。

    Population: clauses (in a process, at a site) that the programme wanted by now, or that were audited. Failing: no finished audit of the cycle looked at
    it.
    """
    return Sample(audits.pairs_due(moment), audits.pairs_missed(moment))


@check("9.2.1-C2", reads=DONE, timed=True, whole=True)
def audits_are_held_as_planned(moment: Moment) -> Sample:
    """总体：已完成或计划日期已过的审核。不通过：没有完成，或晚于计划。

    Population: audits finished, or whose day is past. Failing: not finished, or later than planned.
    """
    return Sample(audits.audits_due(moment), audits.audits_late(moment))
