import { polynomial } from './polynomial.ts'

/**
 * Standard normal distribution function Φ(z), accurate to about 1e-15 relative also far in the lower tail. For an upper
 * tail use `normalCdf(-z)`: `1 - normalCdf(z)` loses its digits.
 *
 * Source: W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), in the form for Φ.
 * @throws RangeError when z is NaN
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('normalCdf requires a number')
  const y = Math.abs(z)
  if (y <= 0.67448975) {
    const y2 = y * y
    return 0.5 + (z * polynomial(CENTRE_TOP, y2)) / polynomial(CENTRE_BOTTOM, y2)
  }
  // Beyond 40 the tail is below the smallest double.
  const tail = y > 40 ? 0 : density(y) * scaledTail(y)
  return z < 0 ? tail : 1 - tail
}

function scaledTail(y: number): number {
  if (y <= Math.sqrt(32)) return polynomial(MIDDLE_TOP, y) / polynomial(MIDDLE_BOTTOM, y)
  const u = 1 / (y * y)
  return (INV_SQRT_2PI - (u * polynomial(FAR_TOP, u)) / polynomial(FAR_BOTTOM, u)) / y
}

/** exp(−y²/2) with y split at a sixteenth, because rounding y² alone would cost digits in the tail. */
function density(y: number): number {
  const head = Math.trunc(y * 16) / 16
  return Math.exp((-head * head) / 2) * Math.exp((-(y - head) * (y + head)) / 2)
}

const INV_SQRT_2PI = 0.3989422804014327

const CENTRE_TOP = [0.065682337918207449, 2.2352520354606839, 161.02823106855588, 1067.689485460371, 18154.981253343561]
const CENTRE_BOTTOM = [1, 47.202581904688242, 976.09855173777669, 10260.932208618978, 45507.78933502673]
const MIDDLE_TOP = [
  1.0765576773720192e-8, 0.39894151208813467, 8.8831497943883759, 93.506656132177855, 597.27027639480026,
  2494.5375852903727, 6848.1904505362823, 11602.65143764735, 9842.714838383978,
]
const MIDDLE_BOTTOM = [
  1, 22.266688044328116, 235.387901782625, 1519.3775994075548, 6485.5582982667608, 18615.571640885098,
  34900.952721145977, 38912.003286093271, 19685.429676859991,
]
const FAR_TOP = [
  0.023073441764940173, 0.21589853405795699, 0.1274011611602473639, 0.022235277870649807, 0.0014216191932278935,
  2.9112874951168792e-5,
]
const FAR_BOTTOM = [
  1, 1.28426009614491121, 0.46823821248086512, 0.065988137868928552, 0.0037823963320275824, 7.297515550839662e-5,
]
