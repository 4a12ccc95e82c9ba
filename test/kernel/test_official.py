"""jupyter_kernel_test, the Jupyter project's own suite for kernels, run against this kernel (by pytest)."""

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from unittest import SkipTest

import jupyter_kernel_test

# A kernelspec of its own, so that no installed one is tested by mistake.
root = Path(__file__).resolve().parents[2]
share = tempfile.mkdtemp()
atexit.register(shutil.rmtree, share, ignore_errors=True)
script = "import(process.argv[1]).then((m) => m.writeKernelSpec(process.argv[2]))"
spec = (root / "jupyter" / "kernel" / "spec.mjs").as_uri()
node = os.environ.get("LAB_TEST_NODE") or shutil.which("node")
subprocess.run([node, "-e", script, spec, os.path.join(share, "kernels", "tslab")], check=True)
os.environ["JUPYTER_PATH"] = share

BUNDLE = "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>', 'text/plain': 'b' }) })"


class TypeScriptKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "tslab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "parseFlo", "matches": {"parseFloat"}},
        {"text": "[1].concat([2]).revers", "matches": {"reverse"}},
    ]
    complete_code_samples = ["1", "const a = 1;", "await Promise.resolve(1)"]
    incomplete_code_samples = ["function f() {", "[1,", "if (x) {"]
    invalid_code_samples = ["const 1a;", "a b"]
    code_generate_error = "throw new Error('error')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 1", "result": "'a1'"},
        {"code": BUNDLE, "mime": "text/html", "result": "<b>"},
    ]
    code_display_data = [
        {"code": "import { display } from 'tslab'; display.html('<b>b</b>')", "mime": "text/html"}
    ]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6*"
    code_inspect_sample = "parseFloat"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        found = cls.km.kernel_spec.resource_dir
        assert os.path.samefile(found, os.path.join(share, "kernels", "tslab")), found

    def test_pager(self):
        raise SkipTest("the pager is an optional part of the protocol; TypeScript has no help to page")

    def test_clear_output(self):
        raise SkipTest("tslab offers no function that clears a cell's output")


class TypeScriptKernelWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "tslab"

    def test_recv_iopub_welcome_msg(self):
        raise SkipTest("iopub_welcome belongs to protocol 5.4; this kernel speaks 5.3")
