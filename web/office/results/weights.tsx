import { createAsync, useParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { Notice } from '../../ui/notice.tsx'
import { getWeights, type ResponseClass, type Weights } from '../api/results.ts'
import { count, decimal } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { createPaged } from '../lib/paged.ts'
import { Boundary } from '../shell/boundary.tsx'
import { focusRow, MoreButton } from '../shell/more-button.tsx'
import { ResultsFrame } from './frame.tsx'
import { WeightingForm } from './weighting-form.tsx'
import { attributeName, say, sayIf, valueName } from './words.ts'

const n = (value: number) => count(value, locale())
const factor = (value: number | null) => (value === null ? '–' : decimal(value, 3, locale()))
const FACTORS = ['design', 'eligibility', 'response', 'raking', 'weight'] as const

/** How answers are weighed: classes with their factors, margins, and the form that sets them. */
export function WeightsPage() {
  const params = useParams<{ id: string }>()
  const weights = createAsync(() => getWeights(Number(params.id), null))
  return (
    <Boundary page>
      <Show when={weights()}>
        {(known) => (
          <ResultsFrame part="trong-so" summary={known()}>
            <p class="lead">{say('weights.lead')}</p>
            <Show when={known().faults.length > 0}>
              <Notice kind="info" heading={say('warning.margins_left_aside')}>
                <For each={known().faults}>
                  {({ code, attribute, value }) => (
                    <p>
                      {sayIf(`fault.${code}`, { attribute: attributeName(attribute), value: valueName(value ?? '') }) ??
                        code}
                    </p>
                  )}
                </For>
              </Notice>
            </Show>
            <Show when={known()} keyed>
              {(now: Weights) => <Classes weights={now} />}
            </Show>
            <Margins weights={known()} />
            <WeightingForm weights={known()} />
          </ResultsFrame>
        )}
      </Show>
    </Boundary>
  )
}

function Classes(props: { weights: Weights }) {
  let body: HTMLTableSectionElement | undefined
  const classes = createPaged(
    props.weights.classes,
    async (cursor) => (await getWeights(props.weights.campaign.id, cursor)).classes,
  )
  return (
    <section aria-labelledby="classes">
      <h2 id="classes">{say('weights.classes.title')}</h2>
      <p class="lead">{say('weights.classes.lead')}</p>
      <ScrollTable caption={say('weights.classes.caption')} captionHidden class="wide-first">
        <thead>
          <tr>
            <th scope="col">{say('weights.class')}</th>
            <For each={['answers', 'silent', 'unknown', 'ineligible'] as const}>
              {(column) => (
                <th scope="col" class="number">
                  {say(`weights.${column}`)}
                </th>
              )}
            </For>
            <For each={FACTORS}>
              {(column) => (
                <th scope="col" class="number">
                  {column === 'response' ? `× ${say('weights.response')}` : say(`weights.${column}`)}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody ref={(element) => (body = element)}>
          <For each={classes.items()}>{(one) => <ClassRow of={one} />}</For>
        </tbody>
      </ScrollTable>
      <MoreButton list={classes} arrived={(index) => focusRow(body, index)} />
    </section>
  )
}

function ClassRow(props: { of: ResponseClass }) {
  const of = () => props.of
  const joined = () =>
    of()
      .joined.map((attribute) => (attribute === '' ? say('weights.joinedStrata') : attribute))
      .join(', ')
  const span = (ends: { min: number; max: number } | null) => {
    if (ends === null) return '–'
    const [lo, hi] = [factor(ends.min), factor(ends.max)]
    return lo === hi ? lo : `${lo}–${hi}`
  }
  return (
    <tr>
      <th scope="row">
        {of()
          .names.map((name) => valueName(name))
          .join('; ')}
        <Show when={of().namesOmitted > 0}>{say('weights.moreNames', { n: n(of().namesOmitted) })}</Show>
        <Show when={of().joined.length > 0}>
          <span class="cell-note">{say('weights.joined', { what: joined() })}</span>
        </Show>
      </th>
      <td class="number">{n(of().answers)}</td>
      <td class="number">{n(of().silent)}</td>
      <td class="number">{n(of().unknown)}</td>
      <td class="number">{n(of().ineligible)}</td>
      <td class="number">{span(of().design)}</td>
      <td class="number">{factor(of().eligibility)}</td>
      <td class="number">{factor(of().response)}</td>
      <td class="number">{span(of().raking)}</td>
      <td class="number">{span(of().weight)}</td>
    </tr>
  )
}

function Margins(props: { weights: Weights }) {
  return (
    <section aria-labelledby="margins">
      <h2 id="margins">{say('weights.margins.title')}</h2>
      <Show when={props.weights.margins.length > 0} fallback={<p class="empty">{say('weights.margins.none')}</p>}>
        <ScrollTable caption={say('weights.margins.caption')} class="wide-first">
          <thead>
            <tr>
              <th scope="col">{say('weights.attribute')}</th>
              <th scope="col">{say('weights.value')}</th>
              <th scope="col" class="number">
                {say('weights.total')}
              </th>
              <th scope="col" class="number">
                {say('weights.before')}
              </th>
              <th scope="col" class="number">
                {say('weights.after')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.weights.margins}>
              {(line) => (
                <tr>
                  <th scope="row">{attributeName(line.attribute)}</th>
                  <td>{valueName(line.value)}</td>
                  <td class="number">{n(line.total)}</td>
                  <td class="number">{n(line.before)}</td>
                  <td class="number">{n(line.after)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
        <Show when={props.weights.weights.capped > 0}>
          <p class="quiet">{say('weights.form.capped', { n: n(props.weights.weights.capped) })}</p>
        </Show>
      </Show>
    </section>
  )
}
