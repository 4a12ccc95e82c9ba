"""Results, displays, counts and replies of cells that succeed."""

import os
import tempfile
import time

from harness import Kernel, check, equal, run_checks


@check("execute_input and the execution count are published, and the count goes up by one")
def _(k):
    first = k.run("1 + 1")
    second = k.run("2 + 2")
    count = first.reply["execution_count"]
    equal(first.of("execute_input"), [{"code": "1 + 1", "execution_count": count}])
    equal(second.reply["execution_count"], count + 1)
    equal(second.of("execute_result")[0]["execution_count"], count + 1)


@check("the last expression is an execute_result; undefined gives none, null is shown")
def _(k):
    equal(k.run("[1, 'a']").result, "[ 1, 'a' ]")
    equal(k.run("undefined").data, None)
    equal(k.run("void 0;").data, None)
    equal(k.run("null").result, "null")
    equal(k.run("const nothing = 3").data, None)


@check("util.inspect.custom decides how a value prints")
def _(k):
    o = k.run("({ [Symbol.for('nodejs.util.inspect.custom')]: () => 'tensor([1.])' })")
    equal(o.data, {"text/plain": "tensor([1.])"})


@check("Jupyter.display gives the MIME bundle, also as a promise")
def _(k):
    bundle = {"text/html": "<b>x</b>", "text/plain": "x", "application/json": {"a": [1]}}
    code = "({ [Symbol.for('Jupyter.display')]() { return %s; } })"
    equal(k.run(code % '{ "text/html": "<b>x</b>", "text/plain": "x", "application/json": { a: [1] } }').data, bundle)
    equal(k.run(code % "Promise.resolve({ 'text/plain': 'later' })").data, {"text/plain": "later"})
    equal(k.run(code % "3").status, "error")


@check("a promise as the last value is awaited and its value shown")
def _(k):
    equal(k.run("(async () => { await null; return 5; })()").result, "5")


@check("the display seam shows whole bundles and updates, in order with prints and out of a synchronous loop")
def _(k):
    o = k.run(
        """const show = (globalThis as any)[Symbol.for("deep-learning-lab.display")];
console.log("before");
show({ data: { "text/plain": "d", "text/html": "<i>d</i>" }, metadata: {}, transient: { display_id: "one" } }, false);
console.log("between");
show({ data: { "text/plain": "e" }, metadata: {}, transient: { display_id: "one" } }, true);
console.log("after");"""
    )
    equal(o.kinds, ["execute_input", "stream", "display_data", "stream", "update_display_data", "stream"])
    equal(o.of("display_data")[0]["data"], {"text/plain": "d", "text/html": "<i>d</i>"})
    equal(o.of("update_display_data")[0]["transient"], {"display_id": "one"})


@check("tslab's own display works")
def _(k):
    o = k.run("import { display } from 'tslab';\ndisplay.html('<p>hi</p>')")
    equal(o.of("display_data")[0]["data"], {"text/html": "<p>hi</p>"})


@check("silent cells publish nothing and do not count; without history they do not count")
def _(k):
    before = k.run("0").reply["execution_count"]
    o = k.run("console.log; 5", silent=True)
    equal(o.kinds, [])
    k.run("6", store_history=False)
    equal(k.run("0").reply["execution_count"], before + 1)


@check("variables, types, imports and redeclared names are there in later cells")
def _(k):
    k.run("import { join } from 'node:path';\ninterface P { x: number }\nlet v: P = { x: 1 };\nclass C { y = 2 }")
    equal(k.run("v = { x: 5 }; join('a', 'b').length + v.x + new C().y").result, "10")
    equal(k.run("const v = 'again'; v").result, "'again'")
    equal(k.run("const join = 7; join").result, "7")


@check("a TypeScript module beside the notebook can be imported, default export included")
def _(k):
    with open("beside.ts", "w") as f:
        f.write("export default class D { v = 1 }\nexport const n: number = 2;\nexport function boom() {\n  throw new Error('b');\n}\n")
    equal(k.run("import D, { n, boom } from './beside';\nnew D().v + n").result, "3")
    trace = k.run("boom()").trace()
    assert "boom (beside.ts, line 4)" in trace, trace


