import { createUniqueId, For } from 'solid-js'
import type { Compare, Period } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { PeriodFields } from './period-fields.tsx'

/** Period and comparison. The choice lives in the address, so a view can be sent to a colleague. */
export function FilterBar(props: {
  periods: readonly Period[]
  period: Period
  compare: Compare
  compares: readonly Compare[]
  choose: (next: { period: Period; compare: Compare }) => void
}) {
  const id = createUniqueId()
  return (
    <form class="toolbar filter-bar" aria-label={t('unit.filters')} onSubmit={(event) => event.preventDefault()}>
      <PeriodFields
        periods={props.periods}
        period={props.period}
        choose={(period) => props.choose({ period, compare: props.compare })}
      />
      <div class="field">
        <label for={`${id}-compare`}>{t('compare.label')}</label>
        <select
          id={`${id}-compare`}
          onChange={(event) => {
            const compare = props.compares.find((one) => one === event.currentTarget.value)
            if (compare !== undefined) props.choose({ period: props.period, compare })
          }}
        >
          <For each={props.compares}>
            {(compare) => (
              <option value={compare} selected={compare === props.compare}>
                {t(`compare.${compare}`)}
              </option>
            )}
          </For>
        </select>
      </div>
    </form>
  )
}
