// How well words can be read: the ratio of WCAG between their colour and the paper behind them.
import type { Locator } from "playwright-core";

/** WCAG's bound for graphics and large text; the frame's grey has 4 on both grounds. */
const leastContrast = 3.5;

/** Each text with WCAG's ratio between its colour on the screen and the paper behind it. */
export function contrasts(words: Locator, property: "fill" | "color"): Promise<[string, number][]> {
  return words.evaluateAll((nodes, name) => {
    const luminance = (color: string) => {
      const [r, g, b] = (color.match(/[\d.]+/g) ?? []).map((part) => {
        const level = Number(part) / 255;
        return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
    };
    const paperBehind = (node: Element) => {
      for (let element: Element | null = node; element !== null; element = element.parentElement) {
        const color = getComputedStyle(element).backgroundColor;
        if (!/^rgba\(.*, 0\)$|^transparent$/.test(color)) return color;
      }
      return "rgb(255, 255, 255)";
    };
    const written = nodes.filter(({ textContent }) => textContent?.trim());
    return written.map((node) => {
      const both = [luminance(getComputedStyle(node)[name]), luminance(paperBehind(node))];
      return [node.textContent ?? "", (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05)];
    });
  }, property);
}

/** The words whose contrast is too low. */
export const hardToRead = (words: readonly [string, number][]) =>
  words.filter(([, ratio]) => ratio < leastContrast);
