import { A, revalidate } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ApiError } from '../api/errors.ts'
import type { Period } from '../api/types.ts'
import { own, t } from '../lib/locale.ts'
import { path } from '../path.ts'
import { errorSentence } from '../shell/error-notice.tsx'
import { nameOfPeriod } from '../unit/period-name.ts'
import { makeRun } from './queries.ts'
import type { EditionRow } from './types.ts'
import { say } from './words.ts'

/** Why a run could not be made, in a sentence. */
export function runFailure(error: unknown): string {
  if (error instanceof ApiError && error.issues.some(({ code }) => code === 'nothing_to_compute'))
    return say('run.nothing')
  return errorSentence(error)
}

/** Nothing has been computed for the index and period yet; it can be done here. */
export function NotComputed(props: { edition: EditionRow; period: Period }) {
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>(null)
  const compute = async () => {
    if (busy()) return
    setBusy(true)
    setFailure(null)
    try {
      await makeRun(props.edition, props.period)
      await revalidate()
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }
  const canCompute = () => props.edition.state === 'shipped' || props.edition.state === 'published'
  return (
    <div class="empty">
      <p>
        <strong>
          {say('notComputed.title', { index: own(props.edition.label), period: nameOfPeriod(props.period) })}
        </strong>
      </p>
      <p>{say('notComputed.why')}</p>
      <Show when={canCompute()}>
        <p>
          <button type="button" class="button" aria-disabled={busy()} onClick={() => void compute()}>
            {busy() ? say('run.busy') : say('notComputed.compute')}
          </button>
        </p>
      </Show>
      <p>
        <A href={path.edition(props.edition)}>{say('notComputed.edition')}</A>
      </p>
      <Show when={failure()}>
        {(error) => (
          <Notice kind="error" heading={say('run.problem')}>
            <p>{runFailure(error())}</p>
          </Notice>
        )}
      </Show>
      <span class="visually-hidden" role="status">
        {busy() ? t('app.loading') : ''}
      </span>
    </div>
  )
}
