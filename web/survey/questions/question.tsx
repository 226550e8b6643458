import { For, Show } from 'solid-js'
import type { Asked } from '../../../api/core/questionnaire/asked.ts'
import type { SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { type Asking, idOf, sayOf } from '../asking.ts'
import { t } from '../words.ts'
import { Count, One, Several } from './choices.tsx'
import { Ranking } from './ranking.tsx'
import { Units } from './units.tsx'
import { DayField, NumberField, TextField } from './written.tsx'

/** A question of whichever kind. Nothing is preselected. */
export function Question(props: { asked: Asked; asking: Asking }) {
  // the kind and the key of a question never change while it is shown
  const { key, item } = props.asked
  const common = {
    key,
    asking: props.asking,
    get title() {
      return sayOf(props.asking, item.text)
    },
  }
  switch (item.type) {
    case 'single':
      return <One {...common} item={item} options={item.options} />
    case 'multiple':
      return <Several {...common} item={item} />
    case 'list':
      return <Count {...common} item={item} />
    case 'ranking':
      return <Ranking {...common} item={item} />
    case 'units':
      return <Units {...common} item={item} />
    case 'number':
    case 'percent':
      return <NumberField {...common} item={item} />
    case 'date':
      return <DayField {...common} item={item} />
    case 'text':
      return <TextField {...common} item={item} />
    case 'matrix':
      return <Matrix asked={props.asked} item={item} asking={props.asking} />
  }
}

/** Rows that share their options, each a question of its own: a table of radios works neither on a phone nor for a screen reader. */
function Matrix(props: { asked: Asked; item: Extract<SurveyItem, { type: 'matrix' }>; asking: Asking }) {
  const id = () => idOf(props.asked.key)
  const keys = () => props.asked.rows.map(({ key }) => key)
  const title = (key: string) => {
    const row = props.asked.rows.find((one) => one.key === key)?.row
    return row ? sayOf(props.asking, row.text) : ''
  }
  return (
    <div class="matrix" role="group" aria-labelledby={`${id()}-title`}>
      <h2 id={`${id()}-title`}>{sayOf(props.asking, props.item.text)}</h2>
      <Show when={props.item.hint}>{(hint) => <p class="hint">{sayOf(props.asking, hint())}</p>}</Show>
      <Show when={props.item.sensitive}>
        <p class="private">{t('sensitive')}</p>
      </Show>
      <For each={keys()}>
        {(key) => (
          <One key={key} item={props.item} options={props.item.options} asking={props.asking} title={title(key)} />
        )}
      </For>
    </div>
  )
}
