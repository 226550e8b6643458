import { createAsync, revalidate } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { getCriteria, getSummary, putCriteria } from '../api/queries.ts'
import type { Criteria, CriteriaChange, CriterionCode, Period } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { Boundary } from '../shell/boundary.tsx'
import { ErrorNotice } from '../shell/error-notice.tsx'
import { nameOfPeriod } from './period-name.ts'

const CRITERIA: readonly CriterionCode[] = ['C2', 'C5', 'C6', 'C8', 'C9']
const POINTS = [2, 1, 0] as const

/** The five criteria of TT 01/2018 that neither dates nor people give; read when somebody opens it. */
export function CriteriaForm(props: { unit: number; period: Period }) {
  const [isOpened, setOpened] = createSignal(false)
  return (
    <details class="how criteria" onToggle={() => setOpened(true)}>
      <summary>{t('criteria.open')}</summary>
      <Show when={isOpened()}>
        <Boundary>
          <Prefilled unit={props.unit} period={props.period} />
        </Boundary>
      </Show>
    </details>
  )
}

function Prefilled(props: { unit: number; period: Period }) {
  const stored = createAsync(() => getCriteria(props.unit, props.period))
  return (
    <Show keyed when={stored()}>
      {({ criteria }) => <Fields unit={props.unit} period={props.period} entered={criteria} />}
    </Show>
  )
}

/** Points can be entered one by one; one that is set back to "not entered" is taken back. */
function Fields(props: { unit: number; period: Period; entered: Criteria }) {
  const id = createUniqueId()
  const [state, setState] = createSignal<'idle' | 'busy' | 'saved' | 'nothing'>('idle')
  // The fields live exactly as long as what they were filled with (keyed above), so reading the props once is right.
  const [entered, setEntered] = createSignal<Criteria>(props.entered)
  const [failure, setFailure] = createSignal<unknown>(null)
  const isWhole = () => CRITERIA.every((code) => entered()[code] !== undefined)

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (state() === 'busy') return
    const form = new FormData(event.currentTarget)
    const changed: CriteriaChange = {}
    for (const code of CRITERIA) {
      const chosen = POINTS.find((one) => String(one) === form.get(code)) ?? null
      if (chosen !== (entered()[code] ?? null)) changed[code] = chosen
    }
    setFailure(null)
    if (Object.keys(changed).length === 0) return setState('nothing')
    setState('busy')
    const wasWhole = isWhole()
    try {
      setEntered((await putCriteria(props.unit, props.period, changed)).criteria)
      setState('saved')
      if (wasWhole || isWhole()) await revalidate(getSummary.key)
    } catch (error) {
      setFailure(() => error)
      setState('idle')
    }
  }
  const missing = () => CRITERIA.filter((code) => entered()[code] === undefined).map((code) => t(`criterion.${code}`))

  return (
    <form onSubmit={(event) => void submit(event)}>
      <p>{t('criteria.lead', { period: nameOfPeriod(props.period) })}</p>
      <For each={CRITERIA}>
        {(code) => (
          <div class="field">
            <label for={`${id}-${code}`}>{t(`criterion.${code}`)}</label>
            <select id={`${id}-${code}`} name={code}>
              <option value="">{t('criteria.none')}</option>
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
  )
}
