import { createAsync, revalidate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { getSettings, putSettings } from '../api/queries.ts'
import type { EventType, Settings } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { Boundary } from '../shell/boundary.tsx'
import { ErrorNotice } from '../shell/error-notice.tsx'
import { PageHeading } from '../shell/page-heading.tsx'

/** The two events that end a dossier come first: they are the ones that should stay on. */
const EVENTS: readonly EventType[] = ['returned', 'refused', 'received', 'supplement_requested']

export function SettingsPage() {
  return (
    <div class="page">
      <PageHeading title={t('settings.title')} />
      <Boundary>
        <Loaded />
      </Boundary>
    </div>
  )
}

function Loaded() {
  const settings = createAsync(() => getSettings())
  return <Show when={settings()}>{(known) => <InviteEvents settings={known()} />}</Show>
}

function InviteEvents(props: { settings: Settings }) {
  const [fault, setFault] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>(null)
  const [state, setState] = createSignal<'idle' | 'busy' | 'saved'>('idle')

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (state() === 'busy') return
    const form = new FormData(event.currentTarget)
    const chosen = EVENTS.filter((one) => form.has(one))
    setFault(chosen.length === 0)
    setFailure(null)
    if (chosen.length === 0) return setState('idle')
    setState('busy')
    try {
      await putSettings(chosen)
      await revalidate(getSettings.key)
      setState('saved')
    } catch (error) {
      setFailure(() => error)
      setState('idle')
    }
  }

  return (
    <form class="card settings" novalidate onSubmit={(event) => void submit(event)}>
      <fieldset aria-describedby={fault() ? 'events-hint events-error' : 'events-hint'}>
        <legend>{t('settings.events')}</legend>
        <p class="field-hint" id="events-hint">
          {t('settings.eventsHint')}
        </p>
        <Show when={fault()}>
          <p class="field-error" id="events-error" role="alert">
            {t('settings.noneChosen')}
          </p>
        </Show>
        <For each={EVENTS}>
          {(event) => (
            <label class="choice">
              <input
                type="checkbox"
                name={event}
                checked={props.settings.inviteEvents.includes(event)}
                onChange={() => setState('idle')}
              />
              <span>{t(`settings.event.${event}`)}</span>
            </label>
          )}
        </For>
        <p class="quiet">{t('settings.refusedWhy')}</p>
      </fieldset>
      <button type="submit" class="button" aria-disabled={state() === 'busy'}>
        {state() === 'busy' ? t('settings.busy') : t('settings.save')}
      </button>
      <Show when={state() === 'saved'}>
        <Notice kind="success">
          <p>{t('settings.saved')}</p>
        </Notice>
      </Show>
      <Show when={failure()}>{(error) => <ErrorNotice error={error()} heading={t('settings.problem')} />}</Show>
    </form>
  )
}
