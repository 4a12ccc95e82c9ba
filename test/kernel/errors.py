"""Errors reach the client as `error` messages, in the terms of the notebook."""

from harness import check, equal, run_checks


@check("a thrown error is an error message with ename, evalue and traceback, and stderr stays empty")
def _(k):
    o = k.run("throw new RangeError('too far')")
    equal(o.status, "error")
    equal((o.error["ename"], o.error["evalue"]), ("RangeError", "too far"))
    equal((o.reply["ename"], o.reply["evalue"]), ("RangeError", "too far"))
    equal(o.error["traceback"][0], "RangeError: too far")
    equal(o.text("stderr"), "")


@check("the traceback names cell and TypeScript line, of the call and of the function in another cell")
def _(k):
    o = k.run("interface Unused {\n  a: number;\n}\nfunction fail(x: number): never {\n\n  throw new Error(`x=${x}`);\n}")
    there = f"In [{o.reply['execution_count']}]"
    o = k.run("type T = {\n  b: string\n}\n\nfail(3)")
    here = f"In [{o.reply['execution_count']}]"
    lines = o.error["traceback"]
    assert any(f"fail ({there}, line 6)" in line for line in lines), lines
    assert any(line.strip() == f"at {here}, line 5" for line in lines), lines
    assert any("throw new Error(`x=${x}`)" in line for line in lines), lines


@check("a traceback holds no frame of tslab, of Node or of the kernel")
def _(k):
    o = k.run("await Promise.resolve();\n[1].map(() => JSON.parse('{'))")
    equal(o.error["ename"], "SyntaxError")
    for word in ("node:", "tslab", ".cjs", "node_modules", "/"):
        assert word not in o.trace(), (word, o.trace())


@check("a hint stands after the message, and evalue is the message alone")
def _(k):
    o = k.run("throw Object.assign(new TypeError('wrong shape'), { hint: 'reshape it' })")
    equal(o.error["evalue"], "wrong shape")
    equal(o.error["traceback"][:2], ["TypeError: wrong shape", "hint: reshape it"])


@check("a cause is shown")
def _(k):
    o = k.run("throw new Error('outer', { cause: new RangeError('inner') })")
    assert "caused by RangeError: inner" in o.trace(), o.trace()


@check("type errors are error messages with every diagnostic once, and not on stderr")
def _(k):
    o = k.run("const fine = 1;\nconst wrong: number = 'text';\nunknownName()")
    equal(o.error["ename"], "TypeScriptError")
    equal(o.error["evalue"], "Type 'string' is not assignable to type 'number'.")
    equal(o.text("stderr"), "")
    equal(o.trace().count("is not assignable"), 1)
    assert "line 2, column 7" in o.trace() and "TS2322" in o.trace(), o.trace()
    assert "Cannot find name 'unknownName'" in o.trace(), o.trace()


@check("a value that is no Error can be thrown")
def _(k):
    o = k.run("throw { code: 7 }")
    equal((o.error["ename"], o.error["evalue"]), ("Uncaught", "{ code: 7 }"))


@check("a rejected promise as the last value is the cell's error")
def _(k):
    o = k.run("Promise.reject(new Error('later'))")
    equal(o.error["evalue"], "later")


@check("an error outside of the cell's promise goes to stderr, with its TypeScript line")
def _(k):
    o = k.run("setTimeout(() => {\n  throw new Error('late');\n}, 1);\nawait new Promise((r) => setTimeout(r, 100));")
    equal(o.status, "ok")
    assert "Error: late" in o.text("stderr") and "line 2" in o.text("stderr"), o.text("stderr")


@check("error.stack itself speaks of cells")
def _(k):
    o = k.run("\nnew Error('here').stack!.split('\\n')[1].trim()")
    equal(o.result, f"'at In [{o.reply['execution_count']}]:2:1'")


@check("after a failed cell its reached names are known, the others are not, and older ones are as they were")
def _(k):
    k.run("let first = 1; let second = 'old';")
    k.run("let first = 'changed';\nfunction helper() { return 5; }\nif (first) throw new Error('half-way');\nlet second = 2; let third = 3;")
    equal(k.run("first.toUpperCase() + helper() + second.toUpperCase()").result, "'CHANGED5OLD'")
    assert "Cannot find name 'third'" in k.run("third").error["evalue"]


@check("a failing cell of a stack overflow is short and the kernel goes on")
def _(k):
    o = k.run("function deep(n: number): number { return deep(n + 1); }\ndeep(0)")
    equal(o.error["ename"], "RangeError")
    assert len(o.error["traceback"]) < 30
    equal(k.run("6 * 7").result, "42")


run_checks()
