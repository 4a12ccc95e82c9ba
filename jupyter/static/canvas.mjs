// @ts-check
// Just enough of a canvas for Plotly's heat maps: coloured rectangles and raw pixels, written as PNG.
import { crc32, deflateSync } from "node:zlib";

/** @param {string} type @param {Buffer} body */
function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(body.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/**
 * A PNG of 8-bit RGBA pixels.
 * @param {number} width
 * @param {number} height
 * @param {Uint8ClampedArray} pixels
 */
export function encodePng(width, height, pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const lines = Buffer.alloc(height * (1 + 4 * width));
  for (let y = 0; y < height; y++) {
    lines.set(pixels.subarray(y * 4 * width, (y + 1) * 4 * width), y * (1 + 4 * width) + 1);
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The drawing context of one canvas element. */
class Context {
  fillStyle = "rgba(0,0,0,1)";

  /** @param {{ width: number, height: number }} canvas */
  constructor(canvas) {
    this.width = canvas.width;
    this.height = canvas.height;
    this.pixels = new Uint8ClampedArray(4 * this.width * this.height);
  }

  /** @param {number} width @param {number} height */
  createImageData(width, height) {
    return { width, height, data: new Uint8ClampedArray(4 * width * height) };
  }

  /** @param {{ width: number, height: number, data: Uint8ClampedArray }} image @param {number} left @param {number} top */
  putImageData(image, left, top) {
    for (let y = 0; y < image.height; y++) {
      const row = image.data.subarray(y * 4 * image.width, (y + 1) * 4 * image.width);
      this.pixels.set(row, 4 * ((top + y) * this.width + left));
    }
  }

  /** @param {number} left @param {number} top @param {number} width @param {number} height */
  fillRect(left, top, width, height) {
    const [red, green, blue, alpha = 1] = (this.fillStyle.match(/[\d.]+/g) ?? []).map(Number);
    const [x0, x1] = span(left, width, this.width);
    const [y0, y1] = span(top, height, this.height);
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        this.pixels.set([red, green, blue, 255 * alpha], 4 * (y * this.width + x));
      }
    }
  }
}

/** From a start and a signed length to whole cells inside 0 … limit. @param {number} start @param {number} length @param {number} limit */
function span(start, length, limit) {
  const ends = [Math.round(start), Math.round(start + length)].sort((a, b) => a - b);
  return ends.map((end) => Math.min(limit, Math.max(0, end)));
}

/**
 * Gives the window's canvas elements the context above.
 * @param {import("jsdom").DOMWindow} window
 */
export function installCanvas(window) {
  /** @type {WeakMap<object, Context>} */
  const contexts = new WeakMap();
  const { prototype } = window.HTMLCanvasElement;
  // a canvas forgets its content when its size changes, so a context of another size is a new one
  prototype.getContext = /** @this {HTMLCanvasElement} */ function getContext() {
    const known = contexts.get(this);
    if (known && known.width === this.width && known.height === this.height) return known;
    const context = new Context(this);
    contexts.set(this, context);
    return /** @type {any} */ (context);
  };
  prototype.toDataURL = /** @this {HTMLCanvasElement} */ function toDataURL() {
    const { width, height, pixels } = /** @type {any} */ (this.getContext("2d"));
    return `data:image/png;base64,${encodePng(width, height, pixels).toString("base64")}`;
  };
}
