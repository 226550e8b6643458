import { createAsync } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { getEvents } from '../api/campaigns.ts'
import type { CampaignEvent } from '../api/campaign-types.ts'
import type { Page } from '../api/types.ts'
import { count, day, decimal, instant } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PagedTable } from '../shell/paged-table.tsx'
import { CampaignFrame } from './frame-of-campaign.tsx'
import { stratumName } from './strata-table.tsx'
import { say, sayIf } from './words.ts'

/** Everything that was done in a campaign, by whom. */
export function LogPage() {
  return (
    <CampaignFrame tab="nhat-ky">
      {(campaign) => (
        <>
          <p class="lead">{say('log.lead')}</p>
          <Boundary>
            <List id={campaign().id} />
          </Boundary>
        </>
      )}
    </CampaignFrame>
  )
}

function List(props: { id: number }) {
  const first = createAsync(() => getEvents(props.id, null))
  return (
    <Show keyed when={first()}>
      {(page) => <Rows id={props.id} first={page} />}
    </Show>
  )
}

function Rows(props: { id: number; first: Page<CampaignEvent> }) {
  return (
    <PagedTable
      first={props.first}
      load={(cursor) => getEvents(props.id, cursor)}
      caption={say('log.caption')}
      captionHidden
      class="compact"
      head={
        <>
          <th scope="col">{say('log.at')}</th>
          <th scope="col">{say('log.by')}</th>
          <th scope="col">{say('log.what')}</th>
        </>
      }
    >
      {(event) => (
        <tr>
          <th scope="row" class="code">
            {instant(event.at, locale())}
          </th>
          <td>{event.by === 'job' ? say('log.job') : event.by}</td>
          <td>
            {sentenceOf(event)}
            <For each={notesOf(event)}>{(note) => <span class="cell-note">{note}</span>}</For>
          </td>
        </tr>
      )}
    </PagedTable>
  )
}

/** What was done, with the numbers of its detail as people write them. */
function sentenceOf({ action, detail }: CampaignEvent): string {
  const values = Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [name, written(name, value)] as const),
  )
  return sayIf(`event.${action}`, values) ?? action
}

function written(name: string, value: unknown): string {
  if (typeof value === 'number') return name === 'seed' ? String(value) : count(value, locale())
  if (typeof value !== 'string') return value === null ? '–' : ''
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return day(value, locale())
  if (name === 'stratum') return stratumName(value)
  if (name === 'sha256' || name === 'frame') return value.slice(0, 12)
  return sayIf(`disposition.${value}`) ?? sayIf(`mailing.${value}`) ?? value
}

function notesOf({ action, detail }: CampaignEvent): string[] {
  if (action === 'quality_rules' && Array.isArray(detail['after'])) {
    const rules = detail['after'] as { code: string; limit: number }[]
    return rules.map(({ code, limit }) =>
      say('log.rule', { rule: sayIf(`rule.${code}`) ?? code, limit: decimal(limit, limit < 1 ? 2 : 0, locale()) }),
    )
  }
  if (action !== 'changed') return []
  return [
    ...(detail['frameForgotten'] === true ? [say('log.frameForgotten')] : []),
    ...(detail['drawForgotten'] === true ? [say('log.drawForgotten')] : []),
    ...(typeof detail['closesOn'] === 'string' && detail['closesOn'] !== detail['before']
      ? [say('log.moved', { from: written('', detail['before']), to: written('', detail['closesOn']) })]
      : []),
    ...(typeof detail['quotas'] === 'number' ? [say('log.quotas', { n: count(detail['quotas'], locale()) })] : []),
  ]
}
