import { copyOut } from './copy.ts'
import type { Session } from './session.ts'

const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** Lines of `COPY … TO STDOUT` in its text format, some at a time: values between tabs, `\N` for null, see `copiedText`. */
export async function* copyLines(session: Session, select: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const piece of copyOut(session, `copy (${select}) to stdout`)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield lines
  }
}

/** A text of such a line as it is. */
export function copiedText(value: string): string {
  return value.includes('\\') ? value.replace(/\\(.)/g, (_, mark: string) => ESCAPED[mark] ?? mark) : value
}

/** Lets a source go to work at once, and not only when it is asked for the first time. It is to be ended, however far it was read. */
export function begun<T>(source: AsyncGenerator<T>): { pieces: AsyncIterable<T>; end: () => Promise<unknown> } {
  const first = source.next()
  // whoever reads is told of a failure
  first.catch(() => undefined)
  const pieces = async function* (): AsyncGenerator<T> {
    for (let next = await first; next.done !== true; next = await source.next()) yield next.value
  }
  return { pieces: pieces(), end: () => source.return(undefined) }
}
