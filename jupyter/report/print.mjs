// @ts-check
// Prints a page to PDF for nbconvert (see lab_pdf.py): node jupyter/report/print.mjs <page> <pdf>.
import { run } from "../entry.mjs";
import { needBrowser, printToPdf } from "./browser.mjs";

const main = (/** @type {string[]} */ [page, target]) => printToPdf(needBrowser(), page, target);
run(async () => ({ main }));