@check("modules beside the notebook may import each other, are checked, and seen anew when they change")
def _(k):
    os.makedirs("parts", exist_ok=True)
    inner = "/// <reference path='../types.ts' />\nexport const inner: Text = 'one';\n"
    outer = "export { inner } from './parts/inner';\nexport const four: number = %s;\n"
    files = {"outer.ts": outer % "4", "parts/inner.ts": inner, "types.ts": "type Text = string;\n"}
    code = "import { inner, four } from './outer';\n[inner, four]"

    def write(name, text):
        with open(name, "w") as f:
            f.write(text)

    def run_until(wanted):
        deadline = time.time() + 10
        outcome = k.run(code)
        while not wanted(outcome) and time.time() < deadline:
            time.sleep(0.2)
            outcome = k.run(code)
        return outcome

    for name, text in files.items():
        write(name, text)
    equal(k.run(code).result, "[ 'one', 4 ]")
    write("outer.ts", outer % "5")
    equal(run_until(lambda o: o.result != "[ 'one', 4 ]").result, "[ 'one', 5 ]")
    write("types.ts", "type Text = number;\n")
    error = run_until(lambda o: o.status == "error").error
    equal(error["evalue"], "Type 'string' is not assignable to type 'number'.")
    assert "parts/inner.ts, line 2" in error["traceback"][1], error


@check("what is left for the cell's end happens once, after an await, before the reply, whatever the end")
def _(k):
    leave = "globalThis[Symbol.for('deep-learning-lab.cell-end')](() => console.log('left'));"
    ended = k.run(leave + " await new Promise((r) => setTimeout(r, 50)); console.log('code');")
    equal(ended.text(), "code\nleft\n")
    equal(k.run("1").text(), "")
    failed = k.run(leave + " throw new Error('x');")
    equal([failed.status, failed.text()], ["error", "left\n"])
    thrown = k.run("globalThis[Symbol.for('deep-learning-lab.cell-end')](() => { throw new Error('in the end'); }); 5")
    equal(thrown.result, "5")
    assert "in the end" in thrown.text("stderr"), thrown.text("stderr")


@check("keys in destructuring are no variables of earlier cells")
def _(k):
    k.run("const rows = [{ run: { h: [1, 2] }, tag: 'a' }];")
    equal(k.run("let seen = 0; for (const { run: { h } } of rows) seen += h.length; seen").result, "2")
    equal(k.run("const { run: renamed, tag: { length } } = rows[0]; [renamed.h[1], length]").result, "[ 2, 1 ]")
    equal(k.run("renamed.h.length + length").result, "3")


@check("a cell that was compiled in an earlier kernel does the same again, errors and imports of files included")
def _(_):
    kept = tempfile.mkdtemp()
    cells = [
        "let total = 1; interface Point { x: number }\nconst f = (p: Point) => p.x + total; f({ x: 2 })",
        "total += 3;\ntotal",
        "\nthrow new Error('line two');",
        "const wrong: number = 'text';",
        "import { part } from './changing'; part",
        "await Promise.resolve(f({ x: 41 }))",
    ]

    def once(part):
        with open("changing.ts", "w") as f:
            f.write(f"export const part = {part};\n")
        k = Kernel(env={**os.environ, "LAB_CELL_CACHE": kept})
        outcomes = [k.run(cell) for cell in cells]
        k.stop()
        return [o.result if o.status == "ok" else o.trace() for o in outcomes]

    def files():
        return [os.path.join(folder, name) for folder, _, names in os.walk(kept) for name in names]

    first = once(1)
    equal([first[0], first[1], first[4], first[5]], ["3", "4", "1", "45"])
    assert "at In [3], line 2" in first[2] and "not assignable" in first[3], first
    # What has an error of types, or a file beside it, is compiled each time, and so is all that follows
    # on such an import.
    equal(len(files()), 3)
    equal(once(2), [*first[:4], "2", first[5]])
    for name in files():
        with open(name, "w") as f:
            f.write("{ half")
    equal(once(1), first)


@check("a function sees what later cells assign to the variables of its cell")
def _(k):
    k.run("let rate = 1, start; var [low, { high }] = [1, { high: 2 }]; const all = () => [rate, start, low, high];")
    equal(k.run("all()").result, "[ 1, undefined, 1, 2 ]")
    equal(k.run("rate = 5; low = 6; high += 1; all()").result, "[ 5, undefined, 6, 3 ]")
    equal(k.run("let rate = 7; all()[0]").result, "7")
    k.run("let n = 0; function up() { n++; return n; }\nclass Holder { value = n; }")
    equal(k.run("up(); n += 10; [up(), n, new Holder().value]").result, "[ 12, 12, 12 ]")
    k.run("let n;")
    equal(k.run("String(n)").result, "'undefined'")
    failed = k.run("let late = 1;\nconst read = () => late;\nthrow new Error('x');")
    assert "line 3" in failed.trace(), failed.trace()


@check("updating a top-level variable is cheap")
def _(k):
    k.run("let total = 0;")
    # Through tslab's Proxy ten million updates take five seconds.
    equal(k.run("const t0 = Date.now(); for (let i = 0; i < 1e7; i++) total += 1; Date.now() - t0 < 2500").result, "true")
    equal(k.run("total").result, "10000000")


run_checks()
