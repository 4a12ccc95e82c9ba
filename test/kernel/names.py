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


run_checks()
