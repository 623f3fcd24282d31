"""7.5.1 Documented information, general (成文信息 总则): what the list of required information can answer."""

from lingting.conformity.check import Sample, check
from lingting.conformity.iso9001_2015.c4_4_2 import REVISIONS
from lingting.ledger.moment import Moment
from lingting.registers.documents import queries as documents


@check("7.5.1-C1", reads=("documents.required", "documents.fulfilled", "documents.unneeded", "documents.series", *REVISIONS), timed=True)
def what_the_standard_names_is_there(moment: Moment) -> Sample:
    """总体：清点出的、标准点名的成文信息；有决定不适用且未到复核日期的不算。不通过：没有现行文件，也没有对应的记录种类。

    Population: the items the standard names, as drawn up; those decided not to apply, in date, are left out. Failing: neither a document in force nor a
    series of records stands behind it.
    """
    named = documents.named(moment)
    return Sample(named, named.filter(pk__in=documents.missing(moment).values("pk")))


@check("7.5.1-C2", reads=("documents.required",))
def what_we_chose_is_listed(moment: Moment) -> Sample:
    """计数：清单里本机构自定必须有的成文信息。

    Counted: what we ourselves decided to need, on the list.
    """
    chosen = documents.chosen(moment)
    return Sample(chosen, chosen.none())
