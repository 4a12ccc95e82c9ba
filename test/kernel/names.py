"""The names of earlier cells: imported once more, declared anew, and used in every place of the grammar."""

from harness import check, equal, run_checks

SETUP = """import * as path from "node:path";
import { join, sep as separator, type ParsedPath } from "node:path";
import os, { EOL as newline } from "node:os";
import type { Stats } from "node:fs";
const parsed: ParsedPath = path.parse(join("a", "b.c"));
let stats: Stats | undefined;
[parsed.name, separator.length, newline.length, typeof os.cpus].join()"""


@check("a cell of imports runs again and again")
def _(k):
    for _ in range(3):
        equal(k.run(SETUP).result, "'b,1,1,function'")
    equal(k.run("[join === path.join, separator, newline === os.EOL]").result, "[ true, '/', true ]")


@check("an import takes the place of a variable and of another module's name")
def _(k):
    k.run("import { resolve } from 'node:path';\nimport { join as link } from 'node:path';")
    k.run("import { resolve } from 'node:dns';\nimport { link } from 'node:fs';")
    equal(k.run("[resolve.length, link.name]").result, "[ 3, 'link' ]")
    k.run("let basename = 1;\nfunction dirname() { return 2; }")
    k.run("import { basename, dirname } from 'node:path';")
    equal(k.run("[basename('/a/b'), dirname('/a/b')]").result, "[ 'b', '/a' ]")


@check("a variable, function or class takes the place of an import, in later cells too")
def _(k):
    k.run("import { join, sep, posix, win32 } from 'node:path';")
    k.run("const join = 7; let sep = 'x'; function posix() { return 'mine'; } class win32 {}")
    equal(k.run("[join, sep, posix(), win32.name]").result, "[ 7, 'x', 'mine', 'win32' ]")
    equal(k.run("sep += '!'; sep").result, "'x!'")
    equal(k.run("sep").result, "'x!'")


@check("an import cannot be assigned to, and keeps its value")
def _(k):
    k.run("import { extname } from 'node:path';")
    equal(k.run("extname = (p: string) => p").error["ename"], "TypeScriptError")
    equal(k.run("extname('a.b')").result, "'.b'")


@check("what a cell exports from another module leaves the variables alone")
def _(k):
    k.run("const cpus = 'mine';")
    for _ in range(2):
        equal(k.run("export * from 'node:os'; export { sep, join as arch } from 'node:path'; export * as all from 'node:os';").status, "ok")
    equal(k.run("const hostname = 'set'; const release = 5; cpus").result, "'mine'")
    equal(k.run("[hostname, release]").result, "[ 'set', 5 ]")


@check("a cell's own defineProperty on an object called exports stays as it is")
def _(k):
    code = """const own = (function () {
  const exports: { a?: number } = {};
  Object.defineProperty(exports, "a", { get: function () { return 4; } });
  return Object.getOwnPropertyDescriptor(exports, "a");
})();
own?.set === undefined && typeof own?.get"""
    equal(k.run(code).result, "'function'")


@check("a shorthand property takes its value from an earlier cell")
def _(k):
    k.run("let a = 1; const b = 'b'; function fn() { return a; } class Cls {} import { sep as s } from 'node:path';")
    equal(k.run("const o = { a, b, s, fn }; [o.a, o.b, o.s, o.fn()]").result, "[ 1, 'b', '/', 1 ]")
    equal(k.run("const nested = { Cls, in: [{ a }, ...[2].map((x) => ({ x, a }))] }; nested").result,
          "{ Cls: [class Cls], in: [ { a: 1 }, { x: 2, a: 1 } ] }")
    equal(k.run("const made = (x = { a }) => { const inner = () => ({ x, b }); return inner(); }; made()").result, "{ x: { a: 1 }, b: 'b' }")
    equal(k.run("`${{ a }.a} ${JSON.stringify({ b })}`").result, "'1 {\"b\":\"b\"}'")
    equal(k.run("const gen = function* () { yield { a }; }; const later = async () => await { b };\n[[...gen()][0], await later()]").result,
          "[ { a: 1 }, { b: 'b' } ]")
    trace = k.run("\n({ a }).a.toFixed(200)").trace()
    assert "], line 2" in trace, trace


@check("a shorthand property means the nearest variable of its name")
def _(k):
    k.run("let a = 1; let b = 2;")
    equal(k.run("const got: unknown[] = []; for (const a of ['loop']) got.push({ a, b }); got").result, "[ { a: 'loop', b: 2 } ]")
    equal(k.run("((a: string) => ({ a, b }))('p')").result, "{ a: 'p', b: 2 }")
    equal(k.run("(() => { try { throw 'e'; } catch (a) { return { a }; } })()").result, "{ a: 'e' }")
    equal(k.run("(({ a, c: b = 5 }: { a: number; c?: number }) => ({ a, b }))({ a: 9 })").result, "{ a: 9, b: 5 }")
    equal(k.run("const b = 'anew'; ({ a, b })").result, "{ a: 1, b: 'anew' }")


@check("destructuring assigns to the variables of earlier cells")
def _(k):
    k.run("let a = 1; let b = 2; let list = [0]; const o: { a: number; b: number; c?: number } = { a: 10, b: 20 };")
    equal(k.run("({ a, b } = o); [a, b]").result, "[ 10, 20 ]")
    equal(k.run("[a, b]").result, "[ 10, 20 ]")
    k.run("({ a: b, b: a } = o); [{ a: list[0] }] = [o];")
    equal(k.run("[a, b, list]").result, "[ 20, 10, [ 10 ] ]")
    k.run("for ({ b } of [o, { b: 7 }]); let c = 1;")
    equal(k.run("b").result, "7")
    k.run("({ c = a + 1, ...o } = o) as unknown; ({ inner: { a = 3 } } = { inner: {} as { a?: number } });")
    equal(k.run("'a' in globalThis || 'b' in globalThis").result, "false")
    equal(k.run("({ c = b + 1 } = {} as { c?: number }); [{ a = c }] = [{} as { a?: number }]; [c, a]").result, "[ 8, 8 ]")
    equal(k.run("[c, a]").result, "[ 8, 8 ]")


@check("names that are no variables stay as they are")
def _(k):
    k.run("let a = 1; const b = 'b'; function fn() { return 'fn'; }")
    equal(k.run("const o = { a: 2, b() { return a; }, get fn() { return fn(); }, ['x' + a]: a }; [o.a, o.b(), o.fn, o]").result,
          "[ 2, 1, 'fn', { a: 2, b: [Function: b], fn: [Getter], x1: 1 } ]")
    code = """class K { a = a; static b = b; #fn = 1; fn() { return this.a + a + this.#fn; } static { K.b += b; } }
[new K().a, K.b, new K().fn()]"""
    equal(k.run(code).result, "[ 1, 'bb', 3 ]")
    equal(k.run("let n = 0;\na: for (;;) { for (;;) { n += 1; if (n > 3) break a; continue a; } }\nn").result, "4")
    equal(k.run("enum E { a = 5, c = a } \n[E.a, E.c, typeof a, a]").result, "[ 5, 5, 'number', 1 ]")
    equal(k.run("type T = typeof a; const t: T = a; interface I { a: T }\nconst i: I = { a }; i").result, "{ a: 1 }")
    equal(k.run("const f = (x = a, { b: y = b } = { b: undefined as string | undefined }) => `${x}${y}`; f()").result, "'1b'")


run_checks()
