import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** Where a screen is in a picture, in pixels. */
export interface Place {
  readonly screen: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Difference {
  /** What differs, one line each; empty where the two are the same. */
  readonly lines: readonly string[];
  /** The pixels that differ, in red; `undefined` where the pictures cannot be laid over each other. */
  readonly picture: Buffer | undefined;
}

/**
 * How far a pixel may be off (0 to 1, of pixelmatch): about two of 256 steps, which rounding may take. Not one pixel may be further off: in a pinned browser nothing
 * but a change of the gate can do that.
 */
const threshold = 0.01;

/** Compares a picture with its baseline, screen by screen. */
export function compare(baseline: Buffer, now: Buffer, places: readonly Place[]): Difference {
  const [before, after] = [PNG.sync.read(baseline), PNG.sync.read(now)];
  const { width, height } = before;
  if (after.width !== width || after.height !== height) {
    return {
      lines: [`the whole: ${after.width} by ${after.height} pixels, no longer ${width} by ${height}`],
      picture: undefined,
    };
  }
  const diff = new PNG({ width, height });
  const count = pixelmatch(before.data, after.data, diff.data, width, height, {
    threshold,
    includeAA: true,
    diffMask: true,
  });
  const isRed = (x: number, y: number) => (diff.data[(y * width + x) * 4 + 3] ?? 0) > 0;
  let counted = 0;
  const lines = places.flatMap((place) => {
    let pixels = 0;
    for (let y = place.y; y < place.y + place.height; y++)
      for (let x = place.x; x < place.x + place.width; x++) if (isRed(x, y)) pixels++;
    counted += pixels;
    return pixels > 0 ? [`${place.screen}: ${pixels} pixels`] : [];
  });
  return {
    lines: count > counted ? [...lines, `between the screens: ${count - counted} pixels`] : lines,
    picture: PNG.sync.write(diff),
  };
}
