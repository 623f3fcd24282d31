"""Schemas of certificates: PTB's XSDs, which lie in a folder of the house's, are found by what they say of themselves and never fetched."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from lingting.channels.dcc.values import DCC
from lingting.channels.table.values import BadValue

_XS = "{http://www.w3.org/2001/XMLSchema}schema"
_FORMULA = re.compile(r"\{http://www\.w3\.org/1998/Math/MathML\}.*strict wildcard")
"""What lxml says of a formula: its schema is the W3C's, and not among PTB's."""


def check(root: Any, folder: Path) -> bool:
    """Hold a certificate against the schema of its version; BadValue names the first line that breaks it, False says that there is no such schema."""
    version = str(root.get("schemaVersion") or "")
    path = _index(folder).get((DCC, version))
    if path is None:
        return False
    schema = _schema(folder, path)
    if schema.validate(root):
        return True
    wrong = [entry for entry in schema.error_log if not _FORMULA.search(entry.message)]
    if wrong:
        said = re.sub(r"\{[^}]*\}", "", wrong[0].message)
        raise BadValue(f"The certificate breaks the schema of DCC {version} in line {wrong[0].line}: {said}")
    return True


@cache
def _index(folder: Path) -> dict[tuple[str, str], Path]:
    """Return the schemas in a folder by namespace and version; of several alike, one named dcc.xsd or SI_Format.xsd before others."""
    found: dict[tuple[str, str], Path] = {}
    for path in sorted(folder.rglob("*.xsd"), key=lambda path: (path.name not in {"dcc.xsd", "SI_Format.xsd"}, str(path))):
        try:
            root = etree.parse(path, _parser()).getroot()
        except etree.XMLSyntaxError:
            continue
        if root.tag == _XS:
            found.setdefault((str(root.get("targetNamespace") or ""), str(root.get("version") or "")), path)
    return found


@cache
def _schema(folder: Path, path: Path) -> Any:
    parser = _parser()
    parser.resolvers.add(_Local(folder))
    try:
        return etree.XMLSchema(etree.parse(path, parser))
    except etree.XMLSchemaParseError as error:
        raise BadValue(f"The schema {path.name} in the folder of schemas cannot be used: {error}.") from error


def _parser() -> Any:
    # The schemas are the house's own files; the W3C's for signatures declares its type, so that is let pass, but nothing is fetched.
    return etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)


class _Local(etree.Resolver):  # type: ignore[misc]  # lxml has no types
    """Answers what one schema takes from another by a file of the folder, whatever address it names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resolve(self, system_url: str, _public_id: str, context: Any) -> Any:
        """Return the file that an address means: itself, or the one of that namespace and version, or the one of that name."""
        asked = Path(system_url).resolve()
        if asked.is_file() and asked.is_relative_to(self.folder.resolve()):
            return self.resolve_filename(str(asked), context)
        number = re.search(r"v?(\d+\.\d+\.\d+)", system_url)
        for (namespace, version), path in _index(self.folder).items():
            same = bool(namespace) and system_url.startswith(namespace) and number is not None and version == number[1]
            if same or path.name == system_url.rpartition("/")[2]:
                return self.resolve_filename(str(path), context)
        raise BadValue(f"The schema {system_url} is not in the folder of schemas; put it there.")
