"""Reading digital calibration certificates: bytes become values, or a mistake that says what is wrong and what to do."""

import hashlib
from dataclasses import replace
from pathlib import Path

from defusedxml import DefusedXmlException, ElementTree
from lxml import etree

from lingting.channels.dcc import schema, signature, values
from lingting.channels.dcc.certificate import Dcc
from lingting.channels.table.values import BadValue
from lingting.message import Mistake

LARGEST = 20 * 1024 * 1024
"""Bytes in one certificate; those seen have a hundredth of it."""

ROOT = f"{{{values.DCC}}}digitalCalibrationCertificate"


def read_dcc(content: bytes, *, name: str, schemas: Path | None = None) -> Dcc | Mistake:
    """Return what a certificate says.

    1. Refuse what is too large, is no XML, declares a document type – entities can expand without end –, or is no certificate.
    2. Hold it against the schema of its version, where the folder `schemas` has it.
    3. If it is signed, the signature must hold over the whole of it; `schemas` may also hold certificates (.pem) of those who vouch for signers.
    4. Read the values, of a signed one only what was signed.
    """
    if len(content) > LARGEST:
        return Mistake(name, "", f"The certificate is larger than {LARGEST >> 20} MB.", "Ask the laboratory for one without large attachments.")
    try:
        ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        return Mistake(name, "", "The file declares a document type or entities; they can expand without end, and no certificate needs them.",
                       "Do not open it; ask the laboratory for the certificate again.")  # fmt: skip
    except ElementTree.ParseError as error:
        line, column = error.position
        return Mistake(name, f"line {line}, column {column + 1}", "This is not well-formed XML.", "Check that the file was not cut off or changed.")
    except (ValueError, LookupError):
        return Mistake(name, "", "The file's encoding is not known.", "Ask the laboratory for it in UTF-8.")
    try:
        return _read(content, schemas)
    except BadValue as error:
        return Mistake(name, "", str(error), "Nothing was written. Ask the laboratory, or enter the certificate by hand with a second check.")


def _read(content: bytes, schemas: Path | None) -> Dcc:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BadValue(f"This is not XML that can be trusted: {error.msg}.") from error
    if root.tag != ROOT:
        raise BadValue(f"This is XML, but no digital calibration certificate; it begins with “{etree.QName(root).localname}”.")
    checked = schema.check(root, schemas) if schemas else False
    told = signature.verified(root, schemas)
    dcc = values.certificate(told.signed if told else root)
    return replace(dcc, digest=hashlib.sha256(content).hexdigest(), checked=checked, signature=told.signature if told else None)
