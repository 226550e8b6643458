import { wilson } from '../stats/wilson.ts'
import { publish, type Published } from './publish.ts'

/**
 * A favourable share under the display rule: Wilson's estimate, then `publish`.
 * @throws RangeError on impossible counts
 */
export function publishShare(
  favourable: number,
  n: number,
  options: { minimum?: number; nEff?: number } = {},
): Published {
  const { nEff, ...rule } = options
  return publish(wilson(favourable, n, nEff === undefined ? {} : { nEff }), rule)
}
