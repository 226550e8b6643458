import { explainUnit } from '../core/index/explain.ts'
import { takesBounds } from '../core/index/normalise.ts'
import { scorePeriods } from '../core/index/score-periods.ts'
import { scoreRows } from '../core/index/score-rows.ts'
import { readBounds, readScoringData } from '../core/index/scoring-data.ts'
import { type BareCommand, UsageError } from './command.ts'
import { readDataFile } from './data-file.ts'
import { explainText } from './index-explain.ts'
import { loadIndex } from './index-files.ts'
import type { Io } from './io.ts'

export const indexScoreCommand: BareCommand = {
  words: 'index score',
  takes: [],
  options: {
    definition: { type: 'string' },
    data: { type: 'string' },
    bounds: { type: 'string' },
    explain: { type: 'boolean' },
    normalised: { type: 'boolean' },
  },
  summary: 'Score units by an index definition and a data file; prints one JSON document',
  help: [
    ['--definition ID|FILE', 'an edition of `index list`, or a definition file (JSON)'],
    ['--data FILE', 'CSV: unit,indicator,value or unit,<indicator>,…; optional column period; empty = missing'],
    [
      '--bounds FILE',
      'CSV: indicator,min,max, or scoring data of other periods, for fixed, cumulative and pooled bounds',
    ],
    ['--explain', 'also every step from total to indicator; without --json as text'],
    ['--normalised', 'also the normalised scores of indicators'],
  ],
  runBare: async ({ io, values, json }) => {
    const { definition, sha256 } = await loadIndex(required(values['definition'], '--definition'))
    const file = readScoringData(await readDataFile(required(values['data'], '--data')), definition)
    const given =
      typeof values['bounds'] === 'string' ? readBounds(await readDataFile(values['bounds']), definition) : undefined
    const scored = scorePeriods(definition, file.periods, given?.bounds)

    sayIgnored(io, 'Not in the definition, ignored', file.ignored)
    if (given !== undefined) {
      sayIgnored(io, 'Bounds of what is not in the definition, ignored', given.ignored)
      const fast = definition.indicators.filter(
        ({ code, normalise }) => given.bounds.has(code) && !takesBounds(normalise),
      )
      const why = 'Bounds without effect, as the definition fixes both ends or takes those of the sample'
      sayIgnored(
        io,
        why,
        fast.map(({ code }) => code),
      )
    }
    const runs = scored.map((run) => ({ ...run, label: run.period === null ? {} : { period: run.period } }))
    const notes = runs.flatMap(({ label, scored }) => scored.notes.map((note) => ({ ...label, ...note })))
    for (const note of notes.slice(0, 20)) io.err(`${note.at}: ${note.code} (${note.units} units)`)
    if (notes.length > 20) io.err(`… and ${notes.length - 20} more notes in the document`)
    const explain = values['explain'] === true
    const explained = explain
      ? runs.flatMap(({ label, scored }) =>
          scored.units.map((unit, u) => ({ unit, ...label, steps: explainUnit(scored, u) })),
        )
      : []
    const document = {
      definition: definition.id,
      sha256,
      scores: runs.flatMap(({ label, scored }) =>
        scoreRows(scored, values['normalised'] === true).map(({ unit, ...row }) => ({ unit, ...label, ...row })),
      ),
      notes,
      ignored: file.ignored,
      ...(explain ? { explain: explained } : {}),
    }
    if (json || !explain) return { json: document, text: `${JSON.stringify(document)}\n` }
    return { json: document, text: explained.map((one) => explainText(definition, one)).join('\n') }
  },
}

function sayIgnored(io: Io, what: string, names: readonly string[]): void {
  if (names.length === 0) return
  const more = names.length > 20 ? ` and ${names.length - 20} more` : ''
  io.err(`${what}: ${names.slice(0, 20).join(', ')}${more}`)
}

function required(value: string | boolean | undefined, option: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new UsageError(`${option} is missing. See: cli index score --help`)
}
