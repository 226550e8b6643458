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
