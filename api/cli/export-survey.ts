import { createHash } from 'node:crypto'
import { PARTS } from '../core/export/columns.ts'
import { exportSurvey, surveyCodebook } from '../exports/survey.ts'
import { codebookCsv, FORMATS } from '../exports/survey-formats.ts'
import type { Written } from '../exports/write.ts'
import { type Command, UsageError } from './command.ts'
import { csvLook, LOOK, LOOK_HELP, saveExport, toldExport, wordsLanguage } from './export-file.ts'
import { keepHeapSmall } from './small-heap.ts'

const SOURCES = [...PARTS, 'codebook'] as const

export const exportSurveyCommand: Command = {
  words: 'export survey',
  takes: ['[FILE]'],
  options: {
    ...LOOK,
    campaign: { type: 'string' },
    format: { type: 'string' },
    part: { type: 'string' },
    labels: { type: 'string' },
  },
  summary:
    'Complete answers of a campaign with weights and design, as CSV, XLSX or an SPSS system file; noted in its log',
  help: [
    ['--campaign ID', 'number of the campaign'],
    ['--format F', `${FORMATS.join(', ')}; csv when not given`],
    ['--part P', `${SOURCES.join(', ')}; answers when not given: docs/exports.md`],
    ['--labels vi|en', 'words in place of codes; of a system file, the language of its labels'],
    ...LOOK_HELP,
  ],
  async run(call) {
    const { values, services } = call
    const { part = 'answers', format = 'csv', campaign } = values
    const found = SOURCES.find((one) => one === part)
    const form = FORMATS.find((one) => one === format)
    if (found === undefined) throw new UsageError(`--part takes ${SOURCES.join(', ')}.`)
    if (form === undefined) throw new UsageError(`--format takes ${FORMATS.join(', ')}.`)
    if (campaign === undefined || !/^\d{1,15}$/.test(String(campaign)))
      throw new UsageError('--campaign takes the number of a campaign.')
    if (call.files[0] === undefined && form !== 'csv') throw new UsageError(`--format ${form} needs a file.`)
    const look = { ...csvLook(call), labels: wordsLanguage(values.labels) }
    const campaignId = Number(campaign)
    const tenant = await call.tenant()
    keepHeapSmall()
    const done = await saveExport(call, async (take): Promise<Written> => {
      const hash = createHash('sha256')
      let bytes = 0
      const put = async (piece: Uint8Array): Promise<void> => {
        hash.update(piece)
        bytes += piece.length
        await take(piece)
      }
      if (found === 'codebook') {
        const { parts } = await surveyCodebook(services, { tenantId: tenant.id, campaignId })
        await put(Buffer.from(codebookCsv(parts)))
        return { rows: parts.reduce((sum, { columns }) => sum + columns.length, 0), bytes, sha256: hash.digest('hex') }
      }
      const by = { tenantId: tenant.id, actor: 'cli' }
      const { head, body } = await exportSurvey(services, by, campaignId, { format: form, part: found, look })
      for await (const piece of body) await put(piece)
      return { rows: head.rows(), bytes, sha256: hash.digest('hex') }
    })
    return toldExport(call, done)
  },
}
