"""Papermill's parameters in TypeScript: values to code, and the parameters cell to a list.

Each parameter is an assignment to a variable that the cell tagged `parameters` declares with `let`:
the compiler then refuses a name that the notebook does not have and a value of another type.
"""

import json
import math
import re
from typing import Any

from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

#: Whole numbers up to here are exact as a JavaScript number; beyond, a bigint is written.
LARGEST_EXACT = 2**53 - 1

NAME = re.compile(r"[A-Za-z_$][\w$]*\Z", re.ASCII)

# ECMAScript's reserved words, and those that strict code or a module adds
RESERVED = frozenset(
    "await break case catch class const continue debugger default delete do else enum export "
    "extends false finally for function if implements import in instanceof interface let new null "
    "package private protected public return static super switch this throw true try typeof "
    "undefined var void while with yield".split()
)

DECLARATION = re.compile(
    r"^\s*(?:export\s+)?(?:let|var)\s+(?P<name>[A-Za-z_$][\w$]*)\s*"
    r"(?::\s*(?P<type>.+?))?\s*(?<![=!<>])=(?![=>])\s*(?P<value>.+?)\s*$"
)


class TypeScriptTranslator(Translator):
    """Writes Python's values as TypeScript.

    | Python | TypeScript |
    | --- | --- |
    | None | `null` |
    | bool | `true`, `false` |
    | int | a number up to 2^53 - 1 either way, a bigint (`9007199254740993n`) beyond |
    | float | a number; `Number.NaN`, `Number.POSITIVE_INFINITY`, `Number.NEGATIVE_INFINITY` |
    | str | a literal in double quotes, with every character that is not plain ASCII kept or escaped |
    | list, tuple | an array |
    | dict with str keys | an object literal |

    Everything else, and a key that is no str, raises a TypeError that names the parameter.
    """

    @classmethod
    def translate_none(cls, val: None) -> str:
        return "null"

    @classmethod
    def translate_int(cls, val: int) -> str:
        return str(val) if abs(val) <= LARGEST_EXACT else f"{val}n"

    @classmethod
    def translate_float(cls, val: float) -> str:
        if math.isnan(val):
            return "Number.NaN"
        if math.isinf(val):
            return "Number.POSITIVE_INFINITY" if val > 0 else "Number.NEGATIVE_INFINITY"
        # repr gives the shortest digits that read back as the same double, in both languages
        return repr(float(val))

    @classmethod
    def translate_str(cls, val: str) -> str:
        # A JSON string is a TypeScript string. ASCII escapes also carry lone surrogates and the two
        # separators that end a line in a script.
        if val.isascii() or not val.isprintable():
            return json.dumps(val)
        return json.dumps(val, ensure_ascii=False)

    @classmethod
    def translate_list(cls, val: list[Any] | tuple[Any, ...]) -> str:
        return f"[{', '.join(cls.translate(entry) for entry in val)}]"

    @classmethod
    def translate_dict(cls, val: dict[str, Any]) -> str:
        if not val:
            return "{}"
        entries = ", ".join(f"{cls.key(name)}: {cls.translate(entry)}" for name, entry in val.items())
        return f"{{ {entries} }}"

    @classmethod
    def key(cls, name: Any) -> str:
        """The key of an object literal. Raises TypeError for what is no str."""
        if not isinstance(name, str):
            raise TypeError(f"a key of an object must be a str, not {name!r} ({type(name).__name__})")
        # in a literal `__proto__: …` sets the prototype; computed, it is an ordinary key
        return '["__proto__"]' if name == "__proto__" else cls.translate_str(name)

    @classmethod
    def translate(cls, val: Any) -> str:
        """One value as an expression. Raises TypeError for a type that TypeScript has no word for."""
        if isinstance(val, tuple):
            return cls.translate_list(val)
        if val is None or isinstance(val, (str, bool, int, float, dict, list)):
            return super().translate(val)
        raise TypeError(f"{val!r} ({type(val).__name__}) cannot be written in TypeScript")

    @classmethod
    def comment(cls, cmt_str: str) -> str:
        return f"// {cmt_str}".strip()

    @classmethod
    def assign(cls, name: str, str_val: str) -> str:
        return f"{name} = {str_val};"

    @classmethod
    def codify(cls, parameters: dict[str, Any], comment: str = "Parameters") -> str:
        """The injected cell: one assignment a line.

        Raises ValueError for a name that is no variable's, TypeError for a value (see `translate`).

        >>> print(TypeScriptTranslator.codify({"seed": 7, "name": "Ω"}))
        // Parameters
        seed = 7;
        name = "Ω";
        void 0;
        """
        lines = [cls.comment(comment)]
        for name, value in parameters.items():
            if not NAME.match(name) or name in RESERVED:
                raise ValueError(f'"{name}" cannot be the name of a variable in TypeScript')
            try:
                lines.append(cls.assign(name, cls.translate(value)))
            except (TypeError, RecursionError) as error:
                raise TypeError(f'parameter "{name}": {error}') from None
        # a cell shows its last value; this one has nothing to show
        return "\n".join([*lines, "void 0;"])

    @classmethod
    def inspect(cls, parameters_cell: dict[str, Any]) -> list[Parameter]:
        """The variables of a parameters cell: one `let name: type = value; // help` a line.

        A type that is not written is read off a plain value, as the compiler would. Lines of another
        form are passed over.
        """
        found = []
        for line in parameters_cell["source"].splitlines():
            code, comment = split_comment(line)
            match = DECLARATION.match(code.rstrip().removesuffix(";"))
            if match is None:
                continue
            default = match["value"]
            found.append(
                Parameter(
                    name=match["name"],
                    inferred_type_name=match["type"] or type_of(default),
                    default=default,
                    help=comment,
                )
            )
        return found


