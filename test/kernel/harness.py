"""What the kernel's checks share: one kernel a file, cells run through jupyter_client, a line of JSON for each check."""

import json
import os
import queue
import sys
import time
import traceback

from jupyter_client.manager import KernelManager

KERNEL = "tslab"
checks = []


class Kernel:
    """A started kernel with its client."""

    def __init__(self, **start):
        self.manager = KernelManager(kernel_name=KERNEL)
        # The spec under test is the one written for the tests, never one that is installed.
        wanted = os.environ["LAB_TEST_SPEC"]
        found = self.manager.kernel_spec.resource_dir
        assert os.path.samefile(found, wanted), f"kernelspec {found}, wanted {wanted}"
        self.manager.start_kernel(**start)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def submit(self, code, **options):
        return self.client.execute(code, **options)

    def collect(self, msg_id, timeout=30):
        """All messages of a request until its idle, and its reply."""
        messages = []
        deadline = time.time() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.01, deadline - time.time()))
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            if message["content"].get("execution_state") == "idle":
                break
            messages.append(message)
        while True:
            reply = self.client.get_shell_msg(timeout=max(0.01, deadline - time.time()))
            if reply["parent_header"].get("msg_id") == msg_id:
                return Outcome(messages, reply)

    def run(self, code, timeout=30, **options):
        return self.collect(self.submit(code, **options), timeout)

    def request(self, kind, content, channel="shell", timeout=15):
        """Any request, and its reply."""
        session = self.client.session
        message = session.msg(kind, content)
        socket = self.client.shell_channel if channel == "shell" else self.client.control_channel
        socket.send(message)
        get = self.client.get_shell_msg if channel == "shell" else self.client.get_control_msg
        while True:
            reply = get(timeout=timeout)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply

    def quiet(self, seconds):
        """Everything that is published in the next seconds."""
        messages = []
        deadline = time.time() + seconds
        while time.time() < deadline:
            try:
                messages.append(self.client.get_iopub_msg(timeout=max(0.01, deadline - time.time())))
            except queue.Empty:
                break
        return messages

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


class Outcome:
    """What one request gave."""

    def __init__(self, messages, reply):
        self.messages = messages
        self.reply = reply["content"]
        self.status = self.reply["status"]

    def of(self, kind):
        return [m["content"] for m in self.messages if m["msg_type"] == kind]

    @property
    def kinds(self):
        return [m["msg_type"] for m in self.messages if m["msg_type"] != "status"]

    def text(self, name="stdout"):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == name)

    @property
    def data(self):
        """The MIME bundle of the result, None when there is none."""
        results = self.of("execute_result")
        return results[0]["data"] if results else None

    @property
    def result(self):
        return self.data and self.data.get("text/plain")

    @property
    def error(self):
        (error,) = self.of("error")
        return error

    def trace(self):
        return "\n".join(self.error["traceback"])


def equal(found, wanted):
    assert found == wanted, f"found {found!r}, wanted {wanted!r}"


def check(name):
    """Registers a check: a function of the kernel."""

    def register(function):
        checks.append((name, function))
        return function

    return register


def report(name, ok, detail="", skip=""):
    print(json.dumps({"name": name, "ok": ok, "detail": detail, "skip": skip}), flush=True)


def run_checks(needs_kernel=True):
    """Runs the file's checks one after the other and says at last how many there were."""
    kernel = Kernel() if needs_kernel else None
    try:
        for name, function in checks:
            try:
                skip = function(kernel) or ""
                report(name, True, skip=skip)
            except Exception:
                report(name, False, traceback.format_exc())
    finally:
        if kernel:
            kernel.stop()
    print(json.dumps({"done": len(checks)}), flush=True)
    sys.exit(0)
