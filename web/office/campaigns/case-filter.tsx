import { A, createAsync, useNavigate } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { getInterviewers, getStrata } from '../api/campaigns.ts'
import type { Campaign, CaseQuery } from '../api/campaign-types.ts'
import { path } from '../path.ts'
import { DISPOSITIONS } from './dispositions.ts'
import { InputField, SelectField } from './parts.tsx'
import { say } from './words.ts'

const STATES = ['open', 'partial', 'complete'] as const
const ASKED = ['code', 'stratum', 'state', 'disposition', 'interviewer'] as const

/** Which cases are listed; the choice lives in the address, so that it can be sent to a colleague. */
export function CaseFilter(props: { campaign: Campaign; asked: CaseQuery }) {
  const navigate = useNavigate()
  const strata = createAsync(() => getStrata(props.campaign.id))
  const people = createAsync(() => getInterviewers())
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const wanted = Object.fromEntries(ASKED.map((name) => [name, String(form.get(name) ?? '').trim()]))
    navigate(path.campaignCases(props.campaign.id, wanted))
  }
  const isFiltered = () => ASKED.some((name) => props.asked[name] !== '')
  return (
    <form class="toolbar filter-bar" role="search" aria-label={say('cases.search')} onSubmit={submit}>
      <InputField label={say('cases.code')} name="code" type="search" maxlength={64} value={props.asked.code} />
      <SelectField label={say('stratum')} name="stratum">
        <option value="">{say('cases.all')}</option>
        <For each={(strata() ?? []).filter(({ stratum }) => stratum !== '')}>
          {({ stratum }) => (
            <option value={stratum} selected={props.asked.stratum === stratum}>
              {stratum}
            </option>
          )}
        </For>
      </SelectField>
      <SelectField label={say('cases.state')} name="state">
        <option value="">{say('cases.all')}</option>
        <For each={STATES}>
          {(state) => (
            <option value={state} selected={props.asked.state === state}>
              {say(`case.${state}`)}
            </option>
          )}
        </For>
      </SelectField>
      <SelectField label={say('cases.disposition')} name="disposition">
        <option value="">{say('cases.all')}</option>
        <For each={DISPOSITIONS}>
          {(disposition) => (
            <option value={disposition} selected={props.asked.disposition === disposition}>
              {say(`disposition.${disposition}`)}
            </option>
          )}
        </For>
      </SelectField>
      <SelectField label={say('cases.interviewer')} name="interviewer">
        <option value="">{say('cases.all')}</option>
        <option value="none" selected={props.asked.interviewer === 'none'}>
          {say('cases.nobody')}
        </option>
        <For each={people()}>
          {(person) => (
            <option value={person.id} selected={props.asked.interviewer === person.id}>
              {person.name}
            </option>
          )}
        </For>
      </SelectField>
      <button type="submit" class="button">
        {say('cases.find')}
      </button>
      <Show when={isFiltered()}>
        <A class="button" data-kind="quiet" href={path.campaign(props.campaign.id, 'doi-tuong')}>
          {say('cases.clear')}
        </A>
      </Show>
    </form>
  )
}
