import { revalidate } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { getSummary, putCriteria } from '../api/queries.ts'
import type { Criteria, CriterionCode, Period } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { ErrorNotice } from '../shell/error-notice.tsx'
import { nameOfPeriod } from './period-name.ts'

const CRITERIA: readonly CriterionCode[] = ['C2', 'C5', 'C6', 'C8', 'C9']
const POINTS = [2, 1, 0] as const

/**
 * The five criteria of TT 01/2018 that neither dates nor people give, entered for this unit and period. A choice left
 * blank stays as it is on the server, so points can be entered one by one.
 */
export function CriteriaForm(props: { unit: number; period: Period }) {
  const id = createUniqueId()
  const [state, setState] = createSignal<'idle' | 'busy' | 'saved' | 'nothing'>('idle')
  const [entered, setEntered] = createSignal<Criteria>({})
  const [failure, setFailure] = createSignal<unknown>(null)

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (state() === 'busy') return
    const form = new FormData(event.currentTarget)
    const points = Object.fromEntries(
      CRITERIA.flatMap((code) => {
        const chosen = POINTS.find((one) => String(one) === form.get(code))
        return chosen === undefined ? [] : [[code, chosen]]
      }),
    )
    setFailure(null)
    if (Object.keys(points).length === 0) return setState('nothing')
    setState('busy')
    try {
      setEntered((await putCriteria(props.unit, props.period, points)).criteria)
      setState('saved')
      if (CRITERIA.every((code) => entered()[code] !== undefined)) await revalidate(getSummary.key)
    } catch (error) {
      setFailure(() => error)
      setState('idle')
    }
  }
  const missing = () => CRITERIA.filter((code) => entered()[code] === undefined).map((code) => t(`criterion.${code}`))

  return (
    <details class="how criteria">
      <summary>{t('criteria.open')}</summary>
      <form onSubmit={(event) => void submit(event)}>
        <p>{t('criteria.lead', { period: nameOfPeriod(props.period) })}</p>
        <For each={CRITERIA}>
          {(code) => (
            <div class="field">
              <label for={`${id}-${code}`}>{t(`criterion.${code}`)}</label>
              <select id={`${id}-${code}`} name={code}>
                <option value="">{t('criteria.keep')}</option>
                <For each={POINTS}>
                  {(points) => (
                    <option value={points} selected={entered()[code] === points}>
                      {t('criteria.points', { n: points })}
                    </option>
                  )}
                </For>
              </select>
            </div>
          )}
        </For>
        <button type="submit" class="button" aria-disabled={state() === 'busy'}>
          {state() === 'busy' ? t('settings.busy') : t('settings.save')}
        </button>
        <Show when={state() === 'nothing'}>
          <Notice kind="info">
            <p>{t('criteria.nothing')}</p>
          </Notice>
        </Show>
        <Show when={state() === 'saved'}>
          <Notice kind="success">
            <p>
              {t('settings.saved')}{' '}
              <Show when={missing().length > 0}>{t('criteria.missing', { list: missing().join('; ') })}</Show>
            </p>
          </Notice>
        </Show>
        <Show when={failure()}>{(error) => <ErrorNotice error={error()} heading={t('settings.problem')} />}</Show>
      </form>
    </details>
  )
}
