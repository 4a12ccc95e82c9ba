"""Start, restart and end: quick, complete, and no process is left behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from harness import Kernel, check, equal, run_checks

NODE = os.environ["LAB_TEST_NODE"]
ROOT = os.environ["LAB_TEST_ROOT"]


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A dead process that nobody has waited for is dead.
    stat = f"/proc/{pid}/stat"
    return not (os.path.exists(stat) and open(stat).read().rsplit(")", 1)[1].split()[0] == "Z")


def ends_within(pid, seconds):
    deadline = time.time() + seconds
    while time.time() < deadline:
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


@check("it starts within ten seconds and knows kernel_info long before the compiler is loaded")
def _(_):
    start = time.time()
    k = Kernel()
    ready = time.time() - start
    equal(k.run("1").result, "1")
    first = time.time() - start
    k.stop()
    assert ready < first and first < 20, (ready, first)


@check("a kernel that was left idle after its start has compiled ahead, and nothing of that is seen")
def _(_):
    lab = tempfile.mkdtemp()
    os.makedirs(os.path.join(lab, "src"))
    os.makedirs(os.path.join(lab, "notebooks"))
    files = {"package.json": '{ "main": "lab.js", "types": "lab.d.ts" }', "lab.d.ts": "export declare const n: number;\n", "lab.js": "console.log('loaded'); exports.n = 3;\n"}
    for name, text in files.items():
        with open(os.path.join(lab, "src", name), "w") as f:
            f.write(text)
    k = Kernel(cwd=os.path.join(lab, "notebooks"))
    # Any request would end the idleness, so there is nothing to wait for but time.
    equal([m["msg_type"] for m in k.quiet(5) if m["msg_type"] != "status"], [])
    equal(k.run("lab").error["ename"], "TypeScriptError")
    o = k.run("import { n } from '../src';\nn + 1")
    equal((o.result, o.text(), o.reply["execution_count"]), ("4", "loaded\n", 2))
    k.stop()


@check("shutdown ends the process with its output sent, idle or computing")
def _(_):
    for code in ("1", "while (true);"):
        k = Kernel()
        k.run("process.on('exit', () => console.log('bye'));")
        k.submit(code)
        time.sleep(0.4)
        pid = k.pid
        start = time.time()
        k.manager.shutdown_kernel()
        assert time.time() - start < 2.5
        assert not alive(pid)
        k.client.stop_channels()


@check("restart gives an empty kernel")
def _(_):
    k = Kernel()
    k.run("const gone = 1;")
    k.manager.restart_kernel()
    k.client.wait_for_ready(timeout=60)
    equal(k.run("gone").error["ename"], "TypeScriptError")
    equal(k.run("1").reply["execution_count"], 2)
    k.stop()


@check("process.exit in a cell ends the kernel cleanly, after its output")
def _(_):
    k = Kernel()
    k.run("1")
    k.submit("console.log('last words'); process.exit(3);")
    equal(k.manager.provisioner.process.wait(20), 3)
    texts = [m["content"].get("text") for m in k.quiet(2) if m["msg_type"] == "stream"]
    equal(texts, ["last words\n"])
    k.client.stop_channels()


FRONT = """
const [kernel, file] = process.argv.slice(1);
const shared = require(kernel + "/shared.cjs").makeShared();
const front = require(kernel + "/front/open.cjs").openFront({ file, shared });
process.on("exit", () => front.close());
front.listen(({ op }) => op === "exit" && process.exit(0));
front.ready();
"""


@check("it ends without a complaint while requests still come")
def _(_):
    from jupyter_client import BlockingKernelClient
    from jupyter_client.connect import write_connection_file

    # The compiler has no part in it: without it many rounds take little time.
    for _ in range(12):
        file, _ = write_connection_file(os.path.join(tempfile.mkdtemp(), "connection.json"))
        argv = [NODE, "-e", FRONT, os.path.join(ROOT, "jupyter", "kernel"), file]
        process = subprocess.Popen(argv, stderr=subprocess.PIPE, text=True)
        client = BlockingKernelClient(connection_file=file)
        client.load_connection_file()
        client.start_channels()
        client.kernel_info(reply=True, timeout=30)
        client.shutdown()
        while process.poll() is None:
            client.session.send(client.control_channel.socket, "interrupt_request", {})
            time.sleep(0.001)
        client.stop_channels()
        equal(process.stderr.read(), "")


PARENT = """
import sys, time
sys.path.insert(0, sys.argv[1])
from harness import Kernel
k = Kernel()
if sys.argv[2]: k.submit(sys.argv[2])
time.sleep(0.5)
print(k.pid, flush=True)
time.sleep(60)
"""


@check("a kernel whose parent was killed ends within three seconds, idle or computing, with no process left")
def _(_):
    if sys.platform == "win32":
        return "SIGKILL is not on Windows"
    for code in ("", "while (true);", "await new Promise(() => {})"):
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, os.path.dirname(__file__), code], stdout=subprocess.PIPE, text=True
        )
        pid = int(parent.stdout.readline())
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
        parent.kill()
        parent.wait()
        assert ends_within(pid, 3), f"the kernel lives on ({code!r})"
        assert all(ends_within(int(child), 0.2) for child in children)


def copied(tslab_version=None, files=None):
    """A project folder of its own, in a path with a space and Chinese characters."""
    root = os.path.join(tempfile.mkdtemp(), "my lab 深度学习")
    shutil.copytree(os.path.join(ROOT, "jupyter", "kernel"), os.path.join(root, "jupyter", "kernel"))
    modules = os.path.join(root, "node_modules")
    if tslab_version is None:
        os.symlink(os.path.join(ROOT, "node_modules"), modules, target_is_directory=True)
        return root
    files = {"tslab/package.json": json.dumps({"version": tslab_version, "main": "dist/public.js"}), **(files or {})}
    for name, text in files.items():
        path = os.path.join(modules, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)
    return root


def launch(root, *args):
    argv = [NODE, os.path.join(root, "jupyter", "kernel", "launch.cjs"), *args]
    return subprocess.run(argv, capture_output=True, text=True, timeout=30)


@check("another tslab is refused with a sentence that says what to do")
def _(_):
    done = launch(copied("1.0.23"), "--config-path=none.json")
    equal(done.returncode, 1)
    equal(
        done.stderr.strip(),
        "The TypeScript kernel cannot start: tslab 1.0.22 is needed, but 1.0.23 is installed. "
        "Type npm ci in the project's folder.",
    )


@check("a tslab whose inside differs is refused, naming what is missing")
def _(_):
    from jupyter_client.connect import write_connection_file

    stub = {
        "tslab/dist/public.js": "",
        "@tslab/typescript-for-tslab/package.json": json.dumps({"main": "index.js"}),
        "@tslab/typescript-for-tslab/index.js": "exports.createWatchCompilerHost = () => {};",
    }
    root = copied("1.0.22", stub)
    os.symlink(os.path.join(ROOT, "node_modules", "zeromq"), os.path.join(root, "node_modules", "zeromq"))
    file, _ = write_connection_file(os.path.join(root, "connection.json"))
    done = launch(root, "--config-path", file)
    equal(done.returncode, 1)
    assert "cannot start" in done.stderr and "has no transpileModule" in done.stderr, done.stderr


@check("a port that is taken is named")
def _(_):
    import socket

    from jupyter_client.connect import write_connection_file

    file, config = write_connection_file(os.path.join(tempfile.mkdtemp(), "connection.json"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", config["shell_port"]))
        taken.listen()
        done = launch(ROOT, "--config-path", file)
    equal(done.returncode, 1)
    assert f"tcp://127.0.0.1:{config['shell_port']}, which cannot be opened" in done.stderr, done.stderr


@check("without a connection file it says who starts it")
def _(_):
    done = launch(ROOT)
    equal(done.returncode, 1)
    assert "It is started by Jupyter" in done.stderr or "it is started by Jupyter" in done.stderr, done.stderr


@check("it works in a path with a space and Chinese characters")
def _(_):
    root = copied()
    kernels = os.path.join(root, "share", "kernels", "tslab")
    script = "import(process.argv[1]).then((m) => m.writeKernelSpec(process.argv[2], { root: process.argv[3] }))"
    from pathlib import Path

    spec = Path(root, "jupyter", "kernel", "spec.mjs").as_uri()
    subprocess.run([NODE, "-e", script, spec, kernels, root], check=True)
    before = dict(os.environ)
    os.environ.update(JUPYTER_PATH=os.path.join(root, "share"), LAB_TEST_SPEC=kernels)
    notebooks = os.path.join(root, "notebooks 练习")
    os.mkdir(notebooks)
    with open(os.path.join(notebooks, "beside.ts"), "w") as f:
        f.write("export const n = 4;\n")
    try:
        k = Kernel(cwd=notebooks)
        equal(k.run("import { n } from './beside';\nn + 1").result, "5")
        equal(k.run("\nthrow new Error('x')").trace().split("\n")[1].strip(), "at In [2], line 2")
        k.stop()
    finally:
        os.environ.clear()
        os.environ.update(before)


run_checks(needs_kernel=False)
