import { createAsync } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { ErrorNotice } from '../shell/error-notice.tsx'
import { Boundary } from '../shell/boundary.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { count } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'
import { inDays } from '../campaigns/request.ts'
import { dossierSlipAddress, getBatches, getUnitChoices, hasSlip, PAPERS, type Batches } from './queries.ts'
import { WalkInForm } from './walk-in-form.tsx'
import { say } from './words.ts'

/** Slips for the counter: of finished dossiers, of one dossier again, and for somebody who was turned away. */
export function SlipsPage() {
  return (
    <div class="page">
      <PageHeading title={say('title')} />
      <p class="lead">{say('lead')}</p>
      <p class="caution">{say('secret')}</p>
      <Boundary>
        <ManySlips />
      </Boundary>
      <OneSlip />
      <Boundary>
        <WalkInForm />
      </Boundary>
    </div>
  )
}

/** Which paper the printer takes. */
export function PaperField() {
  const id = createUniqueId()
  return (
    <div class="field">
      <label for={id}>{say('paper')}</label>
      <select id={id} name="format">
        <For each={PAPERS}>{(paper) => <option value={paper}>{say(`paper.${paper}`)}</option>}</For>
      </select>
    </div>
  )
}

const text = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

function ManySlips() {
  const units = createAsync(() => getUnitChoices(inDays(0)))
  const [batches, setBatches] = createSignal<Batches | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setFailure(null)
    setBatches(null)
    try {
      setBatches(
        await getBatches({
          unit: text(form, 'unit'),
          since: text(form, 'since'),
          event: text(form, 'event'),
          format: text(form, 'format'),
        }),
      )
    } catch (error) {
      setFailure(() => error)
    }
  }
  return (
    <section aria-labelledby="many">
      <h2 id="many">{say('many')}</h2>
      <form class="toolbar" onSubmit={(event) => void submit(event)} onChange={() => setBatches(null)}>
        <div class="field">
          <label for="unit">{say('unit')}</label>
          <select id="unit" name="unit">
            <option value="">{say('allUnits')}</option>
            <For each={units()}>{(unit) => <option value={unit.id}>{unit.name}</option>}</For>
          </select>
        </div>
        <div class="field">
          <label for="since">{say('since')}</label>
          <input id="since" name="since" type="date" required value={inDays(-7)} />
        </div>
        <div class="field">
          <label for="event">{say('event')}</label>
          <select id="event" name="event">
            <option value="">{say('event.all')}</option>
            <For each={['returned', 'refused', 'received', 'supplement_requested'] as const}>
              {(one) => <option value={one}>{t(`event.${one}`)}</option>}
            </For>
          </select>
        </div>
        <PaperField />
        <button type="submit" class="button">
          {say('find')}
        </button>
      </form>
      <div role="status">
        <Show when={batches()}>
          {(found) => (
            <Show when={found().items.length > 0} fallback={<p class="empty">{say('none')}</p>}>
              <ul>
                <For each={found().items}>
                  {(batch, at) => (
                    <li>
                      <a href={batch.address} target="_blank" rel="noopener noreferrer">
                        {say('print', { at: at() + 1, n: count(batch.slips, locale()) })}
                        <span class="visually-hidden">{`, ${say('newTab')}`}</span>
                      </a>
                    </li>
                  )}
                </For>
              </ul>
              <Show when={!found().isWhole}>
                <p>{say('truncated')}</p>
              </Show>
            </Show>
          )}
        </Show>
      </div>
      <Show when={failure()}>{(error) => <ErrorNotice error={error()} />}</Show>
    </section>
  )
}

function OneSlip() {
  const [address, setAddress] = createSignal<string | null>(null)
  const [isGone, setGone] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>(null)
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const asked = dossierSlipAddress(text(form, 'dossier'), text(form, 'format'))
    setFailure(null)
    try {
      const found = await hasSlip(asked)
      setGone(!found)
      setAddress(found ? asked : null)
    } catch (error) {
      setFailure(() => error)
    }
  }
  return (
    <section aria-labelledby="one">
      <h2 id="one">{say('one')}</h2>
      <form class="toolbar" onSubmit={(event) => void submit(event)} onInput={() => setAddress(null)}>
        <div class="field">
          <label for="dossier">{say('dossier')}</label>
          <p class="field-hint" id="dossier-hint">
            {say('dossierHint')}
          </p>
          <input
            id="dossier"
            name="dossier"
            type="text"
            required
            maxlength="64"
            autocomplete="off"
            aria-describedby="dossier-hint"
          />
        </div>
        <PaperField />
        <button type="submit" class="button">
          {say('find')}
        </button>
      </form>
      <div role="status">
        <Show when={address()}>
          {(href) => (
            <p>
              <a href={href()} target="_blank" rel="noopener noreferrer">
                {say('printOne')}
                <span class="visually-hidden">{`, ${say('newTab')}`}</span>
              </a>
            </p>
          )}
        </Show>
        <Show when={isGone()}>
          <p class="empty">{say('oneGone')}</p>
        </Show>
      </div>
      <Show when={failure()}>{(error) => <ErrorNotice error={error()} />}</Show>
    </section>
  )
}
