"""8.3.1 Design and development, general (设计和开发 总则): what direction can answer of its exclusion."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction


@check("8.3.1-C2", reads=("direction.excluded", "direction.readmitted"), timed=True)
def leaving_design_out_is_founded(moment: Moment) -> Sample:
    """计数：声明 8.3（或其中一条）不适用。不通过：没有理由，或已过复核日期。没有声明不适用时无可计数。

    Counted: declarations that 8.3, or a part of it, does not apply. Failing: no reason, or past the day of review. Without such a declaration there is
    nothing to count.
    """
    return Sample(*(rows.filter(clause__startswith="8.3") for rows in (direction.excluded(moment), direction.excluded_unfounded(moment))))
