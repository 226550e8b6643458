import { A, createAsync } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { getCampaigns } from '../api/campaigns.ts'
import type { CampaignLine } from '../api/campaign-types.ts'
import type { Page } from '../api/types.ts'
import { day } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PagedTable } from '../shell/paged-table.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { StateMark } from './frame-of-campaign.tsx'
import { say } from './words.ts'

/** All campaigns, newest first. */
export function CampaignsPage() {
  return (
    <div class="page">
      <PageHeading title={say('list.title')} />
      <p class="lead">{say('list.lead')}</p>
      <p>
        <A class="button" href={path.newCampaign()}>
          {say('list.new')}
        </A>
      </p>
      <Boundary>
        <List />
      </Boundary>
    </div>
  )
}

function List() {
  const first = createAsync(() => getCampaigns(null))
  return (
    <Show keyed when={first()}>
      {(page) => (
        <Show when={page.items.length > 0} fallback={<Nothing />}>
          <Rows first={page} />
        </Show>
      )}
    </Show>
  )
}

function Nothing() {
  return (
    <div class="empty">
      <p>{say('list.none')}</p>
      <ol>
        <For each={['basics', 'frame', 'draw', 'open', 'letters', 'field'] as const}>
          {(step) => <li>{say(`list.step.${step}`)}</li>}
        </For>
      </ol>
    </div>
  )
}

function Rows(props: { first: Page<CampaignLine> }) {
  return (
    <PagedTable
      first={props.first}
      load={getCampaigns}
      caption={say('list.title')}
      captionHidden
      class="wide-first"
      head={
        <>
          <th scope="col">{say('basics.title')}</th>
          <th scope="col">{say('list.state')}</th>
          <th scope="col">{say('basics.opensOn')}</th>
          <th scope="col">{say('basics.closesOn')}</th>
          <th scope="col">{say('basics.questionnaire')}</th>
        </>
      }
    >
      {(one) => (
        <tr>
          <th scope="row">
            <A href={path.campaign(one.id)}>{one.title}</A>
            <span class="cell-note">{say(`population.${one.population}`)}</span>
          </th>
          <td>
            <StateMark state={one.state} />
          </td>
          <td class="code">{day(one.opensOn, locale())}</td>
          <td class="code">{day(one.closesOn, locale())}</td>
          <td>{say('questionnaire.version', { code: one.questionnaire.code, version: one.questionnaire.version })}</td>
        </tr>
      )}
    </PagedTable>
  )
}
