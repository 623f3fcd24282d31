"""The signature of a certificate (XMLDSig): it holds over the whole document, or the certificate is refused."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from lingting.channels.dcc.certificate import Signature
from lingting.channels.table.values import BadValue

XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that holds, and the document that was signed: only what stands in it may be believed."""

    signature: Signature
    signed: Any


def verified(root: Any, anchors: Path | None) -> Verified | None:
    """Return the signature of a certificate if it has one; BadValue if it does not hold."""
    found = root.findall(f".//{{{XMLDSIG}}}Signature")
    if not found:
        return None
    if len(found) > 1 or found[0].getparent() is not root:
        raise BadValue("The certificate bears several signatures, or one that does not cover the whole of it.")
    signer = _signer(found[0])
    try:
        told = XMLVerifier().verify(root, x509_cert=signer, expect_config=SignatureConfiguration(location="./"))
    except (SignXMLException, InvalidSignature, etree.LxmlError, ValueError, TypeError) as error:
        raise BadValue("The certificate's signature does not hold: it was changed after signing, or not signed with the key it names.") from error
    signed = told.signed_xml if not isinstance(told, list) else None
    if signed is None or signed.tag != root.tag or signed.find(f".//{{{XMLDSIG}}}Signature") is not None:
        raise BadValue("The signature covers only a part of the certificate.")
    trusted = any(_vouched(signer, anchor) for anchor in _anchors(anchors))
    return Verified(Signature(signer.subject.rfc4514_string(), trusted), signed)


def _signer(signature: Any) -> x509.Certificate:
    words = signature.findtext(f".//{{{XMLDSIG}}}X509Certificate")
    if not words:
        raise BadValue("The certificate is signed, but names no certificate (X509) of its signer to verify it with.")
    pem = f"-----BEGIN CERTIFICATE-----\n{words.strip()}\n-----END CERTIFICATE-----\n"
    try:
        return x509.load_pem_x509_certificate(pem.encode())
    except ValueError as error:
        raise BadValue("The certificate of its signer cannot be read.") from error


def _anchors(folder: Path | None) -> list[x509.Certificate]:
    """Return the certificates of those who vouch for signers; a file that holds none is left aside."""
    found = []
    for path in sorted(folder.rglob("*.pem")) if folder else ():
        try:
            found += x509.load_pem_x509_certificates(path.read_bytes())
        except ValueError:
            continue
    return found


def _vouched(signer: x509.Certificate, anchor: x509.Certificate) -> bool:
    if signer.public_bytes(Encoding.DER) == anchor.public_bytes(Encoding.DER):
        return True
    try:
        signer.verify_directly_issued_by(anchor)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
