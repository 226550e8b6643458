import { revalidate } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { say } from '../indices/words.ts'
import { errorSentence } from '../shell/error-notice.tsx'
import {
  checkPublication,
  publishPublication,
  withdrawPublication,
  type Publication,
  type WithdrawReason,
} from './queries.ts'

const REASONS: readonly WithdrawReason[] = ['wrong_data', 'wrong_method', 'privacy', 'other']

/** Publishing and withdrawing ask once more; checking computes the figures again from what the run froze. */
export function PublicationActions(props: { run: Publication }) {
  const id = createUniqueId()
  const [asked, setAsked] = createSignal(false)
  const [reason, setReason] = createSignal<WithdrawReason>('wrong_data')
  const [busy, setBusy] = createSignal(false)
  const [checked, setChecked] = createSignal<boolean | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const action = (): 'publish' | 'withdraw' | null =>
    props.run.state === 'prepared' ? 'publish' : props.run.state === 'published' ? 'withdraw' : null
  const work = async (task: () => Promise<unknown>) => {
    if (busy()) return
    setBusy(true)
    setFailure(null)
    try {
      await task()
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }
  const act = () =>
    work(async () => {
      await (action() === 'publish' ? publishPublication(props.run.id) : withdrawPublication(props.run.id, reason()))
      setAsked(false)
      await revalidate()
    })
  const check = () => work(async () => setChecked((await checkPublication(props.run.id)).same))
  return (
    <div class="edition-actions">
      <p class="button-row">
        <Show when={action()}>
          {(one) => (
            <button type="button" class="button" aria-expanded={asked()} onClick={() => setAsked(!asked())}>
              {say(`public.${one()}`)}
            </button>
          )}
        </Show>
        <button type="button" class="button" data-kind="quiet" aria-disabled={busy()} onClick={() => void check()}>
          {say('run.again')}
        </button>
      </p>
      <div role="status">
        <Show when={checked() !== null}>
          <p>{say(checked() ? 'public.same' : 'public.differs')}</p>
        </Show>
      </div>
      <Show when={asked() && action()}>
        {(one) => (
          <div class="card edition-confirm" role="group" aria-labelledby={id}>
            <p id={id}>{say(`public.${one()}.ask`)}</p>
            <Show when={one() === 'withdraw'}>
              <div class="field change-base">
                <label for={`${id}-reason`}>{say('public.reason')}</label>
                <select
                  id={`${id}-reason`}
                  onChange={(event) =>
                    setReason(REASONS.find((known) => known === event.currentTarget.value) ?? 'other')
                  }
                >
                  <For each={REASONS}>
                    {(known) => (
                      <option value={known} selected={known === reason()}>
                        {say(`public.reason.${known}`)}
                      </option>
                    )}
                  </For>
                </select>
              </div>
            </Show>
            <p class="button-row">
              <button
                type="button"
                class="button"
                aria-disabled={busy()}
                ref={(element) => queueMicrotask(() => element.focus())}
                onClick={() => void act()}
              >
                {say(`public.${one()}.yes`)}
              </button>
              <button type="button" class="button" data-kind="quiet" onClick={() => setAsked(false)}>
                {say('edition.no')}
              </button>
            </p>
          </div>
        )}
      </Show>
      <Show when={failure()}>
        {(error) => (
          <Notice kind="error" heading={say('edition.problem')}>
            <p>{errorSentence(error())}</p>
          </Notice>
        )}
      </Show>
    </div>
  )
}
