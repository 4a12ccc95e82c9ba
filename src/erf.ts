// The error function, which JavaScript lacks: W. J. Cody's rational approximations (1969).

const small = [
  3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315,
];
const smallBelow = [23.601290952344122, 244.02463793444417, 1282.616526077372, 2844.236833439171];
const middle = [
  0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972, 2.1531153547440383e-8,
];
const middleBelow = [
  15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const large = [
  0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378, 0.016315387137302097,
];
const largeBelow = [
  2.568520192289822, 1.8729528499234604, 0.5279051029514285, 0.06051834131244132,
  0.0023352049762686918,
];

function rational(x: number, above: readonly number[], below: readonly number[]): number {
  const last = above.length - 1;
  let top = above[last] * x;
  let bottom = x;
  for (let i = 0; i < last - 1; i++) {
    top = (top + above[i]) * x;
    bottom = (bottom + below[i]) * x;
  }
  return (top + above[last - 1]) / (bottom + below[last - 1]);
}

/** The error function to double precision (W. J. Cody 1969). */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return x * rational(size * size, small, smallBelow);
  const gauss = Math.exp(-size * size);
  let tail: number;
  if (size <= 4) {
    tail = gauss * rational(size, middle, middleBelow);
  } else {
    const inverse = 1 / (size * size);
    const r = inverse * rational(inverse, large, largeBelow);
    tail = (gauss * (0.5641895835477563 - r)) / size;
  }
  return x > 0 ? 1 - tail : tail - 1;
}
