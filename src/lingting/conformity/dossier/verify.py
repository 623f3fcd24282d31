"""Recompute an evidence pack (证据包) with nothing but Python's own library: `python3 verify.py [FOLDER]`; exit 0 if all agrees, 1 if anything does not.

It goes along in every pack. It asks no network and knows nothing of the house: files against the manifest, columns against seals, rows against
entries, entries against the roots of blocks, blocks against each other, and every sample against its population and seed.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

POSITIONS = 1 << 16
NO_COLUMN = ("rows", "block", "path")
HEADER = ("height", "first", "last", "count", "root", "previous", "sealed")

Line = dict[str, Any]


def sha(*parts: bytes) -> bytes:
    """Return the SHA-256 of some bytes, one after another."""
    return hashlib.sha256(b"".join(parts)).digest()


def canonical(columns: Mapping[str, Any]) -> bytes:
    """Return the bytes that a digest is made of: what is empty is left out, the names in order."""
    kept = {name: value for name, value in columns.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogateescape")


def lines(folder: Path, name: str) -> list[Line]:
    """Return what stands in a file of JSON lines."""
    text = (folder / name).read_bytes().decode("utf-8", "surrogateescape")
    return [json.loads(line) for line in text.split("\n") if line]


def wrong_files(folder: Path, manifest: Line) -> Iterator[str]:
    """Yield the files that are not what the manifest says, that are missing, or that it does not know."""
    here = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name, digest in manifest["files"].items():
        if name not in here:
            yield f"文件缺失 · file missing: {name}"
        elif sha((folder / name).read_bytes()).hex() != digest:
            yield f"文件被改动 · file changed: {name}"
    for name in sorted(here - set(manifest["files"]) - {"manifest.json"}):
        yield f"清单之外的文件 · file that the manifest does not name: {name}"


def wrong_records(records: Sequence[Line]) -> Iterator[str]:
    """Yield the records whose columns do not make their seal, or whose columns and seal do not make their digest."""
    for one in records:
        seal = one.get("seal")
        if "salt" in one and sha(bytes.fromhex(one["salt"]), canonical(one["personal"])).hex() != seal:
            yield f"封印不符 · personal columns do not make the seal: {one['kind']} {one['id']}"
        if seal is not None and sha(one["kind"].encode(), b"\0", bytes.fromhex(seal), canonical(one["public"])).hex() != one["digest"]:
            yield f"记录不符 · columns do not make the digest: {one['kind']} {one['id']}"
        if "public" in one and one["public"]["id"] != one["id"]:
            yield f"编号不符 · another number: {one['kind']} {one['id']}"


def wrong_entries(records: Sequence[Line], entries: Mapping[int, Line], blocks: Mapping[int, Line]) -> Iterator[str]:
    """Yield the records that stand in no entry at their place, and the entries that do not lead to the root of their block."""
    for one in records:
        number, place = divmod(one["id"], POSITIONS)
        rows = entries.get(number, {}).get("rows", ())
        if place >= len(rows) or rows[place] != one["digest"]:
            yield f"记录不在那一笔里 · record not in its entry: {one['kind']} {one['id']}"
    for number, entry in entries.items():
        if sha(*(bytes.fromhex(row) for row in entry["rows"])).hex() != entry["digest"] or len(entry["rows"]) != entry["count"]:
            yield f"一笔的摘要不符 · rows do not make the entry's digest: {number}"
        node = sha(b"\0", canonical({name: value for name, value in entry.items() if name not in NO_COLUMN}))
        for side, beside in entry.get("path", ()):
            other = bytes.fromhex(beside)
            node = sha(b"\1", other, node) if side == "left" else sha(b"\1", node, other)
        block = blocks.get(entry.get("block", 0))
        if "block" in entry and (block is None or node.hex() != block["root"] or not block["first"] <= number <= block["last"]):
            yield f"一笔不通向区块的根 · entry does not lead to its block's root: {number}"


def wrong_blocks(blocks: Sequence[Line], head: Line) -> Iterator[str]:
    """Yield the blocks that do not hash to what they say, or do not follow the one before; the last is the head of the manifest."""
    previous, last, height = "00" * 32, 0, 0
    for block in blocks:
        if sha(canonical({name: block[name] for name in HEADER})).hex() != block["hash"]:
            yield f"区块的哈希不符 · block does not hash to what it says: {block['height']}"
        if block["previous"] != previous or block["height"] != height + 1 or block["first"] <= last:
            yield f"区块断链 · block does not follow the one before: {block['height']}"
        previous, last, height = block["hash"], block["last"], block["height"]
    if head != {"height": height, "hash": previous if height else ""}:
        yield "链头与清单不符 · the head is not the manifest's"


def frozen(numbers: Iterable[int]) -> str:
    """Return the digest of a population: its numbers in order, one a line."""
    return hashlib.sha256("".join(f"{number}\n" for number in sorted(numbers)).encode()).hexdigest()


def draw(numbers: Iterable[int], seed: str, n: int) -> list[int]:
    """Return the n numbers that a seed draws: those with the smallest digests of seed, population and number."""
    population = sorted(set(numbers))
    digest = frozen(population)
    return sorted(population, key=lambda number: hashlib.sha256(f"{seed}\n{digest}\n{number}".encode()).digest())[:n]


def wrong_samples(folder: Path, records: Sequence[Line]) -> Iterator[str]:
    """Yield the populations that are not what was frozen, the samples that their seeds do not draw, and what was drawn and is not here."""
    here, told_of = {one["id"] for one in records}, [one for one in records if "public" in one]
    populations: dict[int, list[int]] = {}
    for one in told_of:
        if one["kind"] == "audits.population":
            with (folder / "populations" / f"{one['id']}.csv").open(encoding="utf-8-sig", newline="") as file:
                numbers = populations[one["id"]] = [int(row[0]) for row in list(csv.reader(file))[1:]]
            if (frozen(numbers), len(numbers)) != (one["public"]["digest"], one["public"]["size"]):
                yield f"总体不是冻结时的 · population is not what was frozen: {one['id']}"
    for one in told_of:
        if one["kind"] == "audits.drawn" and one["public"]["population_id"] in populations:
            told = one["public"]
            drawn = draw(populations[told["population_id"]], told["seed"], told["n"])
            if " ".join(map(str, drawn)) != told["numbers"]:
                yield f"样本不是种子抽出的 · the seed draws another sample: {one['id']}"
            for number in drawn:
                if number not in here:
                    yield f"样本里的记录没有带来 · drawn, and not in the pack: {number}"


def unchecked(folder: Path, records: Sequence[Line], entries: Mapping[int, Line], blocks: Sequence[Line]) -> Iterator[str]:
    """Yield what could not be checked here."""
    withheld = sum("public" not in one for one in records), sum("withheld" in one for one in records)
    if withheld[0]:
        yield f"{withheld[0]} 条记录只带摘要，其中的总体和抽样没有重算 · records of which only the digest is here; samples among them are not drawn again"
    if withheld[1]:
        yield f"{withheld[1]} 条记录的个人信息列没有带出，以封印代替 · records without their personal columns, only the seal (withheld.csv)"
    if loose := sum("block" not in entry for entry in entries.values()):
        yield f"{loose} 笔还没有封入区块 · entries that no block holds yet"
    signed = [block for block in blocks if block["signature"]]
    yield signatures(folder, signed) if signed else "区块没有签名 · the blocks are not signed: compare the head with your own note of it"
    yield "检查结果由全部记录算出，样本不能重算 · results of checks are counted from all records; a sample cannot recount them"


def signatures(folder: Path, signed: Sequence[Line]) -> str:
    """Say how many signatures hold, where the key came along and the library is installed."""
    key = folder / "public-key.pem"
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ImportError:
        return f"{len(signed)} 个签名没有核对：没有安装 cryptography · signatures not checked: the package cryptography is not installed"
    if not key.exists():
        return f"{len(signed)} 个签名没有核对：包里没有公钥 · signatures not checked: no public key in the pack"
    public, bad = load_pem_public_key(key.read_bytes()), 0
    if not isinstance(public, Ed25519PublicKey):
        raise TypeError("public-key.pem 不是 Ed25519 公钥 · is no Ed25519 public key")
    for block in signed:
        try:
            public.verify(bytes.fromhex(block["signature"]), bytes.fromhex(block["hash"]))
        except InvalidSignature:
            bad += 1
    if bad:
        raise ValueError(f"{bad} 个签名不成立 · signatures do not hold")
    return f"{len(signed)} 个签名成立（公钥请另行核对） · signatures hold; compare the public key by another way"


def wrong_inside(folder: Path, manifest: Line) -> list[str]:
    """Return what does not agree in files that are those of the manifest, and print what they hold and what could not be checked."""
    records, blocks = lines(folder, "records.jsonl"), lines(folder, "blocks.jsonl")
    entries = {entry["id"]: entry for entry in lines(folder, "entries.jsonl")}
    print(f"{manifest['audit']} · {manifest['as_of']} · {len(records)} 条记录 records · {len(entries)} 笔 entries · {len(blocks)} 块 blocks")
    print(f"链头 head: {manifest['head']['height']} {manifest['head']['hash']}")
    for sentence in unchecked(folder, records, entries, blocks):
        print(f"– {sentence}")
    return [
        *wrong_records(records),
        *wrong_entries(records, entries, {block["height"]: block for block in blocks}),
        *wrong_blocks(blocks, manifest["head"]),
        *wrong_samples(folder, records),
    ]


def main(folder: Path) -> int:
    """Recompute a pack and say what does not agree; return 0 or 1."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        wrong = list(wrong_files(folder, manifest)) or wrong_inside(folder, manifest)
    except (AttributeError, KeyError, OSError, TypeError, ValueError) as error:
        wrong = [f"读不懂 · cannot be read: {error!r}"]
    for sentence in wrong:
        print(f"✗ {sentence}")
    print("✗ 不一致 · NOT intact" if wrong else "✓ 全部一致 · intact")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent))
