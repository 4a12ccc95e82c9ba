// JupyterLab as a student sees it. One server and one window serve all of these tests, in this order:
// starting them, and a kernel for every notebook, costs more than most of the tests.
import "./lab/reopened";
import "./lab/run";
import "./lab/live";
import "./lab/theme";
