import { createAsync, useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { getInvitations } from '../api/queries.ts'
import type { Invitation, Page } from '../api/types.ts'
import { csvFile, download } from '../lib/csv.ts'
import { count, day } from '../lib/format.ts'
import { hasKey, keyOr, locale, t } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { ErrorNotice } from '../shell/error-notice.tsx'
import { PagedTable } from '../shell/paged-table.tsx'
import { PageHeading } from '../shell/page-heading.tsx'

const eventName = (event: string): string =>
  hasKey(`event.${event}`) ? t(keyOr(`event.${event}`, 'event.returned')) : event

/** Thirty days back from the browser's own day: the slips of the last month are the ones still to be handed out. */
function defaultSince(): string {
  const at = new Date()
  at.setDate(at.getDate() - 30)
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
}

/** The links to print or send. */
export function InvitationsPage() {
  const navigate = useNavigate()
  const [search] = useSearchParams<{ since?: string }>()
  const since = () => (/^\d{4}-\d{2}-\d{2}$/.test(search.since ?? '') ? (search.since ?? '') : defaultSince())
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    navigate(path.invitations(String(new FormData(event.currentTarget).get('since') ?? '')))
  }
  return (
    <div class="page">
      <PageHeading title={t('invitations.title')} />
      <p class="lead">{t('invitations.lead')}</p>
      <p class="caution">{t('invitations.secret')}</p>
      <form class="toolbar" onSubmit={submit}>
        <div class="field">
          <label for="since">{t('invitations.since')}</label>
          <input id="since" name="since" type="date" required value={since()} />
        </div>
        <button type="submit" class="button" data-kind="quiet">
          {t('invitations.show')}
        </button>
      </form>
      <Boundary>
        <InvitationList since={since()} />
      </Boundary>
    </div>
  )
}

function InvitationList(props: { since: string }) {
  const first = createAsync(() => getInvitations(props.since, null))
  return (
    <Show keyed when={first()}>
      {(page) => (
        <Show when={page.items.length > 0} fallback={<p class="empty">{t('invitations.none')}</p>}>
          <Download since={props.since} first={page} />
          <Rows since={props.since} first={page} />
        </Show>
      )}
    </Show>
  )
}

const HEADER = ['ma_ho_so', 'buoc', 'lan', 'ma_tthc', 'ten_tthc', 'don_vi', 'noi_tiep_nhan', 'het_han', 'duong_dan']

const csvRow = (one: Invitation): (string | number)[] => [
  one.dossier,
  eventName(one.event),
  one.n,
  one.procedure.code,
  one.procedure.name,
  one.unit.name,
  one.receivingUnit.name,
  day(one.expiresAt, 'vi'),
  one.url,
]

/** Gathers every page of the list and hands it over as one CSV file; nothing is written on the server. */
function Download(props: { since: string; first: Page<Invitation> }) {
  const [busy, setBusy] = createSignal(false)
  const [collected, setCollected] = createSignal<number | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const run = async () => {
    if (busy()) return
    setBusy(true)
    setFailure(null)
    try {
      const rows = props.first.items.map(csvRow)
      let next = props.first.next
      setCollected(rows.length)
      while (next !== null) {
        const page: Page<Invitation> = await getInvitations(props.since, next)
        rows.push(...page.items.map(csvRow))
        next = page.next
        setCollected(rows.length)
      }
      download(`giay-moi-tu-${props.since}.csv`, csvFile([HEADER, ...rows]))
    } catch (error) {
      setFailure(() => error)
      setCollected(null)
    } finally {
      setBusy(false)
    }
  }
  const progress = () => {
    const n = collected()
    if (n === null) return ''
    return t(busy() ? 'invitations.downloading' : 'invitations.downloaded', { n: count(n, locale()) })
  }
  return (
    <div class="download">
      <button type="button" class="button" aria-disabled={busy()} onClick={() => void run()}>
        {t('invitations.download')}
      </button>
      <p role="status">{progress()}</p>
      <Show when={failure()}>{(error) => <ErrorNotice error={error()} />}</Show>
    </div>
  )
}

function Rows(props: { since: string; first: Page<Invitation> }) {
  return (
    <PagedTable
      first={props.first}
      load={(cursor) => getInvitations(props.since, cursor)}
      caption={t('invitations.caption', { since: day(props.since, locale()) })}
      class="compact"
      head={
        <>
          <th scope="col">{t('import.dossier')}</th>
          <th scope="col">{t('invitations.event')}</th>
          <th scope="col">{t('invitations.procedure')}</th>
          <th scope="col">{t('invitations.unit')}</th>
          <th scope="col">{t('invitations.expires')}</th>
          <th scope="col">{t('invitations.link')}</th>
        </>
      }
    >
      {(one) => (
        <tr>
          <th scope="row" class="code">
            {one.dossier}
          </th>
          <td>{eventName(one.event)}</td>
          <td>{one.procedure.name}</td>
          <td>{one.unit.name}</td>
          <td>{day(one.expiresAt, locale())}</td>
          <td>
            <a
              href={one.url}
              target="_blank"
              rel="noopener noreferrer"
              aria-label={t('invitations.open', { dossier: one.dossier })}
            >
              {t('invitations.openShort')}
            </a>
          </td>
        </tr>
      )}
    </PagedTable>
  )
}
