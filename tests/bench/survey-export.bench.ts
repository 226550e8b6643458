import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawCampaign } from '../../api/campaigns/draw.ts'
import { openCampaign } from '../../api/campaigns/open.ts'
import { createCampaign } from '../../api/campaigns/write.ts'
import { weighCampaign } from '../../api/results/weigh.ts'
import { exportSurvey } from '../../api/exports/survey.ts'
import type { Format } from '../../api/exports/survey-formats.ts'
import { shippedQuestionnaires } from '../../db/seeds/questionnaires/shipped.ts'
import { refreshStatistics } from '../../db/statistics.ts'
import { quantile, type Benchmark, type Measurement } from '../support/benchmark.ts'
import { bringFrame, campaignInput, firms, FRAME_DESIGN } from '../support/campaign.ts'
import { fillAnswers } from '../support/survey-answers.ts'
import { buildWorld } from '../support/world.ts'
import { runCliAlone } from './support/cli-run.ts'
import { benchDatabase } from './support/database.ts'
import { sayAnswers } from './support/said-answers.ts'

const COPIED = 'id, mode, form, answers, item_ms, stratum, psu, attributes, weight'
const WAYS: readonly { name: string; format: Format; labels: 'vi' | null }[] = [
  { name: 'CSV, codes', format: 'csv', labels: null },
  { name: 'CSV, words', format: 'csv', labels: 'vi' },
  { name: 'SPSS', format: 'sav', labels: 'vi' },
  { name: 'XLSX', format: 'xlsx', labels: 'vi' },
]

/**
 * Export of a campaign's answers (business survey, some eighty columns) in each format, weighing included, beside COPY of the
 * answers' rows into a file of the server; in turns (`--rounds`, 5), medians. Then peak memory of the command line with `--answers`
 * (12,000) and with five times as many.
 */
export const benchmark: Benchmark = async (options) => {
  const answers = options.number('answers', 12_000)
  const sampled = Math.max(options.number('sampled', 50_000), 5 * answers)
  const database = await benchDatabase()
  const world = await buildWorld(database)
  const { services, sql, tenant } = world
  const by = { tenantId: tenant.id, actor: 'bench' }
  try {
    const questionnaire = shippedQuestionnaires.find(({ code }) => code === 'business-survey')
    if (!questionnaire) throw new Error('no business survey ships')
    const design = {
      ...FRAME_DESIGN,
      allocation: { kind: 'proportional' as const, total: sampled, minimum: 2 },
      reserve: 0,
    }
    const { campaign } = await createCampaign(services, by, campaignInput({ design }))
    options.progress('frame, sample and secrets')
    await bringFrame(world, campaign.id, firms(sampled + 1000))
    await drawCampaign(services, by, campaign.id, 1)
    await openCampaign(services, by, campaign.id)
    const about = { tenantId: tenant.id, id: campaign.id, questionnaire }
    await fillAnswers(sql, about, { complete: answers, partial: 0 })
    await sayAnswers(sql, services.tokenKeys, about)
    await refreshStatistics(database.ownerUrl)

    const seconds: Record<string, number[]> = {}
    const taken: Record<string, { own: number[]; database: number[] }> = {}
    const timed = async (name: string, work: () => Promise<unknown>) => {
      const [cpu, server, started] = [process.cpuUsage(), database.processorSeconds(), performance.now()]
      await work()
      ;(seconds[name] ??= []).push((performance.now() - started) / 1000)
      const { user, system } = process.cpuUsage(cpu)
      const { own, database: other } = (taken[name] ??= { own: [], database: [] })
      own.push((user + system) / answers)
      other.push((((database.processorSeconds() ?? NaN) - (server ?? NaN)) * 1e6) / answers)
    }
    const copy = join(tmpdir(), `lang-nghe-survey-${process.pid}.copy`)
    const key = { tenantId: tenant.id, campaignId: campaign.id }
    const rounds = options.number('rounds', 5)
    for (let turn = 0; turn < rounds; turn += 1) {
      options.progress(`turn ${turn + 1} of ${rounds}`)
      await timed('copy', () => sql.unsafe(`copy (select ${COPIED} from survey_answer) to '${copy}'`))
      await timed('weights', () => services.db.withTenant(tenant.id, (trx) => weighCampaign(trx, key)))
      for (const { name, format, labels } of WAYS) {
        const choice = { format, part: 'answers', look: { labels, bom: false, separator: ',' } } as const
        await timed(name, async () => {
          const { head, body } = await exportSurvey(services, by, campaign.id, choice)
          for await (const _ of body) continue
          if (head.rows() !== answers) throw new Error(`${head.rows()} of ${answers}`)
        })
      }
    }
    rmSync(copy, { force: true })
    const middle = (all: number[] = []) =>
      quantile(
        all.toSorted((a, b) => a - b),
        0.5,
      )
    const median = (name: string) => middle(seconds[name])
    const cpu = (name: string) =>
      `processor time a row ${middle(taken[name]?.own).toFixed(0)} µs here, ${middle(taken[name]?.database).toFixed(0)} µs of the database`
    const baseline = { name: 'COPY TO of the answers', value: answers / median('copy') }
    const measured: Measurement[] = WAYS.map(({ name }) => ({
      name: `${name}, ${answers} answers`,
      unit: 'rows/s',
      value: answers / median(name),
      baseline,
      note: `${median(name).toFixed(2)} s, of which weighing ${median('weights').toFixed(2)} s; ${cpu(name)}`,
    }))

    const peaks = new Map<string, number>()
    for (const size of [answers, 5 * answers]) {
      if (size > answers) {
        await sql`delete from survey_answer`
        await sql`delete from survey_private`
        await fillAnswers(sql, about, { complete: size, partial: 0 })
        await sayAnswers(sql, services.tokenKeys, about)
      }
      for (const { name, format } of WAYS.filter(({ labels, format }) => labels !== null || format === 'csv')) {
        const file = join(tmpdir(), `lang-nghe-survey-${process.pid}-${size}-${peaks.size}-${name.length}.${format}`)
        const words = ['export', 'survey', file, '--campaign', String(campaign.id), '--format', format, '--json']
        const { peakMb } = await runCliAlone(database, ...words)
        rmSync(file, { force: true })
        const small = peaks.get(name)
        measured.push({
          name: `peak memory, ${name}, ${size} answers`,
          unit: 'MB',
          value: peakMb,
          ...(small === undefined ? {} : { baseline: { name: `${answers} answers`, value: small } }),
        })
        peaks.set(name, small ?? peakMb)
      }
    }
    return measured
  } finally {
    await world.stop()
    await database.drop()
  }
}
