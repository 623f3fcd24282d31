"""Digital calibration certificates: PTB's own samples are read; what was changed, cut off, hostile or somebody else's XML is refused in a sentence."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lingting.channels.dcc.certificate import Dcc
from lingting.channels.dcc.read import LARGEST, read_dcc
from lingting.message import Mistake

SMALL = """<dcc:digitalCalibrationCertificate xmlns:dcc="https://ptb.de/dcc" xmlns:si="https://ptb.de/si" schemaVersion="3.3.0">
<dcc:administrativeData><dcc:coreData><dcc:uniqueIdentifier>K-7</dcc:uniqueIdentifier><dcc:endPerformanceDate>2026-07-15</dcc:endPerformanceDate></dcc:coreData>
<dcc:items><dcc:item><dcc:name><dcc:content>地磅</dcc:content></dcc:name></dcc:item></dcc:items>
<dcc:calibrationLaboratory><dcc:contact><dcc:name><dcc:content>市计量院</dcc:content></dcc:name></dcc:contact></dcc:calibrationLaboratory></dcc:administrativeData>
<dcc:measurementResults><dcc:measurementResult><dcc:results><dcc:result REF><dcc:data>DATA</dcc:data></dcc:result></dcc:results></dcc:measurementResult>
</dcc:measurementResults></dcc:digitalCalibrationCertificate>"""
QUANTITY = '<dcc:quantity refType="{0}"><si:real><si:value>{1}</si:value><si:unit>{2}</si:unit>{3}</si:real></dcc:quantity>'
BOMB = '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><z>&b;</z>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]><z>&a;</z>'


@pytest.fixture
def samples(data: Path) -> Path:
    """PTB's samples, valid and broken."""
    return data / "open" / "standards" / "dcc" / "ptb-dcclib"


@pytest.fixture
def schemas(data: Path) -> Path:
    """PTB's schemas."""
    return data / "open" / "standards" / "dcc" / "lutaml" / "lib" / "dcc" / "schema" / "resources"


def read(words: str | bytes, schemas: Path | None = None) -> Dcc | Mistake:
    return read_dcc(words.encode() if isinstance(words, str) else words, name="k.xml", schemas=schemas)


def good(words: str | bytes, schemas: Path | None = None) -> Dcc:
    told = read(words, schemas)
    assert isinstance(told, Dcc), told
    return told


def bad(words: str | bytes, schemas: Path | None = None) -> str:
    told = read(words, schemas)
    assert isinstance(told, Mistake), told
    assert told.remedy
    return told.wrong


def test_a_certificate_of_ptbs_says_what_was_calibrated_where_and_how_far_it_was_off(samples: Path, schemas: Path) -> None:
    told = good((samples / "valid.xml").read_bytes(), schemas)
    assert (told.number, told.laboratory, told.performed, told.again) == ("1234", "Kalibrierfirma GmbH", date(1957, 8, 13), date(1959, 10, 22))
    assert told.items[0].serials[0] == "string-manufacturer-item"
    assert told.standards == ("Pt 100 thermometer (string-manufacturer-measuringEquipment-1)",)
    assert (told.statement, told.checked, told.signature) == ("pass", True, None)
    first, *_, last = told.points
    assert (first.unit, first.reference, first.indicated) == ("\\kelvin", Decimal("306.248"), Decimal("306.32"))
    assert (first.error, first.limit, first.uncertainty, first.found) == (Decimal("0.072"), Decimal("0.23"), Decimal("0.061"), False)
    assert (last.error, last.limit, len(told.points)) == (Decimal("-0.084"), Decimal("0.30"), 5)


@pytest.mark.parametrize("name", ["valid_bom.xml", "valid_formula.xml", "valid_signature.xml", "invalid_schematron.xml"])
def test_a_byte_order_mark_a_formula_and_a_signature_are_let_pass(samples: Path, schemas: Path, name: str) -> None:
    assert good((samples / name).read_bytes(), schemas).checked


def test_a_resistance_told_against_a_temperature_has_no_error(samples: Path) -> None:
    point = good((samples / "valid_formula.xml").read_bytes()).points[0]
    assert (point.unit, point.reference, point.indicated, point.error) == ("\\kelvin → \\ohm", Decimal("273.149"), Decimal("100.0220"), None)


def test_what_breaks_its_schema_is_refused_with_the_line(samples: Path, schemas: Path) -> None:
    assert bad((samples / "invalid_schema.xml").read_bytes(), schemas).startswith(
        "The certificate breaks the schema of DCC 3.3.0 in line 17: Element 'uniqueIdent"
    )
    assert bad((samples / "invalid_syntax.xml").read_bytes(), schemas) == "This is not well-formed XML."


