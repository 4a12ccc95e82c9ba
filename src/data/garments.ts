// Draws ten kinds of garments on 28 × 28 pixels: outlines with chance in their measures.

import { type Outline, Raster } from "./raster";

/** Side of a picture in pixels. */
export const garmentSize = 28;
const middle = garmentSize / 2;
/** The one sheet that all are drawn on. */
const raster = new Raster(garmentSize);

/** Numbers in [0, 1) from a 32-bit state: a multiply-and-shift generator on integers only. */
export function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One garment in the making. */
interface Pen {
  /** A number between low and high. */
  between(low: number, high: number): number;
  /** Whether something with this probability happens. */
  happens(probability: number): boolean;
  /** Paint an outline. */
  paint(outline: Outline, shade: number): void;
  /** Paint an outline and its mirror image about the middle. */
  both(outline: Outline, shade: number): void;
  /** The garment's own brightness. */
  readonly shade: number;
}

const mirrored = (outline: Outline) => outline.map((v, i) => (i % 2 === 0 ? 2 * middle - v : v));

/** Shoulders, waist and hem of everything worn above the waist. */
interface Top {
  readonly neck: number;
  readonly shoulder: number;
  readonly waist: number;
  readonly top: number;
  readonly hem: number;
}

function body(pen: Pen, { neck, shoulder, waist, top, hem }: Top): void {
  const left = [middle, top + 1.5, middle - neck, top, middle - shoulder, top + 1.5];
  pen.both([...left, middle - waist, top + 8, middle - waist, hem, middle, hem], pen.shade);
}

/** Both sleeves: from the shoulder to the cuff, `out` wide of the body. */
function sleeves(pen: Pen, { shoulder, top }: Top, cuff: number, out: number, width: number): void {
  const x = middle - shoulder;
  const outline = [
    x + 1,
    top + 1,
    x - out * 0.5,
    top + 2.5,
    x - out,
    cuff,
    x - out + width,
    cuff + 0.5,
  ];
  pen.both([...outline, x + 0.8, top + 7], pen.shade * 0.92);
}

function neckline(pen: Pen, { neck, top }: Top, depth: number): void {
  pen.both([middle, top - 1, middle - neck, top - 1, middle - neck, top, middle, top + depth], 0);
}

function frontLine(pen: Pen, from: number, to: number, width: number): void {
  const [a, b] = [middle - width / 2, middle + width / 2];
  pen.paint([a, from, b, from, b, to, a, to], pen.shade * 0.35);
}

function shirtTop(pen: Pen): Top {
  const top = pen.between(3, 5);
  return {
    neck: pen.between(2, 3.4),
    shoulder: pen.between(5.5, 7.5),
    waist: pen.between(4.6, 6.6),
    top,
    hem: pen.between(22.5, 26),
  };
}

function tShirt(pen: Pen): void {
  const top = shirtTop(pen);
  body(pen, top);
  sleeves(pen, top, pen.between(9, 12), pen.between(2.4, 4.4), pen.between(2.6, 3.8));
  neckline(pen, top, pen.between(1.5, 3.2));
  if (pen.happens(0.3)) print(pen);
}

/** A printed patch on the chest. */
function print(pen: Pen): void {
  const [w, y, h] = [pen.between(1.5, 3.5), pen.between(9, 11), pen.between(3, 6)];
  pen.both([middle, y, middle - w, y, middle - w, y + h, middle, y + h], pen.between(0.1, 1));
}

function trouser(pen: Pen): void {
  const [waist, hip, hem] = [pen.between(3, 4.2), pen.between(3.6, 5), pen.between(3.2, 5.4)];
  const [top, crotch, bottom] = [pen.between(2, 3.5), pen.between(8, 11), pen.between(24, 26.5)];
  const inner = pen.between(0.4, 1.3);
  const outline = [
    middle,
    top,
    middle - waist,
    top,
    middle - hip,
    crotch - 2,
    middle - hem,
    bottom,
  ];
  pen.both([...outline, middle - inner - 0.4, bottom, middle, crotch], pen.shade);
}

function pullover(pen: Pen): void {
  const top = shirtTop(pen);
  body(pen, top);
  sleeves(pen, top, pen.between(19, 23.5), pen.between(1.2, 3.2), pen.between(2.2, 3.2));
  neckline(pen, top, pen.between(0.8, 2));
  if (pen.happens(0.35)) print(pen);
}

