import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { count } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { exact, whyHidden } from './score-format.ts'
import type { ExplainStep, Scale } from './types.ts'
import { say, sayIf } from './words.ts'

type Indicator = NonNullable<ExplainStep['indicator']>

/** From the question and the counts of answers to the score of an indicator. */
export function ExplainIndicator(props: { step: ExplainStep; indicator: Indicator; scale: Scale }) {
  return (
    <ol class="explain-steps">
      <li>
        <SourceStep indicator={props.indicator} />
      </li>
      <Show when={props.indicator.options}>
        {(options) => (
          <li>
            {say('explain.counts')}
            <Counts indicator={props.indicator} options={options()} />
          </li>
        )}
      </Show>
      <Show when={valueSentence(props.indicator)}>{(text) => <li>{text()}</li>}</Show>
      <Show when={props.step.withheld === null && props.step.estimate.est !== null && scaleSentence(props)}>
        {(text) => <li>{text()}</li>}
      </Show>
      <Show when={props.step.withheld !== null}>
        <li>{withheldWhy(props.step)}</li>
      </Show>
    </ol>
  )
}

const withheldWhy = ({ withheld, estimate }: ExplainStep): string =>
  say(
    withheld === 'elsewhere' || withheld === 'interval_only'
      ? `withheld.${withheld}.why`
      : `withheld.${whyHidden(estimate)}.why`,
  )

function SourceStep(props: { indicator: Indicator }) {
  const { indicator } = props
  if (indicator.item === null)
    return (
      <>
        {indicator.from === 'none'
          ? say('explain.noSource')
          : say(indicator.from === 'register' ? 'explain.register' : 'explain.hard', { code: indicator.code ?? '' })}
      </>
    )
  const text = indicator.item.text ?? indicator.item.short
  return (
    <>
      {say('explain.question', { text: text === null ? indicator.item.code : own(text) })}
      <Show when={indicator.procedures}>{(group) => <> {say('explain.procedures', { group: group() })}</>}</Show>
    </>
  )
}

function Counts(props: { indicator: Indicator; options: NonNullable<Indicator['options']> }) {
  return (
    <ScrollTable caption={say('explain.countsCaption')} captionHidden>
      <thead>
        <tr>
          <th scope="col">{say('explain.answer')}</th>
          <th scope="col" class="number">
            {say('explain.countedAs')}
          </th>
          <th scope="col" class="number">
            {say('explain.n')}
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={props.options}>
          {(option) => (
            <tr>
              <th scope="row">{option.text === null ? option.code : own(option.text)}</th>
              <td class="number">{option.value === null ? '–' : plain(option.value)}</td>
              <td class="number">{count(option.n, locale())}</td>
            </tr>
          )}
        </For>
        <tr>
          <th scope="row">{say('explain.na')}</th>
          <td class="number">–</td>
          <td class="number">{count(props.indicator.na ?? 0, locale())}</td>
        </tr>
      </tbody>
    </ScrollTable>
  )
}

/** A whole number without decimals, any other with three. */
const plain = (value: number): string => (Number.isInteger(value) ? count(value, locale()) : exact(value))

/** Statistics that are a mean of what each answer counts as. */
const MEANS: readonly string[] = ['mean', 'share', 'top2']

/** The value in the indicator's own units: plainly from the counts, then with weights. */
export function valueSentence(indicator: Indicator): string | null {
  const { raw, options, statistic } = indicator
  if (raw === null || raw.est === null) return null
  const range = raw.lo !== null && raw.hi !== null && raw.method !== 'known' ? [exact(raw.lo), exact(raw.hi)] : null
  const ending = range === null ? '' : ` ${say('explain.rawRange', { lo: range[0] ?? '', hi: range[1] ?? '' })}`
  const counted = options?.filter(({ value }) => value !== null) ?? []
  const n = counted.reduce((sum, option) => sum + option.n, 0)
  if (statistic === null || n === 0) return `${say('explain.raw', { value: exact(raw.est) })}${ending}`
  if (!MEANS.includes(statistic))
    return `${say('explain.rawBy', { statistic: statisticName(statistic), value: exact(raw.est) })}${ending}`
  const sum = counted.reduce((whole, option) => whole + (option.value ?? 0) * option.n, 0)
  const unweighted = say('explain.unweighted', { sum: plain(sum), n: count(n, locale()), value: exact(sum / n) })
  const isSame = Math.abs(sum / n - raw.est) < 5e-4
  return `${unweighted} ${say(isSame ? 'explain.weightedSame' : 'explain.weighted', { value: exact(raw.est) })}${ending}`
}

const statisticName = (statistic: string): string => sayIf(`statistic.${statistic}`) ?? statistic

/** How a value was put on the scale of scores, with the numbers of this very one. */
function scaleSentence({ step, indicator, scale }: { step: ExplainStep; indicator: Indicator; scale: Scale }): string {
  const { method, to } = indicator.normalise
  const value = exact(step.estimate.est ?? 0)
  if (method === 'z' || method === 'rank') return say(`explain.scale.${method}`, { value })
  const [a, b] = to ?? [scale.min, scale.max]
  const lower = indicator.direction === 'lower'
  if (method === 'none' || indicator.goalposts === null || (indicator.raw?.est ?? null) === null)
    return say(lower ? 'explain.scale.mirror' : 'explain.scale.none', { value, ends: plain(a + b) })
  const { min, max } = indicator.goalposts
  const numbers = {
    a: plain(a),
    width: plain(b - a),
    raw: exact(indicator.raw?.est ?? 0),
    min: plain(min),
    max: plain(max),
    ends: plain(a + b),
    value,
  }
  const isCut = step.estimate.est === a || step.estimate.est === b
  return [
    say(lower ? 'explain.scale.lineLower' : 'explain.scale.line', numbers),
    ...(isCut ? [say('explain.scale.cut')] : []),
  ].join(' ')
}