def test_without_schemas_it_is_read_and_said_to_be_unchecked(samples: Path, tmp_path: Path) -> None:
    assert not good((samples / "valid.xml").read_bytes()).checked
    assert not good((samples / "valid.xml").read_bytes(), tmp_path).checked


def test_a_signature_holds_and_who_vouches_for_the_signer_is_told_apart(samples: Path) -> None:
    content = (samples / "valid_signature.xml").read_bytes()
    alone, vouched = good(content).signature, good(content, samples / "certs").signature
    assert alone is not None
    assert vouched is not None
    assert "CN=cert" in alone.signer
    assert (alone.trusted, vouched.trusted) == (False, True)


def test_one_character_changed_after_signing_and_the_signature_does_not_hold(samples: Path) -> None:
    assert "signature does not hold" in bad((samples / "invalid_signature.xml").read_bytes())
    content = (samples / "valid_signature.xml").read_bytes()
    assert "signature does not hold" in bad(content.replace(b"0.072", b"0.012"))


def test_a_signed_certificate_wrapped_in_another_is_not_believed(samples: Path) -> None:
    """签名只盖住里面那份；外面的数字没有人签过。"""
    words = (samples / "valid_signature.xml").read_text(encoding="utf-8")
    signed = words[words.index("<dcc:digital") :]
    assert "does not cover the whole" in bad(SMALL.replace("REF", "").replace("DATA", signed))


def test_a_signature_without_its_signer_cannot_be_verified(samples: Path) -> None:
    content = (samples / "valid_signature.xml").read_text(encoding="utf-8")
    start, end = content.index("<ds:KeyInfo>"), content.index("</ds:KeyInfo>") + len("</ds:KeyInfo>")
    assert "names no certificate" in bad(content[:start] + content[end:])


@pytest.mark.parametrize("words", [BOMB, OUTSIDE])
def test_entities_are_refused_before_anything_expands_or_is_fetched(words: str) -> None:
    assert bad(words).startswith("The file declares a document type or entities")


def test_other_xml_too_large_and_no_xml_at_all_are_refused() -> None:
    assert "no digital calibration certificate" in bad("<z/>")
    assert "larger than 20 MB" in bad(b" " * (LARGEST + 1))
    assert bad(b"%PDF-1.7") == "This is not well-formed XML."
    assert bad("") == "This is not well-formed XML."
    assert "encoding" in bad(b'<?xml version="1.0" encoding="klingon"?><z/>')


def test_before_and_after_adjustment_are_told_apart_and_an_error_is_made_of_its_parts() -> None:
    point = f"<dcc:list>{QUANTITY.format('basic_referenceValue', '20', 'kg', '')}{QUANTITY.format('basic_measuredValue', '20.084', 'kg', '')}</dcc:list>"
    [told] = good(SMALL.replace("REF", 'refType="basic_beforeAdjustment"').replace("DATA", point)).points
    assert (told.found, told.error, told.unit) == (True, Decimal("0.084"), "kg")
    [told] = good(SMALL.replace("REF", "").replace("DATA", point)).points
    assert told.found is False


@pytest.mark.parametrize("words", [
    "<si:expandedUnc><si:uncertainty>0.01</si:uncertainty></si:expandedUnc>",
    "<si:expandedMU><si:valueExpandedMU>0.01</si:valueExpandedMU></si:expandedMU>",
])  # fmt: skip
def test_uncertainties_are_read_as_either_version_of_d_si_calls_them(words: str) -> None:
    [told] = good(SMALL.replace("REF", "").replace("DATA", QUANTITY.format("basic_measurementError", "-0.02", "kg", words))).points
    assert (told.error, told.uncertainty, told.limit) == (Decimal("-0.02"), Decimal("0.01"), None)


def test_what_is_no_number_no_date_or_no_laboratory_is_said() -> None:
    assert bad(SMALL.replace("REF", "").replace("DATA", QUANTITY.format("basic_measurementError", "NaN", "kg", ""))) == "“NaN” is no number."
    bare = SMALL.replace("REF", "")
    assert "is no date" in bad(bare.replace("2026-07-15", "gestern"))
    assert bad(bare.replace("市计量院", "")) == "The certificate names no calibration laboratory."
    assert bad(bare.replace("K-7", "")) == "The certificate names no unique identifier."
