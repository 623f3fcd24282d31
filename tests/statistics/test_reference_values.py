"""Every entry of the published reference values that lie beside the shared data: none is passed over in silence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from lingting.statistics.agreement import against_reference, agreed, kappa
from lingting.statistics.charts import c_chart, laney_chart, p_chart, u_chart, xmr_chart
from lingting.statistics.exact import clopper_pearson
from lingting.statistics.intervals import wilson
from lingting.statistics.lots import LIMITS, SIZES, plan_for
from lingting.statistics.queues import agents_needed, erlang_a, erlang_c, queue
from lingting.statistics.raters import krippendorff
from lingting.statistics.sampling import Plan, accepting, attribute_sample, discovery, plan_between
from lingting.statistics.survey import promoters

Entry = dict[str, Any]

ELSEWHERE = {
    "erl-properties", "switching", "constants", "run-rules", "fleiss-wikipedia", "fleiss-1971", "undefined",
}  # fmt: skip
"""Rules, and values that the file only points to; the other tests of this folder keep them."""

NOT_KEPT = {"nps-adjusted-wald"}
"""The file itself says that nobody has checked the formula."""


def erlang(entry: Entry) -> None:
    given, told = entry["input"], entry["expected"]
    fixed = {"calls_per_hour": given["calls_per_hour"], "handling": given["aht_s"], "within": given["target_s"]}
    if "agents" in given:
        stands = queue(agents=given["agents"], **fixed)
        named = {"erlangs": stands.erlangs, "p_wait": stands.waiting, "service_level": stands.in_time, "asa_s": stands.mean_wait, "occupancy": stands.occupancy}
        assert {name: value for name, value in named.items() if name in told} == pytest.approx({name: told[name] for name in named if name in told}, abs=1e-6)
    for name in told:
        if name.startswith("service_level_"):
            assert queue(agents=int(name.rpartition("_")[2]), **fixed).in_time == pytest.approx(told[name], abs=1e-6)
    least = told.get("min_agents", told.get("min_agents_80"))
    assert least is None or agents_needed(share=given.get("target_sl", 0.8), **fixed) == least


def abandoning(entry: Entry) -> None:
    given, told = entry["input"], entry["expected"]
    stands = erlang_a(
        calls_per_hour=60 * given["calls_per_min"], handling=60 * given["mean_service_min"], agents=given["agents"], patience=60 * given["mean_patience_min"]
    )
    found = (stands.abandoning, stands.mean_wait, stands.mean_queue, stands.waiting, stands.occupancy)
    assert found == pytest.approx([told[name] for name in ("p_abandon", "mean_wait_s", "mean_queue", "p_wait", "occupancy")], abs=1e-5)
    assert erlang_c(50, 50) is None


def newcombe(entry: Entry) -> None:
    for row in entry["rows"]:
        made = [wilson(row["x"], row["n"]), wilson(row["x"], row["n"], corrected=True), clopper_pearson(row["x"], row["n"])]
        for interval, name in zip(made, ("wilson", "wilson_cc", "clopper_pearson"), strict=True):
            assert (interval.low, interval.high) == pytest.approx(row[name], abs=entry["tolerance"])


def essays(entry: Entry) -> None:
    for row in entry["rows"]:
        interval = clopper_pearson(row["x"], row["n"], one_sided_at_ends=True)
        assert (100 * interval.low, 100 * interval.high) == pytest.approx(row["ci"], abs=entry["tolerance"])


def score(entry: Entry) -> None:
    given, told = entry["input"], entry["expected"]
    made = promoters(given["promoters"], given["passives"], given["detractors"])
    assert made.value == told["nps"]
    assert (made.interval.high - made.value) / 1.959964 == pytest.approx(told["se"], abs=1e-4)
    assert (made.interval.low, made.interval.high) == pytest.approx(told["wald95"], abs=5e-4)


def found_none(entry: Entry) -> None:
    confidence = {"discovery-95": 0.95, "discovery-90": 0.90}[entry["id"]]
    assert {share: discovery(share, confidence=confidence) for share in entry["expected"]} == entry["expected"]


def auditors(entry: Entry) -> None:
    for row in entry["rows"]:
        assert attribute_sample(risk=row["risk"], expected=row["expected"], tolerable=row["tolerable"]) == Plan(row["n"], row["k"])


def small_lots(entry: Entry) -> None:
    for row in entry["rows"]:
        assert discovery(row["D"] / row["N"], confidence=row["conf"], lot=row["N"]) == row["n"]


def characteristic(entry: Entry) -> None:
    plan = Plan(entry["input"]["n"], entry["input"]["c"])
    assert [accepting(plan, share) for share in entry["expected"]["p"]] == pytest.approx(entry["expected"]["pa"], abs=entry["tolerance"])


def two_points(entry: Entry) -> None:
    (good, accepted), (bad, missed) = entry["input"]["prp"], entry["input"]["crp"]
    plan = plan_between(good=good, accepted=accepted, bad=bad, refused=1 - missed)
    assert (plan.n, plan.accept, plan.accept + 1) == tuple(entry["expected"][name] for name in "ncr")


def master_table(entry: Entry) -> None:
    assert entry["letters"] == SIZES
    assert tuple(entry["aql_grid"]) == LIMITS
    for row in entry["spot"]:
        assert plan_for(row["letter"], row["aql"]) == Plan(SIZES[row["letter"]], row["ac"])


def shares(entry: Entry) -> None:
    chart, told = p_chart(entry["x"], [entry["n"]] * len(entry["x"])), entry["expected"]
    assert (chart.centre, chart.low[0], chart.high[0]) == pytest.approx((told["pbar"], told["lcl"], told["ucl"]), abs=entry["tolerance"])
    assert [place + 1 for place in chart.outside] == told["out"]


def numbers(entry: Entry) -> None:
    chart, told = c_chart(entry["x"]), entry["expected"]
    assert (chart.centre, chart.low[0], chart.high[0]) == (told["cbar"], told["lcl"], told["ucl"])
    assert [place + 1 for place in chart.outside] == told["out"]


def singles(entry: Entry) -> None:
    (single, moving), told = xmr_chart(entry["x"]), entry["expected"]
    made = (single.centre, moving.centre, single.high[0], single.low[0])
    assert made == pytest.approx((told["mean"], told["mrbar"], told["ucl"], told["lcl"]), abs=entry["tolerance"])


def by_unit(entry: Entry) -> None:
    chart, told = u_chart(entry["x"], [entry["n"]] * len(entry["x"])), entry["expected"]
    assert (chart.centre, chart.low[0], chart.high[0]) == pytest.approx((told["ubar"], told["lcl"], told["ucl"]), abs=1e-6)


def laney(entry: Entry) -> None:
    plain, wider, told = p_chart(entry["r"], entry["n"]), laney_chart(entry["r"], entry["n"]), entry["expected"]
    made = (wider.centre, wider.sigma[0] / plain.sigma[0], wider.low[0], wider.high[0], plain.low[0], plain.high[0])
    assert made == pytest.approx([told[name] for name in ("pbar", "sigma_z", "lcl_pprime_1", "ucl_pprime_1", "lcl_p_1", "ucl_p_1")], abs=1e-7)


def appraisers(entry: Entry) -> None:
    tables = {pair: np.array(table).reshape(2, 2) for pair, table in entry["tables"].items()}
    assert {pair: kappa(table) for pair, table in tables.items()} == pytest.approx(entry["expected_kappa"], abs=5e-3)
    rates = entry["expected_rates"]
    for one in "ABC":
        told = against_reference(tables[f"{one}*Ref"])
        assert (told.miss, told.false_alarm) == pytest.approx((rates["miss"][one], rates["false_alarm"][one]), abs=5.1e-4)


def two_by_two(entry: Entry) -> None:
    table, told = np.array(entry["table"]).reshape(2, 2), entry["expected"]
    if isinstance(told, dict):
        assert agreed(table) == pytest.approx(told["percent"])
        told = told["kappa"]
    assert kappa(table) == pytest.approx(told, abs=1e-6)


def observers(entry: Entry) -> None:
    units = [list(unit) for unit in zip(*entry["data"], strict=True)]
    assert {scale: krippendorff(units, scale) for scale in entry["expected"]} == pytest.approx(entry["expected"], abs=entry["tolerance"])


KEPT: dict[str, Callable[[Entry], None]] = {
    "erlc-cch-200": erlang, "erlc-cch-min-agents": erlang, "erlc-mitan": erlang, "erlc-ccmath": erlang, "erlc-mz": erlang, "erla-mz": abandoning,
    "newcombe1998": newcombe, "minitab-essay-cp": essays, "nps-basic": score, "nist-52-3": characteristic, "r-acceptancesampling": two_points,
    "discovery-95": found_none, "discovery-90": found_none, "aicpa-expected": auditors, "hypergeometric-discovery": small_lots,
    "aql-normal-single": master_table, "p-nist-6332": shares, "c-nist-6331": numbers, "imr-nist-6322": singles, "u-montgomery": by_unit,
    "laney-nhs6": laney, "aiag-msa4-attribute": appraisers, "cohen-2x2": two_by_two, "kappa-paradox": two_by_two, "krippendorff-2011": observers,
}  # fmt: skip


@pytest.fixture
def entries(data: Path) -> dict[str, Entry]:
    path = data.parent / "standards" / "reference_values.yaml"
    if not path.exists():
        pytest.skip(f"The reference values are not at {path}.")
    return {entry["id"]: entry for part in yaml.safe_load(path.read_text(encoding="utf-8")).values() if isinstance(part, list) for entry in part}


@pytest.mark.data
@pytest.mark.parametrize("name", KEPT)
def test_a_reference_value_is_met(name: str, entries: dict[str, Entry]) -> None:
    KEPT[name](entries[name])


@pytest.mark.data
def test_no_reference_value_is_passed_over(entries: dict[str, Entry]) -> None:
    assert set(entries) == set(KEPT) | ELSEWHERE | NOT_KEPT
