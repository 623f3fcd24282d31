"""Writing findings (写出): Parquet or JSON Lines, as they come; the file has its name only when it is whole."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from lingting.bulk.findings import FINDINGS

SUFFIXES = (".parquet", ".jsonl")


def write(findings: Iterable[pa.RecordBatch], path: Path) -> int:
    """Write batches of findings to a file, by its suffix, and return how many there were."""
    unfinished = path.with_name(path.name + ".part")
    try:
        count = _parquet(findings, unfinished) if path.suffix == ".parquet" else _jsonl(findings, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _parquet(findings: Iterable[pa.RecordBatch], path: Path) -> int:
    count = 0
    with pq.ParquetWriter(path, FINDINGS, compression="zstd") as writer:
        for batch in findings:
            if batch.num_rows:
                writer.write_batch(batch)
                count += batch.num_rows
    return count


def _jsonl(findings: Iterable[pa.RecordBatch], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for batch in findings:
            _lines(batch, file)
            count += batch.num_rows
    return count


def _lines(batch: pa.RecordBatch, file: IO[str]) -> None:
    for row in batch.to_pylist():
        said = row | {"at": row["at"].isoformat() if row["at"] else None, "slots": json.loads(row["slots"])}
        file.write(json.dumps(said, ensure_ascii=False) + "\n")
