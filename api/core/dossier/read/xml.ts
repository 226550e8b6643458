import { DossierFileError } from '../errors.ts'

/** Called in document order. Names come without namespace prefix; attributes as they stand, for `attribute` to look into. */
export interface XmlHandler {
  open(name: string, attributes: string): void
  close(name: string): void
  text(value: string): void
}

export interface XmlScanner {
  push(chunk: string): void
  end(): void
}

/** No tag of a workbook and no entity is anywhere near as long. */
const tokenLengthMax = 1024 * 1024
const entityLengthMax = 12

/**
 * Scans XML as it arrives: elements, attributes, text, CDATA; comments and instructions are passed over. It is no validator.
 * Document types are refused: workbooks have none, and entities that multiply begin there.
 * @throws DossierFileError `invalid_workbook`
 */
export function xmlScanner(handler: XmlHandler): XmlScanner {
  let rest = ''
  return {
    push(chunk) {
      const text = rest + chunk
      let at = 0
      while (at < text.length) {
        const next = text[at] === '<' ? scanMarkup(text, at, handler) : scanText(text, at, handler)
        if (next === at) break
        at = next
      }
      rest = text.slice(at)
      if (rest.length > tokenLengthMax) throw new DossierFileError('invalid_workbook')
    },
    end() {
      if (rest.startsWith('<')) throw new DossierFileError('invalid_workbook')
      if (rest !== '') handler.text(unescape(rest))
      rest = ''
    },
  }
}

const attributePatterns = new Map<string, RegExp>()

/** Value of an attribute by local name, or null. */
export function attribute(attributes: string, name: string): string | null {
  let pattern = attributePatterns.get(name)
  if (!pattern) {
    pattern = new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    attributePatterns.set(name, pattern)
  }
  const m = pattern.exec(attributes)
  return m ? unescape(m[1] ?? m[2] ?? '') : null
}

/** Returns where to go on, or `at` when more text is needed. */
function scanText(text: string, at: number, handler: XmlHandler): number {
  let end = text.indexOf('<', at)
  if (end === -1) {
    end = text.length
    const entity = text.lastIndexOf('&')
    if (entity >= at && end - entity < entityLengthMax && !text.includes(';', entity)) end = entity
  }
  if (end > at) handler.text(unescape(text.slice(at, end)))
  return end
}

function scanMarkup(text: string, at: number, handler: XmlHandler): number {
  const second = text[at + 1]
  if (second === undefined) return at
  if (second === '?') return past(text, '?>', at + 2) ?? at
  if (second === '!') {
    if (text.startsWith('<!--', at)) return past(text, '-->', at + 4) ?? at
    if (text.startsWith('<![CDATA[', at)) {
      const next = past(text, ']]>', at + 9)
      if (next === null) return at
      handler.text(text.slice(at + 9, next - 3))
      return next
    }
    if (text.length - at < 9) return at
    throw new DossierFileError('invalid_workbook')
  }

  const end = tagEnd(text, at)
  if (end === -1) return at
  if (second === '/') {
    handler.close(localName(text.slice(at + 2, end).trim()))
    return end + 1
  }
  const selfClosing = text[end - 1] === '/'
  const inner = text.slice(at + 1, selfClosing ? end - 1 : end)
  const blank = inner.search(/\s/)
  const name = localName(blank === -1 ? inner : inner.slice(0, blank))
  handler.open(name, blank === -1 ? '' : inner.slice(blank))
  if (selfClosing) handler.close(name)
  return end + 1
}

/** Position of the `>` that ends a tag; one inside an attribute value does not. */
function tagEnd(text: string, at: number): number {
  let from = at
  for (;;) {
    const end = text.indexOf('>', from)
    if (end === -1) return -1
    const quote = firstQuote(text, from, end)
    if (quote === -1) return end
    const close = text.indexOf(text.charAt(quote), quote + 1)
    if (close === -1) return -1
    from = close + 1
  }
}

function firstQuote(text: string, from: number, to: number): number {
  for (let i = from; i < to; i += 1) {
    const c = text.charCodeAt(i)
    if (c === 34 || c === 39) return i
  }
  return -1
}

function past(text: string, mark: string, from: number): number | null {
  const at = text.indexOf(mark, from)
  return at === -1 ? null : at + mark.length
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const namedEntities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescape(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return namedEntities[name] ?? whole
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}
