import { A, createAsync, useParams } from '@solidjs/router'
import { For, Show, type Accessor, type JSX } from 'solid-js'
import { getCampaign } from '../api/campaigns.ts'
import type { Campaign, CampaignState } from '../api/campaign-types.ts'
import { path, type CampaignTab } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { say } from './words.ts'

const DRAFT_TABS = ['', 'danh-sach-goc', 'chon-mau', 'thu', 'han-muc', 'nhat-ky'] as const
const FIELD_TABS = [
  '',
  'tien-do',
  'doi-tuong',
  'thu',
  'chon-mau',
  'han-muc',
  'danh-sach-goc',
  'so-ma',
  'nhat-ky',
] as const

/** One part of a campaign: heading, state, the other parts, and what `children` make of the campaign. */
export function CampaignFrame(props: { tab: CampaignTab; children: (campaign: Accessor<Campaign>) => JSX.Element }) {
  const params = useParams<{ id: string }>()
  const campaign = createAsync(() => getCampaign(Number(params.id)))
  return (
    <Boundary page>
      <Show when={campaign()}>
        {(known) => (
          <div class="page campaign">
            <header class="campaign-head">
              <PageHeading title={say(`heading.${props.tab}`, { title: known().title })} />
              <StateMark state={known().state} />
            </header>
            <Tabs campaign={known()} />
            {props.children(known)}
          </div>
        )}
      </Show>
    </Boundary>
  )
}

function Tabs(props: { campaign: Campaign }) {
  const tabs = (): readonly CampaignTab[] => (props.campaign.state === 'draft' ? DRAFT_TABS : FIELD_TABS)
  return (
    <nav class="tabs" aria-label={say('tabs')}>
      <ul>
        <For each={tabs()}>
          {(tab) => (
            <li>
              <A href={path.campaign(props.campaign.id, tab)} end>
                {say(`tab.${tab}`)}
              </A>
            </li>
          )}
        </For>
        <Show when={props.campaign.state !== 'draft'}>
          <li>
            <A href={path.paper(props.campaign.id)}>{say('tab.phieu-giay')}</A>
          </li>
          <li>
            <A href={path.results(props.campaign.id)}>{say('tab.ket-qua')}</A>
          </li>
        </Show>
      </ul>
    </nav>
  )
}

/** The state in words, with a frame of its own for each. */
export function StateMark(props: { state: CampaignState }) {
  return (
    <span class="state-mark" data-state={props.state}>
      {say(`state.${props.state}`)}
    </span>
  )
}
