"""The filters of the report's template: formulas, code colours and charts, all inside the page.

They work for `npm run report` as well as for a plain `jupyter nbconvert --to html` and for JupyterLab's
own export, which find them through config/jupyter_nbconvert_config.py.
"""

import atexit
import base64
import json
import re
import subprocess
import sys
from pathlib import Path

import jinja2
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.formatters import HtmlFormatter

ROOT = Path(__file__).resolve().parents[2]
KATEX = ROOT / "node_modules" / "katex" / "dist"
PLOTLY = ROOT / "node_modules" / "plotly.js" / "plotly-cartesian.min.js"
FIGURE = "application/vnd.plotly.v1+json"


class Formulas:
    """KaTeX in a Node process that lives as long as the export."""

    def __init__(self):
        self.process = None
        self.html = []

    def set(self, tex, display):
        if self.process is None:
            self.process = subprocess.Popen(
                [node(), str(ROOT / "jupyter" / "report" / "formulas.mjs")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
            )
            atexit.register(self.process.kill)
        request = json.dumps({"tex": tex.strip(), "display": display}) + "\n"
        self.process.stdin.write(request.encode())
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(
                "the formulas could not be set: Node ended. "
                "Is everything installed? `npm run doctor` tells."
            )
        html = json.loads(answer)
        self.html.append(html)
        return html


formulas = Formulas()


def node():
    """The Node that the kernel runs on: it is named in the kernelspec of this environment."""
    spec = Path(sys.prefix, "share", "jupyter", "kernels", "tslab", "kernel.json")
    return json.loads(spec.read_text(encoding="utf-8"))["argv"][0]


class Renderer(IPythonRenderer):
    """nbconvert's own markdown, with formulas set instead of left to a script from the network."""

    def _html_embed_images(self, html):
        # parsing closes what a piece leaves open, such as <details> around a block of code
        return super()._html_embed_images(html) if "<img" in html else html

    def block_math(self, body):
        return formulas.set(body, True)

    def inline_math(self, body):
        return formulas.set(body, False)

    def latex_environment(self, name, body):
        return formulas.set(f"\\begin{{{name}}}{body}\\end{{{name}}}", True)


@jinja2.pass_context
def lab_markdown(context, source):
    cell = context.get("cell") or {}
    path = (context.get("resources") or {}).get("metadata", {}).get("path", "")
    renderer = Renderer(
        escape=False,
        attachments=cell.get("attachments", {}),
        embed_images=True,
        path=path,
        exclude_anchor_links=True,
    )
    return MarkdownWithMath(renderer=renderer).render(source)


# The classes by which KaTeX asks for its fonts beyond the two that every formula needs.
ASKED_BY = {
    "Main-Bold": "mathbf|boldsymbol",
    "Main-Italic": "mathit|textit",
    "Math-BoldItalic": "boldsymbol",
    "AMS-Regular": "amsrm|mathbb|textbb",
    "Caligraphic-Regular": "mathcal",
    "Fraktur-Regular": "mathfrak|textfrak",
    "SansSerif-Regular": "mathsf|textsf",
    "Script-Regular": "mathscr|textscr",
    "Typewriter-Regular": "mathtt|texttt",
    "Size1-Regular": "size1|small-op|delimsizing|delim-size1",
    "Size2-Regular": "size2|large-op",
    "Size3-Regular": "size3",
    "Size4-Regular": "size4|delim-size4|svg-align|vlist",
}


def formula_style(_):
    """KaTeX's style sheet with the fonts that this page's formulas use, as data; or nothing."""
    if not formulas.html:
        return ""
    page = "".join(formulas.html)
    formulas.html.clear()
    classes = " ".join(set(re.findall(r'class="([^"]*)"', page)))

    def wanted(font):
        if font in ("Main-Regular", "Math-Italic"):
            return True
        return font in ASKED_BY and re.search(rf"\b({ASKED_BY[font]})\b", classes) is not None

    def face(match):
        font = re.search(r"fonts/KaTeX_([\w-]+)\.woff2", match.group(0)).group(1)
        if not wanted(font):
            return ""
        data = base64.b64encode((KATEX / "fonts" / f"KaTeX_{font}.woff2").read_bytes()).decode()
        source = f'src:url(data:font/woff2;base64,{data}) format("woff2")'
        return re.sub(r"src:[^;}]*", lambda _: source, match.group(0))

    sheet = (KATEX / "katex.min.css").read_text(encoding="utf-8")
    return re.sub(r"@font-face\{[^}]*\}", face, sheet)


def code_style(_):
    light, dark = (
        HtmlFormatter(style=style).get_style_defs(".highlight")
        for style in ("default", "github-dark")
    )
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}"


def plotly_script(_):
    """plotly.js, once a page. A closing tag inside its strings must not end the script."""
    return PLOTLY.read_text(encoding="utf-8").replace("</script", "<\\/script")


def outputs(notebook):
    for cell in notebook.cells:
        yield from cell.get("outputs", [])


def has_charts(notebook):
    return any(FIGURE in output.get("data", {}) for output in outputs(notebook))


def has_both_languages(notebook):
    tags = {tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])}
    return {"zh", "en"} <= tags


def report_title(notebook):
    """The first heading of the notebook; with both languages, both."""
    titles = []
    for cell in notebook.cells:
        match = re.search(r"^# +(.+)$", cell.source, re.M) if cell.cell_type == "markdown" else None
        if match:
            titles.append(match.group(1).strip())
    return " · ".join(titles[:2])


FILTERS = {
    "lab_markdown": lab_markdown,
    "formula_style": formula_style,
    "code_style": code_style,
    "plotly_script": plotly_script,
    "has_charts": has_charts,
    "has_both_languages": has_both_languages,
    "report_title": report_title,
}
