"""The results as tables: one row a run and one row an epoch, each as CSV and as Parquet."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from .progress import in_words

Record = dict[str, Any]
#: writeMetrics spells what JSON cannot say.
WORDS = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}
ABOUT = ("parameters", "versions")


def number(value: Any) -> Any:
    return WORDS.get(value, value) if isinstance(value, str) else value


def numbers(metrics: Record) -> Record:
    """The metrics that are one number."""
    plain = {name: number(value) for name, value in metrics.items() if name not in ABOUT}
    return {n: v for n, v in plain.items() if isinstance(v, (int, float)) and not isinstance(v, bool)}


def series(metrics: Record) -> dict[str, list[Any]]:
    """The metrics that are a list of numbers, one an epoch."""
    found = {}
    for name, value in metrics.items():
        entries = [number(entry) for entry in value] if isinstance(value, list) else []
        if entries and all(isinstance(entry, (int, float)) for entry in entries):
            found[name] = entries
    return found


def parameters_of(record: Record) -> Record:
    """What a run was made with: all that the notebook tells, and what was asked for."""
    return {**record.get("metrics", {}).get("parameters", {}), **record["parameters"]}


def run_rows(records: list[Record]) -> list[Record]:
    """A row a run: parameters, how it ended, each metric's last value, time and place."""
    rows = []
    for record in records:
        metrics = record.get("metrics", {})
        failure = record.get("failure")
        last = {name: entries[-1] for name, entries in series(metrics).items()}
        rows.append(
            {
                **parameters_of(record),
                "status": "failed" if failure else "done",
                **last,
                **numbers(metrics),
                "seconds": record.get("seconds"),
                "host": record.get("host"),
                "failure": in_words(failure) if failure else None,
            }
        )
    return rows


def epoch_rows(records: list[Record]) -> list[Record]:
    """A row an epoch, for the metrics that have one value an epoch."""
    rows = []
    for record in records:
        found = series(record.get("metrics", {}))
        for epoch in range(max(map(len, found.values()), default=0)):
            values = {name: entries[epoch] for name, entries in found.items() if epoch < len(entries)}
            rows.append({**parameters_of(record), "epoch": epoch + 1, **values})
    return rows


def table_of(rows: list[Record]) -> pa.Table:
    """Rows of any keys as a table: whole numbers, doubles or texts, column by column."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: column([row.get(name) for row in rows]) for name in names})


def column(values: list[Any]) -> pa.Array:
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {bool} or kinds <= {str}:
        return pa.array(values)
    if kinds <= {int} and all(value is None or abs(value) < 2**63 for value in values):
        return pa.array(values, pa.int64())
    if kinds <= {int, float}:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array([None if value is None else str(value) for value in values])


def write(folder: Path, records: list[Record]) -> list[Path]:
    """Writes `runs` and `epochs`, each `.csv` and `.parquet`; gives the files."""
    written = []
    for name, rows in (("runs", run_rows(records)), ("epochs", epoch_rows(records))):
        table = table_of(rows)
        for ending, save in (("csv", pa.csv.write_csv), ("parquet", pa.parquet.write_table)):
            written.append(save_whole(folder / f"{name}.{ending}", table, save))
    return written


def save_whole(path: Path, table: pa.Table, save: Callable[[pa.Table, str], None]) -> Path:
    half = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    save(table, str(half))
    os.replace(half, path)
    return path