function dress(pen: Pen): void {
  const [top, waistY, hem] = [pen.between(2, 4), pen.between(9.5, 12.5), pen.between(24, 27)];
  const [chest, waist, skirt] = [pen.between(2.6, 4.2), pen.between(2.2, 3.4), pen.between(3.4, 7)];
  const outline = [middle, top + 2, middle - chest + 0.5, top, middle - chest, top + 3];
  pen.both([...outline, middle - waist, waistY, middle - skirt, hem, middle, hem], pen.shade);
  if (pen.happens(0.35)) {
    const cuff = pen.between(9, 16);
    sleeves(pen, { neck: 2, shoulder: chest, waist, top, hem }, cuff, pen.between(1, 2.4), 1.6);
  }
}

function coat(pen: Pen): void {
  const top = { ...shirtTop(pen), hem: pen.between(24, 27) };
  body(pen, top);
  sleeves(pen, top, pen.between(20, 24), pen.between(1, 2.8), pen.between(2.2, 3));
  neckline(pen, top, pen.between(2, 5));
  frontLine(pen, top.top + 4, top.hem, pen.between(0.5, 1.4));
}

/** The sole of a shoe, toe at the left. */
function sole(pen: Pen, y: number, height: number, lift: number): void {
  pen.paint(
    [1.5, y - 0.5, 1, y + height, 26.5, y + height, 26.5, y - lift, 15, y - lift * 0.3],
    pen.shade,
  );
}

function sandal(pen: Pen): void {
  const y = pen.between(18, 21);
  const lift = pen.between(0, 5);
  sole(pen, y, pen.between(1, 2), lift);
  const straps = pen.happens(0.5) ? 3 : 2;
  for (let k = 0; k < straps; k++) {
    const x = 5 + k * pen.between(5.5, 7.5);
    const [h, w] = [pen.between(3, 6.5), pen.between(0.9, 1.8)];
    const foot = y - (lift * x) / 34;
    pen.paint([x, foot, x + 2, foot - h, x + 2 + w, foot - h, x + w, foot], pen.shade * 0.9);
    pen.paint(
      [x + 2, foot - h, x + 6, foot, x + 6 + w, foot, x + 2 + w, foot - h],
      pen.shade * 0.9,
    );
  }
}

function shirt(pen: Pen): void {
  const top = shirtTop(pen);
  body(pen, top);
  const long = pen.happens(0.6);
  const cuff = long ? pen.between(18, 23.5) : pen.between(9, 12.5);
  sleeves(
    pen,
    top,
    cuff,
    long ? pen.between(1.4, 3.4) : pen.between(2.4, 4),
    pen.between(2.2, 3.4),
  );
  neckline(pen, top, pen.between(1.5, 3.6));
  if (pen.happens(0.8)) frontLine(pen, top.top + 2.5, top.hem, pen.between(0.3, 0.8));
  const collar = [
    middle - top.neck,
    top.top - 0.5,
    middle - top.neck - 0.8,
    top.top + 1,
    middle - 0.5,
    top.top + 3,
  ];
  if (pen.happens(0.7)) pen.both(collar, Math.min(1, pen.shade * 1.3));
}

function sneaker(pen: Pen): void {
  const [ground, heel, toe] = [pen.between(19, 21), pen.between(10.5, 13.5), pen.between(14.5, 17)];
  const outline = [
    1.5,
    ground,
    1.5,
    toe + 1,
    5,
    toe,
    12,
    heel + 1.5,
    19,
    heel + 2,
    25.5,
    heel,
    26.5,
    ground,
  ];
  pen.paint(outline, pen.shade);
  const white = pen.happens(0.6) ? 0.95 : pen.shade * 0.6;
  pen.paint([1, ground, 26.8, ground, 26.8, ground + 1.6, 1, ground + 1.6], white);
  for (let k = 0; k < 3; k++) {
    const x = 7 + 3 * k;
    pen.paint(
      [x, toe - k, x + 1, toe - k - 0.5, x + 2, toe - k + 2, x + 1, toe - k + 2.5],
      pen.shade * 0.5,
    );
  }
}

