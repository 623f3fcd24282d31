"""The loader of the catalog: reads every file and returns every mistake with file and line, never only the first."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from lingting.catalog.house import NOTHING, PERIODS, TEMPLATES, House, length, limited, limits_in
from lingting.catalog.model import Catalog, Clause, Edition
from lingting.catalog.norm import Lists, Norm

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, order=True)
class CatalogError:
    """A mistake in a catalog file: where it stands, what is wrong, and what to do."""

    path: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} {self.remedy}"


class BadCatalog(ValueError):
    """The catalog has mistakes; its sentences name them all."""


M = TypeVar("M", bound=BaseModel)
Read = tuple[M | None, yaml.Node | None]


def clauses(folder: Path = HERE / "iso9001_2015") -> tuple[Catalog | None, tuple[CatalogError, ...]]:
    """Read an edition's folder: `edition.yaml` and one file a clause."""
    errors: list[CatalogError] = []
    edition, _ = read_file(folder / "edition.yaml", Edition, errors)
    found: list[tuple[Path, Clause, yaml.Node]] = []
    for path in sorted(folder.glob("*.yaml"), key=_place):
        if path.name != "edition.yaml":
            clause, node = read_file(path, Clause, errors)
            if clause is not None and node is not None:
                found.append((path, clause, node))
    errors += _links(found, set(edition.record_kinds) if edition else set())
    if errors or edition is None:
        return None, tuple(sorted(errors))
    return Catalog(edition=edition, clauses=tuple(clause for _, clause, _ in found)), ()


def norms(folder: Path = HERE / "norms") -> tuple[tuple[Norm, ...], tuple[CatalogError, ...]]:
    """Read a folder of norms; with a mistake anywhere the caller keeps the pack it has."""
    errors: list[CatalogError] = []
    found: dict[str, Norm] = {}
    for path in sorted(folder.glob("*.yaml")):
        norm, node = read_file(path, Norm, errors)
        if norm is None or node is None:
            continue
        if norm.id in found:
            errors.append(CatalogError(str(path), line_of(node, ("id",)), f"{norm.id} stands in another file too.", "Give it an id of its own."))
        elif norm.id != path.stem:
            errors.append(CatalogError(str(path), line_of(node, ("id",)), f"The file of {norm.id} bears another name.", f"Call it {norm.id}.yaml."))
        found[norm.id] = norm
    return tuple(found.values()), tuple(sorted(errors))


def words(folder: Path = HERE / "words") -> tuple[dict[str, tuple[str, ...]], tuple[CatalogError, ...]]:
    """Read the lists of words that norms share: a file is a mapping of a list's name to its patterns; a pattern $name takes in another list."""
    errors: list[CatalogError] = []
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        lists, node = read_file(path, Lists, errors)
        for name, patterns in (lists.root if lists else {}).items():
            if name in found and node is not None:
                errors.append(CatalogError(str(path), line_of(node, (name,)), f"${name} stands in another file too.", "Keep one of the two."))
            found[name] = patterns
    return found, tuple(sorted(errors))


def house(folder: Path) -> tuple[House, tuple[CatalogError, ...]]:
    """Read what a house sets for itself: `house.yaml`, which may be absent; its norms and lists of words stand in `norms/` and `words/` beside it."""
    path = folder / "house.yaml"
    errors: list[CatalogError] = []
    found, node = read_file(path, House, errors) if path.exists() else (None, None)
    if found is None or node is None:
        return NOTHING, tuple(errors)
    known = {norm.id for norm in norms()[0]} if found.without else set()
    errors += [CatalogError(str(path), line_of(node, ("limits", id)), *said) for id, *said in limits_in(found, _standard())]
    errors += [
        CatalogError(str(path), line_of(node, ("without", place)), f"There is no norm {id} that comes with Lingting.", "docs/norms.md names them all.")
        for place, id in enumerate(found.without)
        if id not in known
    ]
    return found, tuple(sorted(errors))


