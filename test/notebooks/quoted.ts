// Numbers that a text quotes, and whether they stand in outputs or code: a text that says 0.0136
// must be able to point at it.

import type { Output } from "../../jupyter/notebook/format.mjs";
import { joined } from "../../jupyter/notebook/format.mjs";

const plotly = "application/vnd.plotly.v1+json";
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const number = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`;
/** A number that is no part of a name, with its power of ten or per cent sign. */
const quoted = new RegExp(
  `(?<![\\w.])(${number})(?:\\s*(?:×|\\\\times)\\s*10(?:\\^\\{?([-−]?\\d+)\\}?|([⁻⁰¹²³⁴-⁹]+))|[eE]([-+]?\\d+)|\\s*\\\\?([%％]))?`,
  "g",
);

/** A number as it stands in a text, and its value. */
export interface Quoted {
  readonly written: string;
  readonly value: number;
  readonly isPercent: boolean;
}

function exponentOf(plain?: string, raised?: string, scientific?: string): number {
  if (raised !== undefined) {
    const digits = [...raised].map((c) => (c === "⁻" ? "-" : superscripts.indexOf(c)));
    return Number(digits.join(""));
  }
  return Number((plain ?? scientific ?? "0").replace("−", "-"));
}

function numbersIn(text: string): Quoted[] {
  return [...text.matchAll(quoted)].map(([written, digits, plain, raised, scientific, percent]) => {
    const power = exponentOf(plain, raised, scientific);
    const value = Number(`${digits.replaceAll(",", "")}e${power}`);
    return { written, value, isPercent: percent !== undefined };
  });
}

/** Small whole numbers count things in plain sight; the others have to be shown. */
function needsProof({ written, isPercent }: Quoted): boolean {
  return isPercent || /\d\.\d|\d{3}|\d,\d{3}|10[\^⁻⁰¹²³⁴-⁹]/.test(written);
}

/** The numbers of a text that must stand in an output: fractions, percentages, three digits. */
export function quotedNumbers(text: string): Quoted[] {
  return numbersIn(text).filter(needsProof);
}

/** Every string in a value. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** What can be read in an output: printed text, and what is written in a chart. */
export function textOf(output: Output): string {
  const { data = {} } = output;
  return [
    joined(output.text),
    joined(data["text/plain"]),
    ...stringsIn(data[plotly]?.data),
    ...stringsIn(data[plotly]?.layout),
  ].join("\n");
}

/** The values that can be read in a text, without signs. */
export function valuesIn(text: string): Set<number> {
  return new Set(numbersIn(text).map(({ value }) => value));
}

/** Whether a quoted number is one of the values; a percentage may be shown as a share. */
export function isShown({ value, isPercent }: Quoted, values: ReadonlySet<number>): boolean {
  const share = Number((value / 100).toPrecision(12));
  return values.has(value) || (isPercent && values.has(share));
}
