// A small greyscale picture: what a data set of images gives before any transform.

import { ValueError } from "../errors";

/**
 * A greyscale picture of 8 bits a pixel, row by row from the top left.
 * Raises ValueError when the bytes are not width × height.
 * @example new Image(28, 28, new Uint8Array(784)).size   // [ 28, 28 ]
 */
export class Image {
  /** Pillow's name for 8-bit greyscale. */
  readonly mode = "L";
  constructor(
    readonly width: number,
    readonly height: number,
    readonly data: Uint8Array,
  ) {
    if (data.length !== width * height) {
      throw new ValueError(
        `an image of ${width}×${height} needs ${width * height} bytes, found ${data.length}`,
      );
    }
  }
  /** [width, height], the order Pillow uses. */
  get size(): [number, number] {
    return [this.width, this.height];
  }
  toString(): string {
    return `<Image mode=L size=${this.width}x${this.height}>`;
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
