"""8.3.6 Changes of design and development (设计和开发更改): what the register of designs can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.designs import queries as designs


@check("8.3.6-C1", reads=("designs.change", "designs.effective", "designs.reviewed", "designs.authorised"))
def changes_are_documented(moment: Moment) -> Sample:
    """总体：已生效的设计更改（更改本身即为记录）。不通过：缺评审结果、防止不利影响的措施或批准。

    Population: design changes in effect (the change is the first record). Failing: the review, what keeps it from harm, or the permission is missing.
    """
    return Sample(designs.changed(moment), designs.undocumented(moment))


@check("8.3.6-C2", reads=("designs.change", "designs.effective", "designs.authorised"))
def changes_are_allowed_before_they_take_effect(moment: Moment) -> Sample:
    """总体：已生效的设计更改。不通过：生效时还没有批准。

    Population: design changes in effect. Failing: not allowed by then.
    """
    return Sample(designs.changed(moment), designs.unauthorised(moment))
