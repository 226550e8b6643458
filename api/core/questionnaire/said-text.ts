import type { AnswerOf } from './asked-tests.ts'
import type { SurveyAnswer, SurveyAnswers } from './definition.ts'

const [QUOTE, COMMA, COLON, SPACE, BRACKET, BRACE] = ['"', ',', ':', ' ', '[', '{'].map((mark) => mark.charCodeAt(0))
const CANNOT_SAY = { na: true } as const

/**
 * Reads what one respondent said from the text in which PostgreSQL writes `jsonb`. The same as `JSON.parse`, several times faster:
 * answers differ in what was skipped, and an engine makes a new class of objects for every such difference. A text that has a
 * backslash, and anything unexpected, is left to `JSON.parse`.
 *
 * @param codes of items that are looked for
 */
export function saidReader(codes: readonly string[]): (text: string) => AnswerOf {
  // any order is read right; in this one, which is that of `jsonb`, the next key is nearly always the one expected
  const order = codes.toSorted((a, b) => a.length - b.length || (a < b ? -1 : Number(a > b)))
  const keys = order.map((code) => `"${code}": `)
  const places = new Map(order.map((code, place) => [code, place]))
  return (text) => {
    const said = Array<SurveyAnswer | undefined>(order.length)
    const others = new Map<string, SurveyAnswer>()
    const answers = new Answers(text)
    let expected = 0
    while (answers.isKey()) {
      const key = keys[expected]
      if (key !== undefined && text.startsWith(key, answers.at)) {
        answers.at += key.length
        said[expected] = answers.next()
        expected += 1
        continue
      }
      const code = answers.key()
      const place = places.get(code)
      if (place === undefined) others.set(code, answers.next())
      else said[place] = answers.next()
      expected = place === undefined ? expected : place + 1
    }
    if (!answers.isWhole()) return answersIn(JSON.parse(text) as SurveyAnswers)
    return (key) => {
      const place = places.get(key)
      return place === undefined ? others.get(key) : said[place]
    }
  }
}

/** Answers as a function of their key. */
export function answersIn(answers: SurveyAnswers): AnswerOf {
  return (key) => (Object.hasOwn(answers, key) ? answers[key] : undefined)
}

/** A text of answers that is read from its beginning. */
class Answers {
  /** Where it is read; negative: it is not as expected. */
  at: number
  readonly #text: string

  constructor(text: string) {
    this.#text = text
    // nothing is read of a text in which a quotation mark may be part of a string
    this.at = text.includes('\\') ? -1 : 1
  }

  isKey(): boolean {
    return this.#text.charCodeAt(this.at) === QUOTE
  }
  isWhole(): boolean {
    return this.at === this.#text.length - 1 && this.#text.endsWith('}')
  }
  key(): string {
    const code = this.#string()
    this.#pass(COLON)
    return code
  }
  next(): SurveyAnswer {
    const answer = this.#answer()
    this.#pass(COMMA)
    return answer
  }

  /** Passes a mark and the space after it, if it is there. */
  #pass(mark: number | undefined): void {
    if (this.#text.charCodeAt(this.at) !== mark) return
    this.at = this.#text.charCodeAt(this.at + 1) === SPACE ? this.at + 2 : -1
  }

  #answer(): SurveyAnswer {
    switch (this.#text.charCodeAt(this.at)) {
      case QUOTE:
        return this.#string()
      case BRACKET:
        return this.#list()
      case BRACE:
        this.at = this.#text.indexOf('}', this.at) + 1
        return CANNOT_SAY
      default:
        return this.#number()
    }
  }

  #number(): number {
    const from = this.at
    const comma = this.#text.indexOf(',', from)
    this.at = comma < 0 ? this.#text.length - 1 : comma
    const number = from < 0 ? Number.NaN : Number(this.#text.slice(from, this.at))
    if (Number.isNaN(number)) this.at = -1
    return number
  }

  #string(): string {
    const from = this.at + 1
    let end = from
    while (end < this.#text.length && this.#text.charCodeAt(end) !== QUOTE) end += 1
    this.at = end + 1
    return this.#text.slice(from, end)
  }

  #list(): string[] {
    const list: string[] = []
    this.at += 1
    while (this.isKey()) {
      list.push(this.#string())
      this.#pass(COMMA)
    }
    this.at += 1
    return list
  }
}
