"""A class at once: logs in as so many students, lets all of them run a notebook, compares what is
printed with the saved outputs, and tells what each took.

usage: .venv/bin/python jupyter/hub/measure.py [--students 8] [--notebook notebooks/03_no_grad.ipynb]

It talks to a JupyterHub on this machine that `npm run hub` started, as a browser would; the password
comes from LAB_HUB_PASSWORD.
"""

import argparse
import json
import os
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier
from typing import Any

import psutil
import requests
import websocket

Cell = dict[str, Any]


@dataclass
class Student:
    """One student's way through: login, server, kernel, notebook."""

    hub: str
    name: str
    password: str
    web: requests.Session = field(default_factory=requests.Session)

    def log_in(self) -> None:
        page = f"{self.hub}/hub/login"
        self.web.get(page, timeout=60).raise_for_status()
        form = {"username": self.name, "password": self.password, "_xsrf": self.xsrf("/hub/")}
        self.web.post(page, data=form, timeout=60).raise_for_status()

    def start_server(self) -> None:
        self.web.get(f"{self.hub}/hub/spawn", timeout=300).raise_for_status()
        for _ in range(600):
            page = self.web.get(f"{self.hub}/user/{self.name}/lab", timeout=300)
            if f"/user/{self.name}/lab" in page.url and page.ok:
                return
            time.sleep(0.5)
        raise RuntimeError(f"the server of {self.name} did not start: {page.url}")

    def xsrf(self, path: str) -> str:
        """The token against forged requests that belongs to a path."""
        found = [c for c in self.web.cookies if c.name == "_xsrf" and path.startswith(c.path)]
        return max(found, key=lambda c: len(c.path)).value

    def run(self, cells: list[Cell]) -> list[str]:
        """Runs the code cells in a kernel; what each printed or gave, as text."""
        base = f"{self.hub}/user/{self.name}"
        headers = {"X-XSRFToken": self.xsrf(f"/user/{self.name}/")}
        asked = {"name": "tslab", "path": ""}
        answer = self.web.post(f"{base}/api/kernels", json=asked, headers=headers, timeout=180)
        answer.raise_for_status()
        session = uuid.uuid4().hex
        jar = requests.utils.dict_from_cookiejar(self.web.cookies)
        address = f"{base.replace('http', 'ws', 1)}/api/kernels/{answer.json()['id']}/channels?session_id={session}"
        cookies = "; ".join(f"{name}={value}" for name, value in jar.items())
        channel = websocket.create_connection(address, cookie=cookies, timeout=300, origin=self.hub)
        try:
            return [run_cell(channel, session, "".join(cell["source"])) for cell in cells]
        finally:
            channel.close()

    def stop(self) -> None:
        # one who never got in has no token and nothing to stop
        with suppress(requests.RequestException, ValueError):
            headers = {"X-XSRFToken": self.xsrf("/hub/")}
            self.web.delete(f"{self.hub}/hub/api/users/{self.name}/server", headers=headers, timeout=120)

    def processes(self) -> list[psutil.Process]:
        """The student's server and all that it has started."""
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.environ().get("JUPYTERHUB_USER") == self.name:
                    return [process, *process.children(recursive=True)]
        return []


def run_cell(channel: Any, session: str, source: str) -> str:
    """Sends one cell and collects until the kernel is idle again."""
    header = {
        **{"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "version": "5.3"},
        **{"username": "", "session": session, "date": ""},
    }
    content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    channel.send(json.dumps(message))
    printed: list[str] = []
    while True:
        answer = json.loads(channel.recv())
        if answer["parent_header"].get("msg_id") != header["msg_id"]:
            continue
        kind, content = answer["msg_type"], answer["content"]
        if kind == "stream":
            printed.append(content["text"])
        elif kind in ("execute_result", "display_data"):
            printed.append("".join(content["data"].get("text/plain", "")))
        elif kind == "error":
            printed.append(f"{content['ename']}: {content['evalue']}")
        elif kind == "status" and content["execution_state"] == "idle":
            return "".join(printed)


def saved(cell: Cell) -> str:
    """What a saved cell shows, as text."""
    printed = []
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            printed.append("".join(output["text"]))
        elif output["output_type"] == "error":
            printed.append(f"{output['ename']}: {output['evalue']}")
        else:
            printed.append("".join(output["data"].get("text/plain", "")))
    return "".join(printed)


def memory(processes: list[psutil.Process]) -> tuple[int, int]:
    """Resident bytes, and with what is shared divided among those who share it (Linux)."""
    resident = proportional = 0
    for process in processes:
        with suppress(psutil.Error):
            full = process.memory_full_info()
            resident += full.rss
            proportional += getattr(full, "pss", full.rss)
    return resident, proportional


def seconds(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        with suppress(psutil.Error):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--hub", default="http://127.0.0.1:8000")
    asked.add_argument("--students", type=int, default=8)
    asked.add_argument("--notebook", type=Path, default=Path("notebooks/03_no_grad.ipynb"))
    options = asked.parse_args()
    notebook = json.loads(options.notebook.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    password = os.environ["LAB_HUB_PASSWORD"]
    names = [f"student-{i + 1}" for i in range(options.students)]
    students = [Student(options.hub, name, password) for name in names]
    together = Barrier(len(students))
    began = time.monotonic()

    def way(student: Student) -> dict[str, Any]:
        student.log_in()
        student.start_server()
        ready = time.monotonic()
        idle = memory(student.processes())
        together.wait()
        at = time.monotonic()
        shown = student.run(cells)
        ran = time.monotonic() - at
        processes = student.processes()
        wrong = [i + 1 for i, cell in enumerate(cells) if shown[i] != saved(cell)]
        row = {"start": ready - began, "run": ran, "idle": idle, "busy": memory(processes)}
        return {**row, "cpu": seconds(processes), "wrong": wrong}

    print(f"{options.students} students, {options.notebook.name}, {len(cells)} code cells each")
    print("student      server ready   notebook   memory: server / with kernel (MB, shared divided)   CPU")
    bad = 0
    try:
        with ThreadPoolExecutor(len(students)) as pool:
            for name, row in zip(names, pool.map(way, students)):
                bad += bool(row["wrong"])
                mark = "✗ other output in code cells " + str(row["wrong"]) if row["wrong"] else "✓"
                idle, busy = row["idle"], row["busy"]
                print(
                    f"{name:12} {row['start']:9.1f} s {row['run']:8.1f} s   "
                    f"{idle[0] / 1e6:5.0f} / {busy[0] / 1e6:5.0f} ({idle[1] / 1e6:.0f} / {busy[1] / 1e6:.0f})"
                    f"{row['cpu']:27.1f} s   {mark}"
                )
    finally:
        for student in students:
            student.stop()
    print(f"{options.students - bad} of {options.students} saw what the notebook has saved")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
