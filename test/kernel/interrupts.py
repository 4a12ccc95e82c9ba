"""Interrupts stop what runs, within two seconds, and leave everything else as it was."""

import os
import signal
import sys
import time

from harness import check, equal, run_checks

LIMIT = 2.0


def interrupted(k, code, after=0.4, how=None):
    """Runs the code, interrupts it, and returns what it gave; it must end in time."""
    msg_id = k.submit(code)
    time.sleep(after)
    start = time.time()
    (how or k.manager.interrupt_kernel)()
    o = k.collect(msg_id, timeout=15)
    took = time.time() - start
    equal((o.status, o.error["ename"]), ("error", "KeyboardInterrupt"))
    assert took < LIMIT, f"took {took:.1f} s"
    return o


@check("a synchronous loop stops, with earlier variables intact")
def _(k):
    k.run("let n = 0; const kept = { a: 41 };\nconst sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));")
    interrupted(k, "while (true) n++;")
    equal(k.run("[n > 1000, kept.a]").result, "[ true, 41 ]")


@check("an async loop stops for good: it neither prints nor counts in later cells")
def _(k):
    k.run("let m = 0;")
    interrupted(k, "while (true) { console.log('tick'); m++; await sleep(10); }")
    o = k.run("const m1 = m; await sleep(200); [m1 > 0, m - m1]")
    equal((o.result, o.text()), ("[ true, 0 ]", ""))


@check("so does an async loop that catches every error, one over an async generator, and one of callbacks")
def _(k):
    interrupted(k, "for (;;) { try { await sleep(5); m++; } catch { console.log('caught'); } }")
    interrupted(k, "async function* forever() { for (;;) { await sleep(5); yield 1; } }\nfor await (const one of forever()) m += one;")
    interrupted(k, "function again() { m++; console.log('again'); setTimeout(again, 5); }\nagain(); await sleep(1e6);")
    interrupted(k, "setInterval(() => { m++; console.log('interval'); }, 5); await sleep(1e6);")
    k.run("0")
    o = k.run("const m2 = m; await sleep(200); m - m2")
    equal((o.result, o.text()), ("0", ""))


@check("an async function of an earlier cell works again after an interrupt")
def _(k):
    k.run("async function count(to: number) { let c = 0; while (c < to) { await sleep(1); c++; } return c; }")
    interrupted(k, "await count(1e9)")
    equal(k.run("await count(5)").result, "5")


@check("finally runs in an interrupted async function")
def _(k):
    k.run("let cleaned = false;")
    interrupted(k, "try { await sleep(500); await sleep(1e6); } finally { cleaned = true; }", after=0.2)
    equal(k.run("await sleep(500); cleaned").result, "true")


@check("a synchronous training loop after an await stops, with what it computed")
def _(k):
    k.run("const w = [0];")
    interrupted(k, "await sleep(10);\nfor (let epoch = 0; ; epoch++) {\n  w[0] += 1;\n}")
    equal(k.run("w[0] > 1000").result, "true")


@check("a loop of microtasks, in a timer, in setImmediate and in nextTick stops, and timers go on working")
def _(k):
    interrupted(k, "while (true) await null;")
    for start in ("setTimeout(spin, 1)", "setImmediate(spin)", "process.nextTick(spin)"):
        interrupted(k, f"const spin = () => {{ while (true) n++; }};\n{start}; await sleep(1e6);")
        equal(k.run("await sleep(20); await new Promise((r) => setImmediate(r)); 'alive'").result, "'alive'")


@check("a blocked Atomics.wait ends")
def _(k):
    interrupted(k, "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);")


@check("a long native call is survived, and the cell ends after it")
def _(k):
    msg_id = k.submit("const big = new Float64Array(4e6).map(() => Math.random());\nfor (;;) { big.reverse(); big.sort(); }")
    time.sleep(0.8)
    k.manager.interrupt_kernel()
    equal(k.collect(msg_id, timeout=20).error["ename"], "KeyboardInterrupt")
    equal(k.run("big.length").result, "4000000")


@check("the flag is 1 after an interrupt, so that waiting code can end by itself, and 0 in the next cell")
def _(k):
    k.run('const flag = (globalThis as any)[Symbol.for("deep-learning-lab.interrupt")] as Int32Array;')
    o = interrupted(k, "while (Atomics.load(flag, 0) === 0);\nthrow new Error('stopped by the flag');")
    assert "caused by Error: stopped by the flag" in o.trace(), o.trace()
    interrupted(k, "Atomics.wait(flag, 0, 0); throw new Error('woken');")
    equal(k.run("flag[0]").result, "0")


@check("several interrupts in a row end one cell and no other")
def _(k):
    def three():
        for _ in range(3):
            k.manager.interrupt_kernel()

    interrupted(k, "while (true) n++;", how=three)
    for i in range(5):
        equal(k.run(str(i)).result, str(i))


@check("an interrupt with nothing running does nothing")
def _(k):
    k.manager.interrupt_kernel()
    time.sleep(0.5)
    equal(k.run("kept.a").result, "41")


@check("cells that wait behind the interrupted one are aborted")
def _(k):
    first = k.submit("while (true);")
    second = k.submit("n = -1;")
    time.sleep(0.4)
    k.manager.interrupt_kernel()
    statuses = {}
    while len(statuses) < 2:
        reply = k.client.get_shell_msg(timeout=10)
        statuses[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
    equal((statuses[first], statuses[second]), ("error", "aborted"))


@check("SIGINT works like an interrupt message, many at once included")
def _(k):
    if sys.platform == "win32":
        return "Windows has no SIGINT between processes"

    def signals(times):
        def send():
            for _ in range(times):
                os.kill(k.pid, signal.SIGINT)

        return send

    interrupted(k, "while (true) n++;", how=signals(1))
    interrupted(k, "await sleep(1); while (true) n++;", how=signals(10))
    interrupted(k, "while (true) await sleep(5);", how=signals(1))
    signals(5)()
    time.sleep(0.3)
    equal(k.run("kept.a").result, "41")


@check("fifty interrupts at random moments leave the kernel whole")
def _(k):
    codes = [
        "for (;;) { await sleep(1); n++; }",
        "for (;;) console.log(n++);",
        "for (;;) { for (let i = 0; i < 1e5; i++) n++; await null; }",
        "for (;;) { await new Promise((r) => setImmediate(r)); n++; }",
        "await sleep(30); 'by itself'",
    ]
    for i in range(50):
        msg_id = k.submit(codes[i % len(codes)])
        time.sleep(0.011 * (i % 7))
        k.manager.interrupt_kernel()
        # One that came before the cell was taken up did nothing: there was nothing to stop.
        for _ in range(20):
            try:
                k.collect(msg_id, timeout=2)
                break
            except Exception:
                k.manager.interrupt_kernel()
        else:
            raise AssertionError(f"round {i} did not end")
    equal(k.run("kept.a").result, "41")


run_checks()
