import { createAsync, useSearchParams } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { getCases, putDisposition } from '../api/campaigns.ts'
import type { Campaign, Case, CaseQuery, Disposition } from '../api/campaign-types.ts'
import type { Page } from '../api/types.ts'
import { count, day } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PagedTable } from '../shell/paged-table.tsx'
import { AssignForm } from './assign-form.tsx'
import { CaseFilter } from './case-filter.tsx'
import { Conflicts } from './conflicts.tsx'
import { DISPOSITIONS } from './dispositions.ts'
import { CampaignFrame } from './frame-of-campaign.tsx'
import { Refusal } from './parts.tsx'
import { stratumName } from './strata-table.tsx'
import { say } from './words.ts'

/** Who is asked, what is known of each, and who interviews them. Names and addresses never stand here. */
export function CasesPage() {
  return (
    <CampaignFrame tab="doi-tuong">
      {(campaign) => (
        <Show when={campaign().state !== 'draft'} fallback={<p class="empty">{say('field.notOpen')}</p>}>
          <p class="lead">{say('cases.lead')}</p>
          <Boundary>
            <Conflicts campaign={campaign()} />
          </Boundary>
          <Cases campaign={campaign()} />
          <Show when={campaign().state === 'open'}>
            <Boundary>
              <AssignForm campaign={campaign()} />
            </Boundary>
          </Show>
        </Show>
      )}
    </CampaignFrame>
  )
}

function Cases(props: { campaign: Campaign }) {
  const [search] = useSearchParams<Partial<Record<keyof CaseQuery, string>>>()
  const asked = (): CaseQuery => ({
    code: search.code ?? '',
    stratum: search.stratum ?? '',
    state: search.state ?? '',
    disposition: search.disposition ?? '',
    interviewer: search.interviewer ?? '',
  })
  return (
    <section aria-labelledby="cases">
      <h2 id="cases">{say('cases.title')}</h2>
      <Boundary>
        <CaseFilter campaign={props.campaign} asked={asked()} />
      </Boundary>
      <Boundary>
        <List campaign={props.campaign} asked={asked()} />
      </Boundary>
    </section>
  )
}

function List(props: { campaign: Campaign; asked: CaseQuery }) {
  const first = createAsync(() => getCases(props.campaign.id, props.asked, null))
  return (
    <Show keyed when={first()}>
      {(page) => (
        <Show when={page.items.length > 0} fallback={<p class="empty">{say('cases.none')}</p>}>
          <Rows campaign={props.campaign} asked={props.asked} first={page} />
        </Show>
      )}
    </Show>
  )
}

function Rows(props: { campaign: Campaign; asked: CaseQuery; first: Page<Case> }) {
  return (
    <PagedTable
      first={props.first}
      load={(cursor) => getCases(props.campaign.id, props.asked, cursor)}
      caption={say('cases.caption')}
      captionHidden
      class="compact"
      head={
        <For each={['case', 'state', 'disposition', 'interviewer', 'letters'] as const}>
          {(column) => <th scope="col">{say(`cases.${column}`)}</th>}
        </For>
      }
    >
      {(one) => <Row campaign={props.campaign} one={one} />}
    </PagedTable>
  )
}

function Row(props: { campaign: Campaign; one: Case }) {
  const letters = () =>
    props.one.lastLetterAt === null
      ? say('cases.noLetter')
      : say('cases.lettersOf', { n: count(props.one.letters, locale()), day: day(props.one.lastLetterAt, locale()) })
  const about = () =>
    [
      stratumName(props.one.stratum),
      props.one.unit?.name ?? '',
      props.one.role === 'replacement' ? say('cases.replacement') : '',
    ]
      .filter((part) => part !== '')
      .join(', ')
  return (
    <tr>
      <th scope="row">
        <span class="code">{props.one.code}</span>
        <span class="cell-note">{about()}</span>
      </th>
      <td>
        {say(`case.${props.one.state}`)}
        <Show when={props.one.answeredAt}>{(at) => <span class="cell-note">{day(at(), locale())}</span>}</Show>
      </td>
      <td>
        <Show
          when={props.campaign.state === 'open' && props.one.state !== 'complete'}
          fallback={say(`disposition.${props.one.disposition}`)}
        >
          <DispositionChoice campaign={props.campaign} one={props.one} />
        </Show>
      </td>
      <td>{props.one.interviewer?.name ?? say('cases.nobody')}</td>
      <td>{letters()}</td>
    </tr>
  )
}

/** Noting what is known of a case that has not answered. It can be set back, so it does not ask. */
function DispositionChoice(props: { campaign: Campaign; one: Case }) {
  const [chosen, setChosen] = createSignal<Disposition>(props.one.disposition)
  const [state, setState] = createSignal<'idle' | 'busy' | 'saved'>('idle')
  const [failure, setFailure] = createSignal<unknown>(null)
  const save = async (disposition: Disposition) => {
    const before = chosen()
    setChosen(disposition)
    setFailure(null)
    setState('busy')
    try {
      await putDisposition(props.campaign.id, props.one.id, disposition)
      setState('saved')
    } catch (error) {
      setChosen(before)
      setFailure(() => error)
      setState('idle')
    }
  }
  return (
    <>
      <select
        aria-label={say('cases.dispositionOf', { code: props.one.code })}
        onChange={(event) => {
          const disposition = DISPOSITIONS.find((one) => one === event.currentTarget.value)
          if (disposition !== undefined) void save(disposition)
        }}
      >
        <For each={DISPOSITIONS}>
          {(disposition) => (
            <option value={disposition} selected={chosen() === disposition}>
              {say(`disposition.${disposition}`)}
            </option>
          )}
        </For>
      </select>
      <span class="cell-note" role="status">
        {state() === 'saved' ? say('saved') : ''}
      </span>
      <Show when={failure()}>{(error) => <Refusal error={error()} />}</Show>
    </>
  )
}
