import { alone } from '../core/kept.ts'

/** Different texts, numbered in the order in which they come: few texts that many rows share take little memory so. */
export class Numbered {
  readonly texts: string[] = []
  readonly #numbers = new Map<string, number>()

  /** The number of a text; the next one if it has none. */
  of(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const own = alone(text)
    this.#numbers.set(own, this.texts.length)
    return this.texts.push(own) - 1
  }
}

/** The place of each text among the different ones in order, from 0; equal texts have one place. */
export function placesOf(texts: readonly string[]): number[] {
  const places = new Map([...new Set(texts)].toSorted().map((text, place) => [text, place]))
  return texts.map((text) => places.get(text) ?? 0)
}