@cache
def own() -> Path | None:
    """Return the folder of what the house sets for itself, if one is named."""
    words = os.environ.get("LINGTING_HOUSE", "")
    return Path(words) if words else None


@cache
def ours() -> House:
    """Return what the house sets for itself."""
    folder = own()
    return _right(house(folder)) if folder else NOTHING


def period(name: str, default: timedelta) -> timedelta:
    """Return how long something may take: as the house sets it, or else the default."""
    PERIODS[name] = default
    words = ours().periods.get(name)
    return length(words) if words else default


def template(name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Return what must be there for something to be complete: as the house sets it, or else the default."""
    TEMPLATES[name] = default
    return ours().templates.get(name, default)


def unknown_names() -> Iterator[CatalogError]:
    """Yield the periods and templates that the house sets and nothing asks for; to be asked once everything that declares one is there."""
    for kind, given, known in (("period", ours().periods, set(PERIODS)), ("template", ours().templates, set(TEMPLATES))):
        for name in sorted(set(given) - known):
            yield CatalogError(str((own() or HERE) / "house.yaml"), 1, f"There is no {kind} {name}.", f"Name one of {', '.join(sorted(known))}.")


@cache
def _standard() -> Catalog:
    catalog, errors = clauses()
    if catalog is None:
        raise BadCatalog("\n".join(map(str, errors)))
    return catalog


T = TypeVar("T")


def _right(found: tuple[T, tuple[CatalogError, ...]]) -> T:
    if found[1]:
        raise BadCatalog("\n".join(map(str, found[1])))
    return found[0]


@cache
def read() -> Catalog:
    """Return the catalog that comes with Lingting, with the limits that the house sets."""
    return limited(_standard(), ours())


@cache
def read_words() -> Mapping[str, tuple[str, ...]]:
    """Return the lists of words that come with Lingting, and the house's: one of the same name takes the other's place."""
    folder = own()
    return _right(words()) | (_right(words(folder / "words")) if folder else {})


@cache
def read_norms() -> tuple[Norm, ...]:
    """Return the norms in force: those that come with Lingting but for what the house leaves out, and the house's own, which may take the place of one."""
    folder = own()
    mine = {norm.id: norm for norm in _right(norms(folder / "norms"))} if folder else {}
    without = ours().without
    standard = [mine.pop(norm.id, norm) for norm in _right(norms()) if norm.id not in without]
    return (*standard, *mine.values())


def place_of(words: str, folder: Path) -> str:
    """Return the file and line at which words stand in a folder of norms or among the lists of words; for mistakes that only compiling finds."""
    mine = own()
    folders = (folder, HERE / "words", *((mine / "norms", mine / "words") if mine else ()))
    for path in (path for one in folders for path in sorted(one.glob("*.yaml"))):
        whole = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for node in _nodes(whole) if whole else ():
            if isinstance(node, yaml.ScalarNode) and node.value == words:
                return f"{path}:{node.start_mark.line + 1}"
    return str(folder)


def _place(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", path.stem))


def read_file(path: Path, kind: type[M], errors: list[CatalogError]) -> Read[M]:
    """Read one file into its shape; put its mistakes with the others."""
    here: list[CatalogError] = []
    try:
        words = path.read_text(encoding="utf-8")
        node = yaml.compose(words, Loader=yaml.CSafeLoader)
    except OSError as error:
        errors.append(CatalogError(str(path), 0, f"The file cannot be read: {error.strerror}.", "Put it back, or mend its permissions."))
        return None, None
    except UnicodeDecodeError:
        errors.append(CatalogError(str(path), 0, "The file is not UTF-8.", "Save it as UTF-8."))
        return None, None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        errors.append(CatalogError(str(path), line, f"This is not YAML: {error.problem}.", "Mind indentation and quotes."))
        return None, None
    if node is None:
        errors.append(CatalogError(str(path), 1, "The file is empty.", "Fill it in, or delete it."))
        return None, None
    here += [CatalogError(str(path), line, *said) for line, *said in _raw(words, node)]
    value: Any = None
    if not here:
        value = yaml.load(words, Loader=yaml.CSafeLoader)  # CSafeLoader is the safe loader, compiled
        try:
            value = kind.model_validate(value)
        except ValidationError as error:
            here += [_mistake(path, node, details) for details in error.errors()]
    errors += here
    return (None, node) if here else (value, node)


def _mistake(path: Path, node: yaml.Node, details: Any) -> CatalogError:
    place = tuple(details["loc"])
    name = ".".join(str(part) for part in place) or "the file"
    message = f"{name}: {details['msg']}."
    return CatalogError(str(path), line_of(node, place), message, "See docs/norms.md and the files beside it for the shape.")


def line_of(node: yaml.Node, place: tuple[int | str, ...]) -> int:
    """Return the line at which a part of the file stands, or the nearest that holds it."""
    for step in place:
        inner = None
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            inner = node.value[step]
        if inner is None:
            break
        node = inner
    return int(node.start_mark.line) + 1


_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;?!](?=[\u4e00-\u9fff])")


def _raw(words: str, node: yaml.Node) -> Iterator[tuple[int, str, str]]:  # noqa: C901  # one rule a branch
    """Yield what a shape cannot see: anchors, tags, doubled keys, escapes, half-width punctuation in Chinese."""
    for number, text in enumerate(words.splitlines(), 1):
        if re.search(r"\\u[0-9A-Fa-f]{4}", text):
            yield number, "A \\u escape stands here.", "Write the character itself, so that people can read it."
    for part in _nodes(node):
        line = part.start_mark.line + 1
        if not part.tag.startswith("tag:yaml.org,2002:"):
            yield line, f"The tag {part.tag} is not used here.", "Write plain words, numbers, lists and mappings."
        if isinstance(part, yaml.MappingNode):
            seen: set[str] = set()
            for key, _ in part.value:
                if key.value in seen:
                    yield key.start_mark.line + 1, f"{key.value} stands here twice.", "Keep one of the two."
                seen.add(key.value)
            for key, value in part.value:
                if key.value == "zh" and isinstance(value, yaml.ScalarNode) and _HALF_WIDTH.search(value.value):
                    where = value.start_mark.line + 1
                    yield where, "Half-width punctuation stands in Chinese words.", "Write \uff0c\uff1b\uff1a\uff1f\uff01 instead."
    for token in yaml.scan(words, Loader=yaml.CSafeLoader):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
            yield token.start_mark.line + 1, "Anchors and aliases are not used here.", "Write the words out."


def _nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(key)
            yield from _nodes(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _nodes(value)


def _links(found: Iterable[tuple[Path, Clause, yaml.Node]], kinds: set[str]) -> Iterator[CatalogError]:
    """Yield the references that lead nowhere and the ids that stand twice."""
    found = list(found)
    numbers = {clause.number for _, clause, _ in found}
    seen: set[str] = set()
    for path, clause, node in found:
        if clause.parent is not None and clause.parent not in numbers:
            yield CatalogError(str(path), line_of(node, ("parent",)), f"There is no clause {clause.parent}.", "Name the clause above this one.")
        if clause.number != path.stem:
            yield CatalogError(str(path), line_of(node, ("number",)), f"The file of {clause.number} bears another name.", f"Call it {clause.number}.yaml.")
        own = {check.id for check in clause.checks}
        for place, check in enumerate(clause.checks):
            if check.id in seen:
                yield CatalogError(str(path), line_of(node, ("checks", place, "id")), f"{check.id} stands twice.", "Give it an id of its own.")
            seen.add(check.id)
            for kind in set(check.evidence.records) - kinds:
                line = line_of(node, ("checks", place, "evidence", "records"))
                yield CatalogError(str(path), line, f"There is no record kind {kind}.", "Name one of edition.yaml, or add it there.")
        for place, pattern in enumerate(clause.nonconformities):
            for check_id in set(pattern.checks) - own:
                line = line_of(node, ("nonconformities", place, "checks"))
                yield CatalogError(str(path), line, f"There is no check {check_id}.", "Name a check of this clause.")
