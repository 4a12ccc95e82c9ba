"""What cells print arrives: all of it, in order, while they run."""

import time

from harness import check, equal, run_checks


@check("20,000 prints of a synchronous loop all arrive in order, in few messages, and the kernel goes idle")
def _(k):
    o = k.run("for (let i = 0; i < 20000; i++) console.log('line', i);", timeout=30)
    equal(o.text(), "".join(f"line {i}\n" for i in range(20000)))
    assert len(o.of("stream")) < 500, len(o.of("stream"))
    equal(k.run("1").result, "1")


@check("prints stream out of a synchronous loop")
def _(k):
    msg_id = k.submit("const until = Date.now() + 2000; console.log('started'); while (Date.now() < until);")
    start = time.time()
    while True:
        message = k.client.get_iopub_msg(timeout=5)
        if message["msg_type"] == "stream":
            break
    equal(message["content"]["text"], "started\n")
    assert time.time() - start < 1.5, time.time() - start
    k.collect(msg_id)


@check("3,000 displays of a synchronous loop all arrive in order")
def _(k):
    o = k.run(
        "import { display } from 'tslab';\nfor (let i = 0; i < 3000; i++) display.text(String(i));", timeout=30
    )
    equal([d["data"]["text/plain"] for d in o.of("display_data")], [str(i) for i in range(3000)])


@check("stdout and stderr keep their order")
def _(k):
    o = k.run("console.log('a'); console.error('b'); process.stdout.write('c'); console.log('d');")
    equal([(s["name"], s["text"]) for s in o.of("stream")], [("stdout", "a\n"), ("stderr", "b\n"), ("stdout", "cd\n")])


@check("bytes are decoded, also when a character is split, and write calls back")
def _(k):
    o = k.run(
        """const bytes = Buffer.from("中文");
process.stdout.write(bytes.subarray(0, 4));
await new Promise<void>((done) => process.stdout.write(bytes.subarray(4), () => done()));"""
    )
    equal(o.text(), "中文")


@check("50 MB of output do not break it")
def _(k):
    o = k.run("const row = 'x'.repeat(999);\nfor (let i = 0; i < 50000; i++) console.log(row);", timeout=60)
    equal(len(o.text()), 50_000_000)


@check("Node's warnings do not land in a cell")
def _(k):
    with open("esm-only.mjs", "w") as f:
        f.write("export const value = 1;\n")
    o = k.run(
        """process.emitWarning("experimental", "ExperimentalWarning");
const esm = require("./esm-only.mjs");
await new Promise((r) => setTimeout(r, 50));
esm.value"""
    )
    equal(o.text("stderr"), "")
    equal(o.result, "1")


run_checks()
