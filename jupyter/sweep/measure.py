"""What a sweep costs beside papermill: the same notebook with the same seeds by both, in turns.

usage: .venv/bin/python jupyter/sweep/measure.py [--notebook …] [--runs 8] [--rounds 5] [--ways …] [--keep FILE]

Every way runs the notebook as a sweep does, up to its cell tagged `metrics`, one thread a kernel:

* plain1, plain2: papermill as it is, called again and again by one Python process, or by two at once
  with half of the seeds each;
* bare1, bare2: the same, told not to save the notebook after every cell, as a sweep does not;
* sweep1, sweep2: the command `npm run sweep` with one or two workers, from its start to its page.

`--keep` adds to the figures of earlier calls in that file, so that rounds can be run in pieces.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import papermill
from lab_runs.plan import ROOT, notebook_text, read_notebook

WAYS = ("plain1", "sweep1", "bare1", "plain2", "sweep2", "bare2")
Figures = dict[str, Any]


def main() -> None:
    asked = options()
    if asked.part:
        return run_part(json.loads(asked.part))
    kept = [json.loads(line) for line in lines_of(asked.keep)]
    for number in range(asked.rounds):
        for way in asked.ways.split(","):
            figures = {"way": way, "runs": asked.runs, **measured(way, asked.notebook, asked.runs)}
            kept.append(figures)
            if asked.keep:
                with asked.keep.open("a") as file:
                    file.write(json.dumps(figures) + "\n")
            print(f"round {number + 1}: {way:7} {figures['whole']:6.2f} s", flush=True)
    for runs in sorted({figures["runs"] for figures in kept}):
        print("\n".join(summary([figures for figures in kept if figures["runs"] == runs], runs)))


def options() -> argparse.Namespace:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--notebook", type=Path, default=ROOT / "notebooks" / "04_logistic_regression.ipynb")
    made.add_argument("--runs", type=int, default=8, help="seeds (8)")
    made.add_argument("--rounds", type=int, default=5, help="turns of each way (5)")
    made.add_argument("--ways", default=",".join(WAYS), help="which, in which order")
    made.add_argument("--keep", type=Path, help="a file of figures to add to")
    made.add_argument("--part", help=argparse.SUPPRESS)
    return made.parse_args()


def lines_of(file: Path | None) -> list[str]:
    return file.read_text().splitlines() if file and file.exists() else []


def measured(way: str, notebook: Path, runs: int) -> Figures:
    """One turn: seconds of wall-clock, whole and by part."""
    at_once = int(way[-1])
    with tempfile.TemporaryDirectory(prefix="lab-measure-") as folder:
        if way.startswith("sweep"):
            return by_sweep(notebook, runs, at_once, Path(folder))
        return by_papermill(notebook, runs, at_once, Path(folder), saving=way.startswith("plain"))


def by_sweep(notebook: Path, runs: int, workers: int, folder: Path) -> Figures:
    """`start`: until all workers wait; `work`: until the last run is there; `end`: tables and page."""
    words = [str(notebook), "-p", f"seed=0..{runs - 1}", "--workers", str(workers), "--out", str(folder)]
    began = time.monotonic()
    child = subprocess.Popen(
        ["node", str(ROOT / "jupyter" / "sweep.mjs"), *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    ready = done = None
    for line, now in stamped(child):
        ready = ready or (now if line.startswith("…") else None)
        done = done or (now if line.startswith("✓") else None)
    whole = time.monotonic() - began
    if child.wait() != 0 or ready is None or done is None:
        raise SystemExit("the sweep failed")
    return {"whole": whole, "start": ready - began, "work": done - ready, "end": began + whole - done}


def stamped(child: subprocess.Popen) -> Iterator[tuple[str, float]]:
    for line in child.stdout or []:
        yield line, time.monotonic()


def by_papermill(notebook: Path, runs: int, at_once: int, folder: Path, *, saving: bool) -> Figures:
    """`start`: until the slower Python has imported papermill; `work`: until the last run is there."""
    cut = folder / "cut.ipynb"
    cut.write_text(notebook_text(read_notebook(notebook, whole=False)), encoding="utf-8")
    began = time.monotonic()
    children = []
    for part in range(at_once):
        asked = {"input": str(cut), "seeds": list(range(part, runs, at_once)), "saving": saving}
        command = [sys.executable, __file__, "--part", json.dumps({**asked, "output": str(folder / f"{part}.ipynb")})]
        env = {**os.environ, "LAB_THREADS": "1"}
        children.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=env))
    told = [child.communicate()[0] for child in children]
    whole = time.monotonic() - began
    if any(child.returncode for child in children):
        raise SystemExit("papermill failed")
    start = max(float(text.split()[-1]) for text in told)
    return {"whole": whole, "start": start, "work": whole - start, "end": 0.0}


def run_part(asked: dict[str, Any]) -> None:
    """What one of the plain processes does, and how long its own start took."""
    import psutil

    print(time.time() - psutil.Process().create_time())
    for seed in asked["seeds"]:
        saving = {} if asked["saving"] else {"request_save_on_cell_execute": False, "autosave_cell_every": 0}
        papermill.execute_notebook(
            asked["input"],
            asked["output"],
            parameters={"seed": seed},
            cwd=str(ROOT / "notebooks"),
            progress_bar=False,
            **saving,
        )


def summary(kept: list[Figures], runs: int) -> list[str]:
    """Medians of each way, and of the ratios between ways of the same turn."""
    by_way = {way: [figures for figures in kept if figures["way"] == way] for way in WAYS}
    lines = [f"\n{runs} runs · median of n turns · seconds", "way      n   whole (least–most)     start  work  end  a notebook"]
    for way, turns in by_way.items():
        if turns:
            middle = {part: statistics.median(t[part] for t in turns) for part in ("whole", "start", "work", "end")}
            whole = [t["whole"] for t in turns]
            lines.append(
                f"{way:7} {len(turns):2} {middle['whole']:7.2f} ({min(whole):.2f}–{max(whole):.2f})"
                f"  {middle['start']:6.2f} {middle['work']:6.2f} {middle['end']:5.2f} {middle['work'] / runs:8.3f}"
            )
    for part in ("whole", "work"):
        for other in ("plain", "bare"):
            lines += compared(by_way, other, part)
    return lines


def compared(by_way: dict[str, list[Figures]], other: str, part: str) -> list[str]:
    """The sweep's overhead over papermill, and both speed-ups, in one part of the time."""
    lines = []
    ones = list(zip(by_way["sweep1"], by_way[f"{other}1"]))
    if ones:
        overhead = [100 * (ours[part] / theirs[part] - 1) for ours, theirs in ones]
        lines.append(f"{part}: sweep1 over {other}1 {spread(overhead)} %")
    fours = list(zip(by_way["sweep1"], by_way["sweep2"], by_way[f"{other}1"], by_way[f"{other}2"]))
    if fours:
        ours = [s1[part] / s2[part] for s1, s2, _, _ in fours]
        theirs = [p1[part] / p2[part] for _, _, p1, p2 in fours]
        lines.append(f"{part}: two for one: sweep {spread(ours, 2)}, {other} {spread(theirs, 2)}, "
                     f"of it {spread([a / b for a, b in zip(ours, theirs)], 3)}")
        lines.append(f"{part}: {other}2 / sweep2 {spread([p2[part] / s2[part] for _, s2, _, p2 in fours], 3)}")
    return lines


def spread(values: list[float], digits: int = 1) -> str:
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


if __name__ == "__main__":
    main()
