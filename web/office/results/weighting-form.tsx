import { revalidate } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import {
  getQuality,
  getQuestions,
  getResults,
  getUnitResults,
  getWeights,
  putWeighting,
  type Weights,
} from '../api/results.ts'
import { Refusal } from '../shell/refusal.tsx'
import { attributeName, refusals, say } from './words.ts'

/** Everything that is computed from weights. */
const READS = [getResults.key, getUnitResults.key, getQuestions.key, getWeights.key, getQuality.key]

/** Classes, margins from the frame and cap. A margin whose totals came from elsewhere is kept as long as it stays chosen. */
export function WeightingForm(props: { weights: Weights }) {
  const id = createUniqueId()
  const [failure, setFailure] = createSignal<unknown>(null)
  const [state, setState] = createSignal<'idle' | 'busy' | 'saved'>('idle')
  const setting = () => props.weights.weighting
  const attributes = () => props.weights.frame.filter(({ attribute }) => attribute !== '')

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (state() === 'busy') return
    const form = new FormData(event.currentTarget)
    const chosen = new Set(form.getAll('margin'))
    const cap = String(form.get('cap') ?? '').replace(',', '.')
    setFailure(null)
    setState('busy')
    try {
      await putWeighting(props.weights.campaign.id, {
        classes: attributes()
          .map(({ attribute }) => attribute)
          .filter((attribute) => form.getAll('class').includes(attribute)),
        margins: props.weights.frame
          .filter(({ attribute }) => chosen.has(attribute))
          .map((frame) => setting().margins.find(({ attribute }) => attribute === frame.attribute) ?? frame),
        cap: cap.trim() === '' || chosen.size === 0 ? null : Number(cap),
      })
      setState('saved')
      await revalidate(READS)
    } catch (error) {
      setFailure(() => error)
      setState('idle')
    }
  }

  return (
    <form class="card results-form" novalidate onSubmit={(event) => void submit(event)}>
      <h2>{say('weights.form.title')}</h2>
      <fieldset aria-describedby={`${id}-classes`}>
        <legend>{say('weights.form.classes')}</legend>
        <p class="field-hint" id={`${id}-classes`}>
          {say(attributes().length === 0 ? 'weights.form.noAttributes' : 'weights.form.classesHint')}
        </p>
        <For each={attributes()}>
          {({ attribute }) => (
            <label class="choice">
              <input
                type="checkbox"
                name="class"
                value={attribute}
                checked={setting().classes.includes(attribute)}
                onChange={() => setState('idle')}
              />
              <span>{attributeName(attribute)}</span>
            </label>
          )}
        </For>
      </fieldset>
      <fieldset aria-describedby={`${id}-margins`}>
        <legend>{say('weights.form.margins')}</legend>
        <p class="field-hint" id={`${id}-margins`}>
          {say('weights.form.marginsHint')}
        </p>
        <For each={props.weights.frame}>
          {({ attribute }) => (
            <label class="choice">
              <input
                type="checkbox"
                name="margin"
                value={attribute}
                checked={setting().margins.some((margin) => margin.attribute === attribute)}
                onChange={() => setState('idle')}
              />
              <span>{attributeName(attribute)}</span>
            </label>
          )}
        </For>
      </fieldset>
      <div class="field">
        <label for={`${id}-cap`}>{say('weights.form.cap')}</label>
        <p class="field-hint" id={`${id}-cap-hint`}>
          {say('weights.form.capHint')}
        </p>
        <input
          id={`${id}-cap`}
          name="cap"
          inputmode="decimal"
          class="short-number"
          value={setting().cap ?? ''}
          aria-describedby={`${id}-cap-hint`}
        />
      </div>
      <button type="submit" class="button" aria-disabled={state() === 'busy'}>
        {say(state() === 'busy' ? 'weights.form.busy' : 'weights.form.save')}
      </button>
      <Show when={state() === 'saved'}>
        <Notice kind="success">
          <p>{say('weights.form.saved')}</p>
        </Notice>
      </Show>
      <Show when={failure()}>{(error) => <Refusal error={error()} heading={say('problem')} words={refusals} />}</Show>
    </form>
  )
}
