import { shippedIndices } from '../../db/seeds/indices/shipped.ts'
import { shippedSources } from '../../db/seeds/item-sources.ts'
import type { IndexDefinition } from '../core/index/definition.ts'
import { indexTree } from '../core/index/tree.ts'
import type { BareCommand } from './command.ts'
import { readDefinition, shippedIndex } from './index-files.ts'
import { faultLine } from './index-sentences.ts'

export const indexListCommand: BareCommand = {
  words: 'index list',
  takes: [],
  options: {},
  summary: 'The index editions that ship with the platform',
  help: [],
  runBare: async () => {
    const items = shippedIndices.map(({ id, edition, official, label, nodes, indicators }) => {
      return { id, edition: String(edition), official, label, nodes: nodes.length, indicators: indicators.length }
    })
    const width = Math.max(...items.map(({ id }) => id.length))
    const lines = items.map(
      ({ id, official, label }) =>
        `${id.padEnd(width)}  ${official ? 'official structure' : 'our own           '}  ${label.vi}`,
    )
    return { json: { items }, text: `${lines.join('\n')}\n` }
  },
}

export const indexShowCommand: BareCommand = {
  words: 'index show',
  takes: ['ID'],
  options: {},
  summary: 'One edition: its tree, weights, sources and what is not established; --json prints the definition',
  help: [],
  runBare: async ({ files: [id = ''] }) => {
    const { definition, sha256 } = shippedIndex(id)
    return { json: definition, text: describe(definition, sha256) }
  },
}

export const indexValidateCommand: BareCommand = {
  words: 'index validate',
  takes: ['FILE'],
  options: {},
  summary: 'Check an index definition (JSON): one line per fault with its path; exit code 1 when there is any',
  help: [],
  runBare: async ({ files: [file = ''] }) => {
    const { faults } = await readDefinition(file, shippedSources)
    const lines = faults.length === 0 ? [`${file} holds.`] : faults.map((fault) => faultLine(file, fault))
    const messages = faults.map((fault) => ({ ...fault, message: faultLine(file, fault) }))
    return {
      json: { valid: faults.length === 0, faults: messages },
      text: `${lines.join('\n')}\n`,
      rejected: faults.length > 0,
    }
  },
}

function describe(definition: IndexDefinition, sha256: string): string {
  const { id, edition, official, label, scale, notes = [], blanks = [] } = definition
  const tree = indexTree(definition)
  const lines = [
    `${id} (${edition}): ${label.vi} · ${label.en}`,
    official ? 'Official structure of a published index.' : 'Our own: ước lượng nội bộ, not an official index.',
    `Scale ${scale.min} to ${scale.max}; sha256 ${sha256}`,
    ...notes.map((note) => `! ${note.vi} · ${note.en}`),
    '',
  ]
  const rows = new Map([...definition.nodes, ...definition.indicators].map((row) => [row.code, row]))
  const walk = (code: string, depth: number): void => {
    const row = rows.get(code)
    if (row === undefined) return
    const how = 'aggregate' in row ? `[${aggregateName(row.aggregate)}]` : `[${row.normalise.method}, ${row.direction}]`
    const bands = 'bands' in row ? bandText(row.bands) : ''
    const coverage = 'coverage' in row && row.coverage !== undefined ? ` {${row.coverage.note.vi}}` : ''
    const weight = row.weight === undefined ? '' : ` weight ${row.weight}`
    lines.push(
      `${'  '.repeat(depth)}${code} ${how}${weight} ${row.label.vi} · ${row.label.en}${bands}${coverage} — ${row.source}`,
    )
    const node = tree.nodes.find((one) => one.code === code)
    for (const child of node?.children ?? []) walk(child.code, depth + 1)
  }
  walk(tree.root.code, 0)
  if (blanks.length > 0) lines.push('', 'Left blank, never imputed:')
  for (const blank of blanks) lines.push(`  ${blank.code} ${blank.label.vi} · ${blank.label.en}: ${blank.reason.vi}`)
  return `${lines.join('\n')}\n`
}

function bandText(bands: IndexDefinition['nodes'][number]['bands'] = []): string {
  return bands.length === 0 ? '' : ` {${bands.map(({ from, label }) => `từ ${from} ${label.vi}`).join(', ')}}`
}

function aggregateName(aggregate: IndexDefinition['nodes'][number]['aggregate']): string {
  return typeof aggregate === 'string' ? aggregate : `power ${aggregate.power}`
}
