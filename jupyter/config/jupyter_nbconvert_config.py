# HTML and PDF reports of this project use its own template: charts and formulas inside the page, no
# request to anywhere.
import sys
from pathlib import Path

c = get_config()  # noqa: F821

report = Path(__file__).resolve().parents[1] / "report"
sys.path.insert(0, str(report))

from lab_pdf import print_page  # noqa: E402
from lab_report import FILTERS  # noqa: E402
from nbconvert.exporters import WebPDFExporter  # noqa: E402

c.HTMLExporter.extra_template_basedirs = [str(report / "template")]
c.HTMLExporter.template_name = "lab-report"
c.HTMLExporter.filters = FILTERS
# slides are HTML as well, but have a template of their own
c.SlidesExporter.template_name = "reveal"

# `--to webpdf` takes its template from HTMLExporter's settings above
WebPDFExporter.run_playwright = print_page
