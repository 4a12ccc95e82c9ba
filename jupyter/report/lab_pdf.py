"""nbconvert's own `--to webpdf`, printed by the Chromium, Chrome or Edge that is on this machine.

nbconvert would drive a browser by the package `playwright`: 46 MB to fetch and 130 MB on disk, a
second Node among them, and then a browser of its own. Printing needs none of it: the page goes the
way of `npm run report -- --pdf`, through report/print.mjs, and comes out the same.
"""

import subprocess
import tempfile
from pathlib import Path

from lab_report import ROOT, node


def print_page(exporter, html):
    """The bytes of the PDF; takes the place of WebPDFExporter.run_playwright."""
    if not exporter.paginate:
        exporter.log.warning("A report is printed on sheets of A4: paginate=False is left out.")
    with tempfile.TemporaryDirectory(prefix="lab-webpdf-") as folder:
        page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, encoding="utf-8")
        program = [node(), str(ROOT / "jupyter" / "report" / "print.mjs")]
        done = subprocess.run(
            [*program, str(page), str(pdf)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(done.stdout.decode("utf-8", "replace").strip())
        return pdf.read_bytes()
