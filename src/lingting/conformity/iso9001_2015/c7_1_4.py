"""7.1.4 Environment for the operation of processes (过程运行环境): what the register of surroundings can answer."""

from lingting.conformity.check import TAKEN_BACK, Sample, Together, check
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
from lingting.registers.processes.models import Process
from lingting.registers.surroundings import queries as surroundings

PROFILES = ("surroundings.profile", "surroundings.condition")


@check("7.1.4-C1", reads=("processes.process", *PROFILES))
def surroundings_are_determined(moment: Moment) -> Sample:
    """总体：全部过程。不通过：没有写明所需环境，十三项因素没有逐项写明适用或不适用，或人与人打交道的过程只有物理因素适用。

    Population: all processes. Failing: the surroundings are not determined, one of the thirteen factors is undecided, or – where people deal with people –
    only physical factors apply.
    """
    processes = Process.objects.as_of(moment)
    return Sample(processes, surroundings.undetermined(processes, moment))


@check("7.1.4-C2", reads=(*PROFILES, "surroundings.limit", "surroundings.reading"), timed=True)
def physical_factors_are_measured_and_within_limits(moment: Moment) -> Sample:
    """总体：有限值的读数，以及适用的物理因素。不通过：读数超限；因素没有限值或没有按期测量。

    Population: readings for which a limit held, and the physical factors that apply. Failing: outside the limit; without a limit, or not read as often
    as it says.
    """
    return Sample(
        Together(surroundings.judged(moment), surroundings.applying(moment)), Together(surroundings.out_of_limit(moment), surroundings.unmeasured(moment))
    )


@check("7.1.4-C3", reads=("surroundings.shift", "surroundings.trip", "surroundings.drive"))
def shifts_and_drives_leave_rest(moment: Moment) -> Sample:
    """总体：班次，以及有驾驶记录的行程。不通过：休息、夜班、工时、连续上班或连续驾驶不符合规定。

    Population: shifts, and trips with a log of driving. Failing: a rule about rest, nights, hours, days in a row or driving is broken.
    """
    return Sample(Together(surroundings.shifts(moment), surroundings.trips(moment)), Together(surroundings.restless(moment), surroundings.overdriven(moment)))


@check("7.1.4-C4", reads=("conversations.found", "conversations.ended", "surroundings.relief", *TAKEN_BACK), timed=True)
def a_break_is_offered_after_abuse(moment: Moment) -> Sample:
    """总体：听到辱骂、且结束满 15 分钟或已安排休整的会话。不通过：会话结束后 15 分钟内没有请坐席休整。

    Population: conversations with abuse that ended 15 minutes ago, or after which a break was offered. Failing: none offered within 15 minutes of the end.
    """
    heard = conversations.abused(moment)
    missed = surroundings.unrelieved(heard, moment)
    return Sample(heard.filter(pk__in=missed.values("pk")) | heard.filter(pk__in=surroundings.relieved(heard, moment).values("pk")), missed)


@check("7.1.4-C5", reads=("surroundings.report", "surroundings.resolved"), timed=True)
def trouble_told_of_is_dealt_with(moment: Moment) -> Sample:
    """总体：已处理或满 30 天的歧视、冲突、敌意报告。不通过：30 天内没有处理。

    Population: reports of discrimination, conflict or hostility that were dealt with, or are 30 days old. Failing: not dealt with within 30 days.
    """
    return Sample(surroundings.incidents_due(moment), surroundings.unresolved(moment))
