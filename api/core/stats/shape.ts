import { moments } from './moments.ts'
import { sum } from './sum.ts'

/**
 * Skewness and excess kurtosis of a sample, corrected for its size (G₁ and G₂: without bias for normal data). An index
 * usually treats an indicator with |skewness| > 2 and kurtosis > 3.5 for outliers first (OECD/JRC Handbook 2008).
 * Source: Joanes & Gill, The Statistician 47 (1998); R e1071 `skewness` and `kurtosis`, type 2; SAS, SPSS.
 * @returns null below three and four values, and for equal ones
 */
export function shape(values: readonly number[]): { skewness: number | null; kurtosis: number | null } {
  const n = values.length
  if (n < 3) return { skewness: null, kurtosis: null }
  const { mean, variance } = moments(values)
  if (variance === null || !(variance > 0)) return { skewness: null, kurtosis: null }
  const spread = Math.sqrt((variance * (n - 1)) / n)
  // divided before the powers are taken, so that neither large nor small units leave the range of numbers
  const power = (k: number) => sum(values.map((value) => ((value - mean) / spread) ** k)) / n
  const skewness = (power(3) * Math.sqrt(n * (n - 1))) / (n - 2)
  if (n < 4) return { skewness, kurtosis: null }
  return { skewness, kurtosis: ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (power(4) - 3) + 6) }
}
