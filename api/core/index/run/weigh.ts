import { registerWeights, type RegisterWeights } from '../../weights/register-weights.ts'
import { eachAnswer, type AnswerBook, type Place } from './answer-book.ts'

/** Finished dossiers of one class of the register. */
export interface FrameCount {
  readonly responsible: number
  readonly field: string
  readonly late: boolean
  readonly channel: string | null
  readonly n: number
}

/** Weights of a period's answers by their place, and how they came about. */
export interface PeriodWeights extends RegisterWeights {
  readonly weightOf: (place: number) => number
}

/**
 * Weighs the answers of some months to the dossiers of the register: unit × field × channel × on time or late.
 * @param register finished dossiers of the same months
 */
export function weighPeriod(
  book: AnswerBook,
  months: readonly string[],
  register: readonly FrameCount[],
): PeriodWeights {
  const cells = new Map<
    string,
    { unit: number; group: string; channel: string; late: boolean; dossiers: number; answers: number }
  >()
  const cellOf = ({ responsible, field, channel, late }: Pick<Place, 'responsible' | 'field' | 'channel' | 'late'>) => {
    const name = JSON.stringify([responsible, field, channel, late])
    const made = { unit: responsible, group: field, channel: channel ?? '', late, dossiers: 0, answers: 0 }
    const cell = cells.get(name) ?? made
    cells.set(name, cell)
    return cell
  }
  for (const row of register) cellOf(row).dossiers += row.n
  const byPlace = book.places.map(cellOf)
  for (const month of months) eachAnswer(book, month, (place) => void (byPlace[place]!.answers += 1))
  const list = [...cells.values()].filter(({ dossiers, answers }) => dossiers > 0 || answers > 0)
  const at = new Map(list.map((cell, k) => [cell, k]))
  const weights = registerWeights(list)
  return { ...weights, weightOf: (place) => weights.weights[at.get(byPlace[place]!) ?? -1] ?? 0 }
}
