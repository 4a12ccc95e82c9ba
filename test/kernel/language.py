"""What tslab's compiler gives: top-level await in all forms, completion, hover texts, completeness."""

from harness import check, equal, run_checks


@check("await of a parenthesised expression works at top level, typed")
def _(k):
    equal(k.run("const p = Promise.resolve(3);\nconst v = await (p);\nv.toFixed(0)").result, "'3'")
    equal(k.run("await (async () => 'x')()").result, "'x'")


@check("a lone for await works at top level")
def _(k):
    equal(k.run("for await (const x of [Promise.resolve(1), 2]) console.log(x);").text(), "1\n2\n")


@check("await in a cell's functions, methods, arrows and generators keeps its meaning")
def _(k):
    code = """class M { async m(x: number) { return (await x) + 1; } static async *g() { yield 1; yield await 2; } }
const arrow = async (x: number) => await (await new M().m(x));
const object = { async f(this: any) { 'use strict'; await null; return this === object; } };
const got: number[] = [];
for await (const y of M.g()) got.push(y);
[await arrow(1), await object.f(), got.join()]"""
    equal(k.run(code).result, "[ 2, true, '1,2' ]")


@check("completion knows types, and counts positions in characters")
def _(k):
    code = "const 变量 = '😀'; 变量.toUpp"
    reply = k.request("complete_request", {"code": code, "cursor_pos": len(code)})["content"]
    equal(reply["matches"], ["toUpperCase"])
    equal((reply["cursor_start"], reply["cursor_end"]), (len(code) - len("toUpp"), len(code)))


@check("completion knows the names of earlier cells")
def _(k):
    k.run("const earlierName = { inner: 1 };")
    reply = k.request("complete_request", {"code": "earlierName.", "cursor_pos": 12})["content"]
    equal(reply["matches"], ["inner"])


@check("inspect gives the type and the doc")
def _(k):
    k.run("/** Doubles. */\nfunction double(x: number) { return 2 * x; }")
    reply = k.request("inspect_request", {"code": "double(1)", "cursor_pos": 3, "detail_level": 0})["content"]
    assert reply["found"] and "double(x: number): number" in reply["data"]["text/plain"], reply
    reply = k.request("inspect_request", {"code": " ", "cursor_pos": 0, "detail_level": 0})["content"]
    equal((reply["status"], reply["found"]), ("ok", False))


@check("is_complete tells complete, incomplete and invalid apart")
def _(k):
    for code, status in [
        ("1 + 1", "complete"),
        ("await f()", "complete"),
        ("for await (const x of y) {}", "complete"),
        ("function f() {", "incomplete"),
        ("const a = [1,", "incomplete"),
        ("const 1a = 2;", "invalid"),
        ("a b c", "invalid"),
    ]:
        reply = k.request("is_complete_request", {"code": code})["content"]
        equal((code, reply["status"]), (code, status))
    reply = k.request("is_complete_request", {"code": "if (x) {"})["content"]
    equal(reply["indent"], "  ")


@check("a compile error leaves declarations and completion as they were")
def _(k):
    k.run("const good = 'g';")
    equal(k.run("const good: number = 'bad'").status, "error")
    equal(k.run("good.length").result, "1")


run_checks()
