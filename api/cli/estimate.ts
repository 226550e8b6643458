import { readFile } from 'node:fs/promises'
import { OptionsError } from '../core/analysis/method.ts'
import { estimateDesign, parseDesign, type SurveyEstimate } from '../core/survey/estimate-design.ts'
import { type BareCommand, UsageError } from './command.ts'
import { readDataFile } from './data-file.ts'
import { explainFault } from './data-sentences.ts'

export const estimateCommand: BareCommand = {
  words: 'estimate',
  takes: [],
  options: { design: { type: 'string' }, data: { type: 'string' } },
  summary: 'Estimate means, totals, ratios, shares and quantiles of a survey from its design and a CSV file',
  help: [
    [
      '--design FILE',
      'JSON: { strata?, clusters?, fpc?, weight?, lonely?, calibrate?, standardise?, trim?, ask: [{ statistic, y, x?, p?, by?, where?, interval? }] }',
    ],
    ['--data FILE', 'delimited file with a header row (UTF-8; comma, semicolon or tab; empty or NA is missing)'],
  ],
  async runBare({ values }) {
    if (typeof values.design !== 'string') throw new UsageError('estimate needs --design FILE. See --help.')
    if (typeof values.data !== 'string') throw new UsageError('estimate needs --data FILE. See --help.')
    const design = values.design
    try {
      const spec = parseDesign(await readJson(design))
      const estimates = estimateDesign(await readDataFile(values.data), spec)
      return { json: estimates, text: asCsv(estimates) }
    } catch (error) {
      if (!(error instanceof OptionsError)) throw error
      throw new UsageError(
        error.faults
          .map(({ path, code }) => explainFault(`${design}${path === '' ? '' : ` ${path}`}: ${code}`, code))
          .join('\n'),
        { cause: error },
      )
    }
  },
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new OptionsError([{ path: '', code: 'not_json' }])
  }
}

/** One line for each estimate; the columns of every group come first. */
function asCsv(estimates: readonly SurveyEstimate[]): string {
  const groups = [...new Set(estimates.flatMap(({ by }) => Object.keys(by ?? {})))]
  const columns = [
    'statistic',
    'y',
    'level',
    'p',
    'n',
    'est',
    'se',
    'lo',
    'hi',
    'df',
    'nEff',
    'deff',
    'method',
    'suppressed',
  ] as const
  const rows = estimates.map((estimate) => [
    ...groups.map((column) => estimate.by?.[column] ?? ''),
    ...columns.map((column) => String(estimate[column] ?? '')),
  ])
  return `${[[...groups, ...columns], ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`
}

const quoted = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