function bag(pen: Pen): void {
  const [w, top, bottom] = [pen.between(8, 12.5), pen.between(9, 13), pen.between(22, 26)];
  const slope = pen.between(-1.5, 1.5);
  const [grip, rise] = [pen.between(3, 7), pen.between(3, 8)];
  if (pen.happens(0.85)) {
    const peak = top - rise;
    const arc = [
      middle - grip,
      top,
      middle - grip * 0.8,
      peak + 1,
      middle - grip * 0.3,
      peak,
      middle,
      peak,
    ];
    const back = [
      middle,
      peak + 1.2,
      middle - grip * 0.3,
      peak + 1.2,
      middle - grip * 0.6,
      peak + 2,
    ];
    pen.both([...arc, ...back, middle - grip + 1.3, top], pen.shade * 0.8);
  }
  pen.both([middle, top, middle - w + slope, top, middle - w, bottom, middle, bottom], pen.shade);
  if (pen.happens(0.5)) {
    const flap = pen.between(2, 6);
    pen.both(
      [middle, top, middle - w + slope, top, middle - w, top + flap, middle, top + flap],
      pen.shade * 0.75,
    );
  }
}

function ankleBoot(pen: Pen): void {
  const [ground, shaft] = [pen.between(21.5, 24), pen.between(3, 8)];
  const [toe, front] = [pen.between(15.5, 19), pen.between(12, 16.5)];
  const outline = [
    1.5,
    ground,
    2,
    toe + 1.5,
    6,
    toe,
    front,
    13,
    front + 0.5,
    shaft,
    25.5,
    shaft,
    26,
    ground,
  ];
  pen.paint(outline, pen.shade);
  const heel = pen.between(0.8, 2.8);
  pen.paint([19, ground, 26.2, ground, 26.2, ground + heel, 20, ground + heel], pen.shade * 0.7);
  pen.paint([1.2, ground, 17, ground, 17, ground + 0.9, 1.2, ground + 0.9], pen.shade * 0.7);
}

/** In the order of the labels. */
const kinds: readonly ((pen: Pen) => void)[] = [
  tShirt,
  trouser,
  pullover,
  dress,
  coat,
  sandal,
  shirt,
  sneaker,
  bag,
  ankleBoot,
];

/** Weave, stripes and light: what makes two garments of one cut differ. */
function texture(pixels: Float32Array, draw: () => number): void {
  const size = garmentSize;
  const striped = draw() < 0.2;
  const period = 2 + Math.floor(draw() * 4);
  const depth = 0.25 + 0.35 * draw();
  const weave = 0.08 + 0.2 * draw();
  for (let y = 0; y < size; y++) {
    const stripe = striped && y % period === 0 ? 1 - depth : 1;
    for (let x = 0; x < size; x++) {
      const at = y * size + x;
      if (pixels[at] > 0.02) pixels[at] *= stripe * (1 - weave * draw());
    }
  }
}

/**
 * The pixels of one garment of the kind with this label, 0 … 255, written to `out` from `at` on.
 * The same seed draws the same garment everywhere: only integer and IEEE arithmetic is used.
 */
export function drawGarment(label: number, seed: number, out: Uint8Array, at: number): void {
  const draw = chance(seed);
  raster.clear();
  const [dx, dy] = [2.4 * draw() - 1.2, 2 * draw() - 1];
  const scale = 0.9 + 0.16 * draw();
  const lean = 0.1 * draw() - 0.05;
  const move = (outline: Outline) => {
    const moved = new Array<number>(outline.length);
    for (let i = 0; i < outline.length; i += 2) {
      const y = outline[i + 1] - middle;
      moved[i] = middle + (outline[i] - middle) * scale + dx + lean * y;
      moved[i + 1] = middle + y * scale + dy;
    }
    return moved;
  };
  const paint = (outline: Outline, shade: number) => raster.fill(move(outline), shade);
  kinds[label]({
    between: (low, high) => low + (high - low) * draw(),
    happens: (probability) => draw() < probability,
    paint,
    both: (outline, shade) => {
      paint(outline, shade);
      paint(mirrored(outline), shade);
    },
    shade: 0.35 + 0.65 * draw(),
  });
  texture(raster.pixels, draw);
  for (let i = 0; i < raster.pixels.length; i++) out[at + i] = Math.round(255 * raster.pixels[i]);
}
