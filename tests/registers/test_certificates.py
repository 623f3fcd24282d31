"""Taking in certificates and enrolling detectors: whole or not at all, once however often it is asked."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests import instruments as house

from lingting.catalog import load
from lingting.catalog.gold import Labelled as Conversation
from lingting.catalog.gold import fingerprint
from lingting.channels.dcc.certificate import Dcc, Item, Point, Signature
from lingting.cli.instruments import instruments as command
from lingting.ledger.models import Entry
from lingting.ledger.verify import broken_entries
from lingting.records.write import Refused
from lingting.registers.instruments import certificates, models, queries
from lingting.registers.instruments.enrol import Detector, detector, enrol

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]
NOW = house.at("2026-07-16 09:00")
POINT = Point(
    found=False, unit="\\percent", reference=Decimal(20), indicated=Decimal("20.01"), error=Decimal("0.02"), limit=Decimal("0.1"), uncertainty=Decimal("0.03")
)
TOLD = Dcc(
    digest="a" * 64, version="3.3.0", number="K-7", laboratory="市计量院", items=(Item("地磅", "某厂", "SCS-60", ("SN-1",)),), performed=date(2026, 7, 15),
    standards=("M1 砝码 (W-3)",), statement="pass", again=date(2026, 12, 31), points=(POINT,), signature=Signature("CN=lab", trusted=True), checked=True,
)  # fmt: skip


def take_in(told: Dcc, instrument: Any) -> models.Calibrated:
    return certificates.take_in(told, instrument, at=NOW, by=1)


def test_certificate_calibration_and_points_go_into_the_book_together(put: Put) -> None:
    bridge = house.scale(put, serial="SN-1")
    assert certificates.instrument_of(TOLD) == bridge
    made = take_in(TOLD, bridge)
    assert (made.at, made.due, made.left_fit, made.external) == (house.at("2026-07-15"), date(2026, 12, 31), True, True)
    assert (made.certificate.named, made.certificate.signature, made.certificate.schema) == ("K-7", "trusted", True)
    assert [(point.error, point.limit, point.phase) for point in models.Point.objects.all()] == [(20_000_000, 100_000_000, "left")]
    assert not queries.untraceable(house.as_of("2026-07-17")).exists()
    assert list(broken_entries()) == []


def test_adjusted_because_it_was_off_it_is_fit_and_what_it_told_before_is_in_doubt(put: Put) -> None:
    bridge = house.scale(put, serial="SN-1")
    house.calibrated(put, bridge, "2026-05-02", "2026-06-30")
    off = replace(POINT, found=True, error=Decimal("0.42"))
    made = take_in(replace(TOLD, points=(off, POINT)), bridge)
    assert (made.found_fit, made.left_fit, made.found_error, made.left_error) == (False, True, 420_000_000, 20_000_000)
    assert models.Unfit.objects.get().since == house.at("2026-05-02")
    assert not models.Quarantined.objects.exists()


def test_without_a_statement_the_limits_decide_and_without_limits_nothing_is_written(put: Put) -> None:
    bridge = house.scale(put, serial="SN-1")
    bare = replace(TOLD, statement="", points=(replace(POINT, limit=None, error=Decimal("0.11")),))
    assert take_in(bare, bridge).left_fit is False, "the plan allows 0.1"
    other = put("instruments.instrument", code="TL-01", name="温度", sort="device", use="温度", at="2026-06-01")
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        take_in(replace(bare, digest="b" * 64, items=()), other)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("told", [
    replace(TOLD, items=(Item("地磅", "", "", ("SN-2",)),)),
    replace(TOLD, points=(replace(POINT, error=Decimal("0.00000000001")),)),
    replace(TOLD, points=(replace(POINT, error=Decimal("1e12")),)),
])  # fmt: skip
def test_of_another_device_or_with_figures_that_cannot_be_kept_nothing_is_half_written(put: Put, told: Dcc) -> None:
    bridge = house.scale(put, serial="SN-1")
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        take_in(told, bridge)
    assert Entry.objects.count() == entries


def test_the_same_certificate_goes_in_once_and_holds_no_longer_than_planned(put: Put) -> None:
    bridge = house.scale(put, serial="SN-1")
    assert take_in(replace(TOLD, again=date(2030, 1, 1)), bridge).due == date(2027, 1, 13)
    with pytest.raises(Refused):
        take_in(TOLD, bridge)


def test_the_command_takes_in_ptbs_sample_and_refuses_the_one_that_was_changed(put: Put, data: Path, at_time: Callable[..., object]) -> None:
    at_time("2026-08-01 09:00")
    house.scale(put, "PT-100")
    folder = data / "open" / "standards" / "dcc" / "ptb-dcclib"
    refused = CliRunner().invoke(command, ["certificate", str(folder / "invalid_signature.xml"), "--instrument", "PT-100"])
    assert refused.exit_code == 1
    assert "signature does not hold" in refused.output
    assert not models.Certificate.objects.exists()
    nobody = CliRunner().invoke(command, ["certificate", str(folder / "valid.xml")])
    assert "No instrument is known by string-manufacturer-item" in nobody.output
    taken = CliRunner().invoke(command, ["certificate", str(folder / "valid_signature.xml"), "--instrument", "PT-100"])
    assert taken.exit_code == 0, taken.output
    assert "PT-100: 1234, Kalibrierfirma GmbH; fit, 5 points. It was not held against a schema" in taken.output
    assert models.Certificate.objects.get().signature == "intact"


@pytest.fixture
def detectors() -> Sequence[Detector]:
    """Two norms that come with Lingting, as detectors."""
    norms = {norm.id: norm for norm in load.read_norms()}
    return [detector(norms[id], "rules/1", words=load.read_words()) for id in ("complaint.made", "abuse.customer")]


def certificate(one: Detector, turns: tuple[int, int, int, int], precision: float, kappa: float, gold: str = "1234567890abcdef") -> dict[str, Any]:
    """Return a certificate as `lingting calibrate` writes it."""
    ends = {"low": precision - 0.1, "high": precision + 0.1}
    rates = {"precision": {"value": precision, "interval": ends}, "recall": {"value": 0.8, "interval": None}, "kappa": {"value": kappa, "interval": ends}}
    return {"norm": one.norm.id, "norm_version": one.norm.version, "instrument": "rules/1", "gold": gold, "turns": turns, **rates,
            "issued": "2026-07-01", "due": "2026-12-30"}  # fmt: skip


def test_enrolled_twice_is_enrolled_once_and_each_detector_stands_with_its_certificate(detectors: Sequence[Detector]) -> None:
    good, bad = detectors
    told = {good.norm.id: certificate(good, (40, 5, 8, 900), 0.89, 0.85), bad.norm.id: certificate(bad, (20, 20, 5, 900), 0.5, 0.55)}
    done = enrol(detectors, told, (), at=NOW)
    assert (done.instruments, done.versions, done.studies, done.known) == (2, 2, 2, 0)
    entries = Entry.objects.count()
    again = enrol(detectors, told, (), at=house.at("2026-07-17"))
    assert (again.instruments, again.versions, again.studies, again.known) == (0, 0, 0, 2)
    assert Entry.objects.count() == entries
    moment = house.as_of("2026-07-18")
    assert {one.code: queries.stands(one, moment) for one in queries.instruments(moment)} == {"complaint.made": "fit", "abuse.customer": "quarantined"}
    study = models.Studied.objects.get(instrument__norm="complaint.made")
    assert (study.precision, study.precision_low, study.kappa_low, study.due) == (8900, 7900, 7900, date(2026, 12, 30))
    assert not models.Unfit.objects.exists(), "it told nothing yet, so there is nothing to look back on"


def test_a_certificate_of_another_version_says_nothing_of_this_one(detectors: Sequence[Detector]) -> None:
    good = detectors[0]
    told = {**certificate(good, (40, 5, 8, 900), 0.89, 0.85), "norm_version": good.norm.version + 1}
    assert enrol([good], {good.norm.id: told}, (), at=NOW).studies == 0
    assert list(queries.uncalibrated(house.as_of("2026-07-17"))) == [models.Instrument.objects.get()]


def test_parameters_changed_without_a_new_version_are_seen(put: Put, detectors: Sequence[Detector]) -> None:
    one = detectors[0]
    manager = house.person(put, "QM")
    enrol([one], {}, (), at=NOW, approver=manager)
    assert not queries.tampered(house.as_of("2026-07-17")).exists()
    done = enrol([replace(one, digest="f" * 64)], {}, (), at=house.at("2026-07-18"), approver=manager)
    assert done.changed == ["complaint.made"]
    assert queries.tampered(house.as_of("2026-07-19")).count() == 1


def test_the_digest_names_the_lists_of_words_that_a_norm_uses_and_no_others() -> None:
    norms = {norm.id: norm for norm in load.read_norms()}
    words = dict(load.read_words())
    norm = norms["complaint.made"]
    before = detector(norm, "rules/1", words=words).digest
    used = [name for name in words if detector(norm, "rules/1", words={**words, name: (*words[name], "新词")}).digest != before]
    assert used
    assert len(used) < len(words)
    assert detector(norm, "rules/2", words=words).digest != before


def test_our_own_gold_set_goes_in_item_by_item_and_owns_up_to_one_labeller(detectors: Sequence[Detector]) -> None:
    items = tuple(Conversation(id=f"zh-shop-{number:03}", note="…", text="客户: ⟦complaint.made|气死我了⟧") for number in (1, 2))
    good = detectors[0]
    enrol([good], {good.norm.id: certificate(good, (40, 5, 8, 900), 0.89, 0.85, fingerprint(items))}, items, at=NOW)
    assert [(one.key, one.first) for one in models.Labelled.objects.order_by("key")] == [("zh-shop-001", "complaint.made"), ("zh-shop-002", "complaint.made")]
    assert queries.unadjudicated(house.as_of("2026-07-17")).count() == 2


def test_a_pdf_is_kept_by_its_digest_typed_in_by_one_and_compared_by_another(put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The laboratory sends paper: the file is kept as it is, its figures are typed in, and until somebody else compared them the certificate is listed."""
    monkeypatch.setattr("lingting.site.settings.HOME", tmp_path)
    bridge = house.scale(put, "WB-9")
    clerk, other = house.person(put, "P-1"), house.person(put, "P-2")
    paper = tmp_path / "来自实验室.pdf"
    paper.write_bytes(b"%PDF-1.4 certificate 1234")
    told = CliRunner().invoke(command, ["certificate", str(paper)])
    assert told.exit_code == 0, told.output
    digest = hashlib.sha256(paper.read_bytes()).hexdigest()
    assert digest in told.output
    assert (tmp_path / "certificates" / f"{digest}.pdf").read_bytes() == paper.read_bytes()
    assert not models.Certificate.objects.exists(), "nothing is read out of a picture of figures"
    typed = put("instruments.certificate", instrument=bridge, clerk=clerk, named="1234", form="pdf", digest=digest, performed="2026-06-01", at="2026-06-02")
    later = house.as_of("2026-07-01")
    assert [row.pk for row in queries.unrechecked(later)] == [typed.pk]
    put("instruments.rechecked", certificate=typed, person=other, agrees=False, note="误差写反了", at="2026-06-03")
    assert queries.unrechecked(later).exists(), "what differs is not yet right"
    put("instruments.rechecked", certificate=typed, person=other, agrees=True, at="2026-06-04")
    assert not queries.unrechecked(later).exists()
