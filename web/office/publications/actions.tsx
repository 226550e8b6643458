import { revalidate } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { AskFirst } from '../../ui/ask-first.tsx'
import { say } from '../indices/words.ts'
import { ErrorNotice } from '../shell/error-notice.tsx'
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
  const [reason, setReason] = createSignal<WithdrawReason>('wrong_data')
  const [busy, setBusy] = createSignal(false)
  const [checked, setChecked] = createSignal<boolean | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const action = (): 'publish' | 'withdraw' | null =>
    props.run.state === 'prepared'
      ? 'publish'
      : props.run.state === 'published' || props.run.state === 'superseded'
        ? 'withdraw'
        : null
  const act = async () => {
    await (action() === 'publish' ? publishPublication(props.run.id) : withdrawPublication(props.run.id, reason()))
    await revalidate()
  }
  const check = async () => {
    if (busy()) return
    setBusy(true)
    setFailure(null)
    try {
      setChecked((await checkPublication(props.run.id)).same)
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="edition-actions">
      <p class="button-row">
        <Show when={action()}>
          {(one) => (
            <AskFirst
              label={say(`public.${one()}`)}
              title={say(`public.${one()}`)}
              confirm={say(`public.${one()}.yes`)}
              cancel={say('edition.no')}
              run={act}
              failed={(error) => <ErrorNotice error={error} heading={say('edition.problem')} />}
            >
              <p>{say(`public.${one()}.ask`)}</p>
              <Show when={one() === 'withdraw'}>
                <ReasonField reason={reason()} choose={setReason} />
              </Show>
            </AskFirst>
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
      <Show when={failure()}>{(error) => <ErrorNotice error={error()} heading={say('edition.problem')} />}</Show>
    </div>
  )
}

function ReasonField(props: { reason: WithdrawReason; choose: (reason: WithdrawReason) => void }) {
  const id = createUniqueId()
  return (
    <div class="field change-base">
      <label for={id}>{say('public.reason')}</label>
      <select
        id={id}
        onChange={(event) => props.choose(REASONS.find((known) => known === event.currentTarget.value) ?? 'other')}
      >
        <For each={REASONS}>
          {(known) => (
            <option value={known} selected={known === props.reason}>
              {say(`public.reason.${known}`)}
            </option>
          )}
        </For>
      </select>
    </div>
  )
}
