"""7.2 Competence (能力): what the registers of people and of external providers can answer."""

from django.db.models import Q

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.people import queries as people
from lingting.registers.suppliers import queries as suppliers

COMPETENCE = ("people.person", "people.left", "people.role", "people.appointed", "people.relieved", "people.required", "people.shown", "people.cleared")


@check("7.2-C1", reads=COMPETENCE, timed=True)
def people_on_duty_meet_their_roles_requirements(moment: Moment) -> Sample:
    """总体：在岗并担任岗位的人。不通过：岗位没有写明能力要求，缺一项有效的证据，或需要签放而没有签放。

    Population: people who work here in a role. Failing: nobody wrote down what the role asks for, valid evidence of something is missing, or a sign-off is.
    """
    return Sample(people.on_duty(moment), people.unfit(moment))


@check("7.2-C2", reads=("people.trained", "people.evaluated"), timed=True)
def trainings_are_evaluated(moment: Moment) -> Sample:
    """总体：已评价或满 30 天的培训。不通过：没有用考核、观察、质检或结果评价有效性；签到不算。

    Population: trainings evaluated, or held 30 days ago. Failing: nobody looked for the effect by test, observation, inspection or result; attendance is none.
    """
    return Sample(people.to_evaluate(moment), people.unevaluated(moment))


@check("7.2-C3", reads=("people.low", "people.coached", "people.retested"), timed=True, whole=True)
def low_inspections_lead_to_coaching_and_a_new_one(moment: Moment) -> Sample:
    """总体：已复测或满 30 天、原因不在系统的质检低分。不通过：30 天内没有先辅导、再复测。

    Population: low inspections not caused by the system that were repeated, or are 30 days old. Failing: no coaching followed by a new inspection within 30
    days.
    """
    return Sample(people.low_due(moment), people.coached_late(moment))


@check("7.2-C4", reads=("suppliers.posted", "suppliers.ceased", *COMPETENCE), timed=True)
def people_of_providers_show_the_same(moment: Moment) -> Sample:
    """总体：外部供方派来、用我们名义工作的人。不通过：没有在岗位上登记，或岗位要求的能力缺证据——和自己的人同样的尺子。

    Population: people of external providers who work on our account. Failing: not entered in a role, or evidence of what the role asks for is missing – by
    the same measure as our own people.
    """
    posted = suppliers.posted(moment)
    fit = people.on_duty(moment).exclude(pk__in=people.unfit(moment).values("pk"))
    return Sample(posted, posted.filter(~Q(person__in=fit.values("pk"))))
