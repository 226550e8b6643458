import { createAsync, revalidate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { assignCases, createInterviewer, getCases, getInterviewers, getStrata } from '../api/campaigns.ts'
import type { Campaign, Interviewer } from '../api/campaign-types.ts'
import { count } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Careful, InputField, Refusal, SelectField } from './parts.tsx'
import { say } from './words.ts'

const n = (value: number) => count(value, locale())
const MOST = 100_000
const reread = () => revalidate([getCases.key, getInterviewers.key])

/** Interviewers with their cases, new accounts, and giving cases to them. */
export function AssignForm(props: { campaign: Campaign }) {
  const people = createAsync(() => getInterviewers())
  return (
    <section aria-labelledby="interviewers">
      <h2 id="interviewers">{say('people.title')}</h2>
      <p>{say('people.lead', { address: location.origin + path.interviews() })}</p>
      <Show when={people()}>
        {(known) => (
          <>
            <Show when={known().length > 0} fallback={<p class="empty">{say('people.none')}</p>}>
              <People of={known()} />
              <Give campaign={props.campaign} people={known()} />
            </Show>
            <NewPerson />
          </>
        )}
      </Show>
    </section>
  )
}

function People(props: { of: readonly Interviewer[] }) {
  return (
    <ScrollTable caption={say('people.title')} captionHidden class="compact">
      <thead>
        <tr>
          <th scope="col">{say('people.name')}</th>
          <th scope="col">{say('people.email')}</th>
          <th scope="col" class="number">
            {say('people.cases')}
          </th>
          <th scope="col" class="number">
            {say('people.complete')}
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={props.of}>
          {(person) => (
            <tr>
              <th scope="row">{person.name}</th>
              <td>{person.email}</td>
              <td class="number">{n(person.cases)}</td>
              <td class="number">{n(person.complete)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </ScrollTable>
  )
}

/** Gives cases to somebody, or takes them back: of one stratum or all, those that nobody has or all, so many at most. */
function Give(props: { campaign: Campaign; people: readonly Interviewer[] }) {
  const strata = createAsync(() => getStrata(props.campaign.id))
  const [to, setTo] = createSignal(props.people[0]?.id ?? '')
  const [stratum, setStratum] = createSignal('*')
  const [most, setMost] = createSignal('20')
  const [isUnassigned, setUnassigned] = createSignal(true)
  const [done, setDone] = createSignal<number | null>(null)
  const name = () => props.people.find(({ id }) => id === to())?.name ?? say('cases.nobody')
  const run = async () => {
    const { assigned } = await assignCases(props.campaign.id, {
      interviewer: to() === '' ? null : to(),
      ...(stratum() === '*' ? {} : { stratum: stratum() }),
      unassigned: isUnassigned(),
      most: most() === '' ? MOST : Number(most()),
    })
    setDone(assigned)
    await reread()
  }
  return (
    <form class="card plan-form" onSubmit={(event) => event.preventDefault()}>
      <h3>{say('give.title')}</h3>
      <div class="field-row">
        <SelectField label={say('give.to')} name="to" change={setTo}>
          <For each={props.people}>
            {(person) => (
              <option value={person.id} selected={person.id === to()}>
                {person.name}
              </option>
            )}
          </For>
          <option value="" selected={to() === ''}>
            {say('give.back')}
          </option>
        </SelectField>
        <SelectField label={say('stratum')} name="stratum" change={setStratum}>
          <option value="*">{say('cases.all')}</option>
          <For each={(strata() ?? []).filter((one) => one.stratum !== '')}>
            {(one) => <option value={one.stratum}>{one.stratum}</option>}
          </For>
        </SelectField>
        <InputField
          label={say('give.most')}
          name="most"
          type="number"
          min={1}
          max={MOST}
          value={most()}
          hint={say('give.mostHint')}
          input={setMost}
        />
      </div>
      <label class="choice">
        <input
          type="checkbox"
          checked={isUnassigned()}
          onChange={(event) => setUnassigned(event.currentTarget.checked)}
        />
        <span>{say('give.unassigned')}</span>
      </label>
      <Careful
        label={say('give.button')}
        title={say('give.ask', { name: name() })}
        confirm={say('give.confirm')}
        run={run}
      >
        <p>{say(isUnassigned() ? 'give.what' : 'give.whatAll')}</p>
      </Careful>
      <p role="status">{done() === null ? '' : say('give.done', { n: n(done() ?? 0) })}</p>
    </form>
  )
}

/** An account for somebody who interviews; its password is shown this once. */
function NewPerson() {
  const [made, setMade] = createSignal<{ email: string; password: string | null } | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const [fault, setFault] = createSignal<string | null>(null)
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const [name, email] = [String(data.get('name') ?? '').trim(), String(data.get('email') ?? '').trim()]
    setFailure(null)
    setMade(null)
    setFault(name === '' || !email.includes('@') ? say('people.missing') : null)
    if (fault() !== null) return
    try {
      setMade(await createInterviewer({ name, email }))
      form.reset()
      await reread()
    } catch (error) {
      setFailure(() => error)
    }
  }
  return (
    <details class="how">
      <summary>{say('people.new')}</summary>
      <form class="card plan-form" novalidate onSubmit={(event) => void submit(event)}>
        <div class="field-row">
          <InputField label={say('people.name')} name="name" maxlength={100} fault={fault()} />
          <InputField label={say('people.email')} name="email" type="email" maxlength={254} />
        </div>
        <button type="submit" class="button" data-kind="quiet">
          {say('people.make')}
        </button>
        <Show when={made()}>
          {(account) => (
            <Notice kind="success">
              <Show when={account().password} fallback={<p>{say('people.known', { email: account().email })}</p>}>
                {(password) => (
                  <p>
                    {say('people.made', { email: account().email })} <code class="password">{password()}</code>
                  </p>
                )}
              </Show>
            </Notice>
          )}
        </Show>
        <Show when={failure()}>{(error) => <Refusal error={error()} />}</Show>
      </form>
    </details>
  )
}
