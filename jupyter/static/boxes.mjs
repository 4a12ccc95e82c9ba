// @ts-check
// Where the parts of an SVG lie: jsdom has no layout, and Plotly places titles and margins by it.
// Text is measured by the average width of its letters.

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {[a: number, b: number, c: number, d: number, e: number, f: number]} Matrix */

const defaultSize = 12;
/** Widths as shares of the font size: a letter, and a Chinese character. */
const latinShare = 0.56;
const wideShare = 1;
const wideFrom = 0x2e80;
const ascent = 0.93;
const lineHeight = 1.3;

/** @type {Matrix} */
const identity = [1, 0, 0, 1, 0, 0];

/** @param {Matrix} m @param {Matrix} n @returns {Matrix} first n, then m */
function multiply(m, n) {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

/** @param {string} name @param {number[]} v @returns {Matrix} */
function step(name, v) {
  if (name === "translate") return [1, 0, 0, 1, v[0], v[1] ?? 0];
  if (name === "scale") return [v[0], 0, 0, v[1] ?? v[0], 0, 0];
  if (name === "matrix") return /** @type {Matrix} */ (v);
  if (name !== "rotate") return identity;
  const angle = (v[0] * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [x = 0, y = 0] = v.slice(1);
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}

/** @param {string} text */
const numbers = (text) => (text.match(/-?[\d.]+(?:e-?\d+)?/gi) ?? []).map(Number);

/** @param {Element} element @param {string} name */
const number = (element, name) => Number.parseFloat(element.getAttribute(name) ?? "0") || 0;

/** @param {Element} element @returns {Matrix} */
function transformOf(element) {
  let matrix = identity;
  const text = element.getAttribute("transform") ?? "";
  for (const [, name, values] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
    matrix = multiply(matrix, step(name, numbers(values)));
  }
  if (element.tagName !== "svg") return matrix;
  return multiply(matrix, [1, 0, 0, 1, number(element, "x"), number(element, "y")]);
}

/** @param {Box} box @param {Matrix} m @returns {Box} */
function transformed(box, m) {
  const corners = [
    [box.x, box.y],
    [box.x + box.width, box.y],
    [box.x, box.y + box.height],
    [box.x + box.width, box.y + box.height],
  ].map(([x, y]) => [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]]);
  return around(corners);
}

/** @param {number[][]} points @returns {Box} */
function around(points) {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** The nearest value of a style property or attribute. @param {Element} element @param {string} name */
function inherited(element, name) {
  const style = new RegExp(`(?:^|;)\\s*${name}:\\s*([^;]+)`);
  /** @type {Element | null} */
  let at = element;
  for (; at?.getAttribute; at = at.parentElement) {
    const found = style.exec(at.getAttribute("style") ?? "")?.[1] ?? at.getAttribute(name);
    if (found) return found.trim();
  }
  return "";
}

/** @param {string} text @param {number} size */
function textWidth(text, size) {
  let width = 0;
  for (const letter of text) {
    width += ((letter.codePointAt(0) ?? 0) >= wideFrom ? wideShare : latinShare) * size;
  }
  return width;
}

/** @param {Element} element @returns {Box} */
function textBox(element) {
  const size = Number.parseFloat(inherited(element, "font-size")) || defaultSize;
  const tspans = [...element.querySelectorAll("tspan.line")];
  const lines = (tspans.length > 0 ? tspans : [element]).map((line) => line.textContent ?? "");
  const width = Math.max(...lines.map((line) => textWidth(line, size)));
  const anchor = inherited(element, "text-anchor");
  const share = anchor === "middle" ? 0.5 : anchor === "end" ? 1 : 0;
  const x = number(element, "x") - share * width;
  const y = number(element, "y") - ascent * size;
  return { x, y, width, height: lines.length * lineHeight * size };
}

/** A path lies within its points; curves are taken by their control points. @param {Element} element */
function pathBox(element) {
  const points = [[0, 0]];
  let [x, y] = [0, 0];
  let first = true;
  for (const [, command, values] of (element.getAttribute("d") ?? "").matchAll(
    /([a-z])([^a-z]*)/gi,
  )) {
    const v = numbers(values);
    const relative = command === command.toLowerCase();
    const kind = command.toUpperCase();
    const stride = { H: 1, V: 1, A: 7, Z: 0 }[kind] ?? 2;
    for (let i = 0; stride > 0 && i + stride <= v.length; i += stride) {
      const [dx, dy] =
        kind === "H"
          ? [v[i], relative ? 0 : y]
          : kind === "V"
            ? [relative ? 0 : x, v[i]]
            : v.slice(i + stride - 2, i + stride);
      [x, y] = relative ? [x + dx, y + dy] : [dx, dy];
      if (first) points.pop();
      first = false;
      points.push([x, y]);
    }
  }
  return around(points);
}

/** @param {Element} element @returns {Box | null} null when nothing of it takes room */
function localBox(element) {
  switch (element.tagName) {
    case "text":
    case "tspan":
      return element.textContent ? textBox(element) : null;
    case "path":
      return pathBox(element);
    case "circle": {
      const r = number(element, "r");
      return {
        x: number(element, "cx") - r,
        y: number(element, "cy") - r,
        width: 2 * r,
        height: 2 * r,
      };
    }
    case "line":
      return around([
        [number(element, "x1"), number(element, "y1")],
        [number(element, "x2"), number(element, "y2")],
      ]);
    case "rect":
    case "image":
      return {
        x: number(element, "x"),
        y: number(element, "y"),
        width: number(element, "width"),
        height: number(element, "height"),
      };
    case "g":
    case "svg":
      return union(element);
    default:
      return null;
  }
}

/** @param {Element} element @returns {Box | null} */
function union(element) {
  const boxes = [...element.children].flatMap((child) => {
    const box = localBox(child);
    return box ? [transformed(box, transformOf(child))] : [];
  });
  if (boxes.length === 0) return null;
  return around(
    boxes.flatMap((b) => [
      [b.x, b.y],
      [b.x + b.width, b.y + b.height],
    ]),
  );
}

const nowhere = { x: 0, y: 0, width: 0, height: 0 };

/** @param {Element} element @returns {Box} */
function pageBox(element) {
  let box = localBox(element) ?? nowhere;
  /** @type {Element | null} */
  let at = element;
  for (; at?.namespaceURI?.endsWith("/svg"); at = at.parentElement) {
    box = transformed(box, transformOf(at));
  }
  return box;
}

/**
 * Gives SVG elements of the window their boxes.
 * @param {import("jsdom").DOMWindow} window
 */
export function installBoxes(window) {
  const prototype = /** @type {any} */ (window.SVGElement.prototype);
  /** @this {Element} */
  prototype.getBBox = function getBBox() {
    return localBox(this) ?? nowhere;
  };
  /** @this {Element} */
  prototype.getBoundingClientRect = function getBoundingClientRect() {
    const box = pageBox(this);
    return {
      ...box,
      left: box.x,
      top: box.y,
      right: box.x + box.width,
      bottom: box.y + box.height,
    };
  };
  /** @this {Element} */
  prototype.getComputedTextLength = function getComputedTextLength() {
    return textBox(this).width;
  };
}
