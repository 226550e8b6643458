import { csvText } from '../exports/csv.ts'
import { listInvitations } from '../invitations/list.ts'
import { readServerSettings } from '../node/server-settings.ts'
import { type Call, type Command, UsageError } from './command.ts'

const PAGE_ROWS = 1000
const COLUMNS = ['link', 'ma_ho_so', 'ma_tthc', 'ten_tthc', 'don_vi', 'su_kien', 'ngay', 'het_han'] as const
type Invitation = Awaited<ReturnType<typeof listInvitations>>['items'][number]

export const exportInvitationsCommand: Command = {
  words: 'invitations export',
  takes: [],
  options: { since: { type: 'string' } },
  summary: 'Links to print or send, for every event that waits for an answer, as CSV on standard output',
  help: [
    ['--since DATE', 'only what was invited from this day (YYYY-MM-DD, Vietnam) or time (ISO 8601 with offset) on'],
  ],
  async run(call) {
    const since = readSince(call.values.since)
    const tenant = await call.tenant()
    const origin = originOf(call)
    const { out } = call.io
    await out(call.json ? '{"items":[' : `${COLUMNS.join(',')}\r\n`)
    let cursor: string | null = null
    let count = 0
    // page by page and never the whole: a province has millions
    do {
      const page: Awaited<ReturnType<typeof listInvitations>> = await listInvitations(call.services, tenant.id, {
        since,
        origin,
        limit: PAGE_ROWS,
        ...(cursor === null ? {} : { cursor }),
      })
      const rows = page.items.map((item, i) =>
        call.json ? `${count + i > 0 ? ',' : ''}${JSON.stringify(item)}` : csvLine(item),
      )
      if (rows.length > 0) await out(rows.join(''))
      count += rows.length
      cursor = page.next
    } while (cursor !== null)
    if (call.json) await out(']}\n')
    call.io.err(`${count} links`)
    return null
  },
}

function readSince(text: string | boolean | undefined): Date | null {
  if (text === undefined) return null
  const since =
    typeof text === 'string' && /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
      ? text
      : ''
  const date = new Date(since.length === 10 ? `${since}T00:00:00+07:00` : since)
  if (Number.isNaN(date.getTime())) throw new UsageError('--since takes a day YYYY-MM-DD or a time with offset.')
  return date
}

function originOf({ services, io }: Call): string {
  if (services.publicUrl !== null) return services.publicUrl.replace(/\/$/, '')
  const { HOST, PORT } = readServerSettings(io.env)
  const origin = `http://${HOST}:${PORT}`
  io.err(`PUBLIC_URL is not set, so the links begin with ${origin} and open on this machine only.`)
  return origin
}

function csvLine({ url, dossier, procedure, unit, event, day, expiresAt }: Invitation): string {
  return `${[url, dossier, procedure.code, procedure.name, unit.name, event, day, expiresAt].map(csvText).join(',')}\r\n`
}
