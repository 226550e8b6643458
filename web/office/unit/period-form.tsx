import { createSignal, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import type { Period, Periods } from '../api/types.ts'
import { say } from '../indices/words.ts'
import { choosePeriod } from '../lib/period.ts'
import { PeriodFields } from './period-fields.tsx'

/** Chooses a period, the latest one at first, and does something for it; without any period it says that there is nothing. */
export function PeriodForm(props: {
  periods: Periods
  label: string
  run: (period: Period) => Promise<unknown>
  /** The sentence for what went wrong. */
  problem: (error: unknown) => string
}) {
  const [chosen, setChosen] = createSignal(
    choosePeriod(props.periods.items, props.periods.latest, undefined, undefined),
  )
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>(null)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const period = chosen()
    if (busy() || period === null) return
    setBusy(true)
    setFailure(null)
    try {
      await props.run(period)
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Show when={chosen()} fallback={<p class="empty">{say('run.nothing')}</p>}>
      {(period) => (
        <form class="toolbar filter-bar" aria-label={props.label} novalidate onSubmit={(event) => void submit(event)}>
          <PeriodFields periods={props.periods.items} period={period()} choose={setChosen} />
          <button type="submit" class="button" aria-disabled={busy()}>
            {busy() ? say('run.busy') : props.label}
          </button>
          <Show when={failure()}>
            {(error) => (
              <Notice kind="error" heading={say('run.problem')}>
                <p>{props.problem(error())}</p>
              </Notice>
            )}
          </Show>
        </form>
      )}
    </Show>
  )
}
