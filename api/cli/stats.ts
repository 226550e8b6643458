import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type Method, OptionsError } from '../core/analysis/method.ts'
import { findMethod, methodGroups } from '../core/analysis/registry.ts'
import { type BareCommand, UsageError } from './command.ts'
import { readDataFile } from './data-file.ts'
import { plainText } from './plain-table.ts'

export const statsCommand: BareCommand = {
  words: 'stats',
  takes: ['METHOD'],
  options: { data: { type: 'string' }, options: { type: 'string' } },
  summary: 'Apply one statistical method to a CSV file; stats --help lists them, stats METHOD --help explains one',
  help: [
    ['--data FILE', 'delimited file with a header row (UTF-8; comma, semicolon or tab; empty or NA is missing)'],
    ['--options JSON', 'options of the method as one JSON object, or @FILE with that object; default {}'],
  ],
  more: ([name]) => (name === undefined ? listOfMethods() : explanation(methodNamed(name))),
  async runBare({ files: [name = ''], values }) {
    const method = methodNamed(name)
    if (typeof values.data !== 'string') throw new UsageError(`stats ${name} needs --data FILE. See --help.`)
    const options = await readOptions(typeof values.options === 'string' ? values.options : '{}')
    const result = method.run(await readDataFile(values.data), options)
    return { json: result, text: plainText(result) }
  },
}

function methodNamed(name: string): Method {
  const found = findMethod(name)
  if (found === null) throw new UsageError('There is no such method. See: cli stats --help')
  return found
}

async function readOptions(given: string): Promise<unknown> {
  const text = given.startsWith('@') ? await readFile(given.slice(1), 'utf8') : given
  try {
    return JSON.parse(text)
  } catch {
    throw new OptionsError([{ path: '', code: 'not_json' }])
  }
}

function listOfMethods(): string {
  const width = Math.max(...methodGroups.flatMap((group) => group.methods.map(({ name }) => name.length)))
  const groups = methodGroups.map(({ title, methods }) =>
    [title, ...methods.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`), ''].join('\n'),
  )
  return ['Methods:', '', ...groups].join('\n')
}

function explanation({ name, summary, options, output, source }: Method): string {
  const lines = Object.entries(options.shape).map(
    ([option, shape]) =>
      [option, `${typeText(shape)} ${z.globalRegistry.get(shape)?.description ?? ''}`.trim()] as const,
  )
  const width = Math.max(0, ...lines.map(([option]) => option.length))
  return [
    `stats ${name} --data FILE [--options JSON]`,
    '',
    summary,
    '',
    'Options:',
    ...(lines.length === 0 ? ['  (none)'] : lines.map(([option, text]) => `  ${option.padEnd(width)}  ${text}`)),
    '',
    `Output: ${output}`,
    `Source: ${source}`,
    '',
  ].join('\n')
}

interface JsonShape {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly items?: JsonShape
  readonly default?: unknown
  readonly anyOf?: readonly JsonShape[]
}

/** `number, default 0.95:` or `one of "reml", "ml":`. */
function typeText(shape: z.core.$ZodType): string {
  const json = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as JsonShape
  return `(${kindText(json)}${json.default === undefined ? '' : `, default ${JSON.stringify(json.default)}`})`
}

function kindText({ type, enum: choices, items, anyOf }: JsonShape): string {
  if (choices) return `one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`
  if (anyOf) return anyOf.map(kindText).join(' or ')
  if (type === 'array') return `list of ${items === undefined ? 'anything' : kindText(items)}`
  return type === 'string' ? 'text' : (type ?? 'anything')
}