def split_comment(line: str) -> tuple[str, str]:
    """A line's code and its comment; `//` inside a string is no comment.

    >>> split_comment('let url = "http://x"; // where')
    ('let url = "http://x"; ', 'where')
    """
    quote = ""
    at = 0
    while at < len(line):
        character = line[at]
        if quote:
            if character == "\\":
                at += 1
            elif character == quote:
                quote = ""
        elif character in "\"'`":
            quote = character
        elif line.startswith("//", at):
            return line[:at], line[at + 2 :].strip()
        at += 1
    return line, ""


def type_of(value: str) -> str:
    """The type of a plain literal; `None` is papermill's word for an unknown one.

    >>> type_of("0.01"), type_of('"sgd"'), type_of("[1, 2]"), type_of("f(x)")
    ('number', 'string', 'number[]', 'None')
    """
    if re.fullmatch(r"[-+]?(?:\d[\d_]*)n", value):
        return "bigint"
    if re.fullmatch(r"[-+]?(?:(?:\d[\d_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?|0x[\da-f]+|Infinity|NaN)", value, re.I):
        return "number"
    if re.fullmatch(r"(?:Number\.(?:NaN|POSITIVE_INFINITY|NEGATIVE_INFINITY))", value):
        return "number"
    if value in ("true", "false"):
        return "boolean"
    if re.fullmatch(r"""(["'`])(?:\\.|(?!\1).)*\1""", value):
        return "string"
    if value in ("null", "undefined"):
        return "NoneType" if value == "null" else "undefined"
    array = re.fullmatch(r"\[(.*)\]", value)
    if array:
        types = {type_of(entry.strip()) for entry in array[1].split(",") if entry.strip()}
        return f"{types.pop()}[]" if len(types) == 1 and "None" not in types else "array"
    return "object" if value.startswith("{") else "None"


def register() -> None:
    """Makes papermill use this translator for TypeScript's kernels. Twice is as good as once."""
    for name in ("tslab", "jslab", "typescript"):
        papermill_translators.register(name, TypeScriptTranslator)
