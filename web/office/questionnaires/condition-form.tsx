import { createUniqueId, For, Index, Show } from 'solid-js'
import type { Condition } from '../../../api/core/questionnaire/condition.ts'
import { layoutOf, type Question } from '../../../api/core/questionnaire/layout.ts'
import { own } from '../lib/locale.ts'
import { conditionFrom, testsOf, type Test, type Tests } from './condition-model.ts'
import { conditionWords } from './condition-words.ts'
import type { Path } from './edit.ts'
import { useEditing } from './editing.ts'
import { FaultsAt } from './field.tsx'
import { fieldId } from './fault-words.ts'
import { Icon } from './icon.tsx'
import { say } from './words.ts'

const KINDS: readonly Test['kind'][] = ['is', 'isNot', 'between', 'answered', 'unanswered']

/** "Ask only if [question] [is] [answer]", line by line. @param props.of what it belongs to, for screen readers */
export function ConditionForm(props: { path: Path; condition: Condition | undefined; of: string }) {
  const editing = useEditing()
  const when = () => [...props.path, 'when']
  const set = (condition: Condition | undefined) => editing.put(when(), condition)
  const tests = () => (props.condition === undefined ? null : testsOf(props.condition))
  /** What can be read here: every question that comes before. */
  const before = (): Question[] => {
    const layout = layoutOf(editing.plain())
    const here = layout.places.find(({ path }) => path === props.path.join('.'))?.order ?? 0
    return [...layout.questions.values()].filter(({ order }) => order < here)
  }
  const fresh = (): Test | null => {
    const last = before().at(-1)
    return last === undefined ? null : firstTest(last)
  }
  const add = () => {
    const test = fresh()
    const known = tests()
    if (test === null) return
    set(conditionFrom({ join: known?.join ?? 'all', tests: [...(known?.tests ?? []), test] }))
  }
  return (
    <fieldset class="part condition" id={fieldId(when().join('.'))} tabindex="-1">
      <legend>{say('condition.title', { of: props.of })}</legend>
      <Show when={props.condition} fallback={<p class="field-hint">{say('condition.always')}</p>}>
        {(condition) => (
          <Show
            when={tests()}
            fallback={
              <>
                <p>{conditionWords(condition(), editing.plain())}</p>
                <p class="field-hint">{say('condition.nested')}</p>
                <button type="button" class="button" data-kind="quiet" onClick={() => set(undefined)}>
                  {say('condition.clear')}
                </button>
              </>
            }
          >
            {(known) => <TestLines tests={known()} before={before()} set={set} />}
          </Show>
        )}
      </Show>
      <FaultsAt path={when().join('.')} below />
      <Show when={props.condition === undefined || tests() !== null}>
        <Show when={before().length > 0} fallback={<p class="field-hint">{say('condition.nothingBefore')}</p>}>
          <button type="button" class="button" data-kind="quiet" onClick={add}>
            {props.condition === undefined ? say('condition.add') : say('condition.addMore')}
          </button>
        </Show>
      </Show>
    </fieldset>
  )
}

function TestLines(props: {
  tests: Tests
  before: readonly Question[]
  set: (condition: Condition | undefined) => void
}) {
  const change = (i: number, test: Test | null) => {
    const tests = props.tests.tests.flatMap((one, at) => (at !== i ? [one] : test === null ? [] : [test]))
    props.set(tests.length === 0 ? undefined : conditionFrom({ ...props.tests, tests }))
  }
  return (
    <>
      <Show when={props.tests.tests.length > 1}>
        <div class="segments-row" role="radiogroup" aria-label={say('condition.join')}>
          <For each={['all', 'any'] as const}>
            {(join) => (
              <label>
                <input
                  type="radio"
                  checked={props.tests.join === join}
                  onChange={() => props.set(conditionFrom({ ...props.tests, join }))}
                />
                <span>{say(`condition.${join}`)}</span>
              </label>
            )}
          </For>
        </div>
      </Show>
      <Index each={props.tests.tests}>
        {(test, i) => <TestLine n={i + 1} test={test()} before={props.before} set={(next) => change(i, next)} />}
      </Index>
    </>
  )
}

function TestLine(props: { n: number; test: Test; before: readonly Question[]; set: (test: Test | null) => void }) {
  const id = createUniqueId()
  const question = () => props.before.find(({ code }) => code === props.test.item)
  const kinds = () => KINDS.filter((kind) => kind === props.test.kind || fits(kind, question()))
  const options = () => {
    const item = question()?.item
    return item !== undefined && 'options' in item ? item.options : []
  }
  const isDate = () => question()?.item.type === 'date'
  const end = (text: string) => (text === '' ? undefined : isDate() ? text : Number(text))
  const withEnd = (name: 'from' | 'to', text: string) => {
    const { [name]: _before, ...others } = props.test
    const value = end(text)
    props.set(value === undefined ? others : { ...others, [name]: value })
  }
  return (
    <div class="test-line" role="group" aria-label={say('condition.line', { n: props.n })}>
      <div class="field">
        <label for={`${id}-item`}>{say('condition.item')}</label>
        <select
          id={`${id}-item`}
          value={props.test.item}
          onChange={(event) => {
            const chosen = props.before.find(({ code }) => code === event.currentTarget.value)
            if (chosen !== undefined) props.set(firstTest(chosen))
          }}
        >
          <Show when={question() === undefined}>
            <option value={props.test.item} selected>
              {say('condition.unknown', { item: props.test.item })}
            </option>
          </Show>
          <For each={props.before}>
            {(one) => (
              <option value={one.code} selected={one.code === props.test.item}>
                {one.code} – {shortOf(one)}
              </option>
            )}
          </For>
        </select>
      </div>
      <div class="field">
        <label for={`${id}-kind`}>{say('condition.kind')}</label>
        <select
          id={`${id}-kind`}
          onChange={(event) => {
            const kind = KINDS.find((one) => one === event.currentTarget.value)
            if (kind !== undefined) props.set({ ...props.test, kind })
          }}
        >
          <For each={kinds()}>
            {(kind) => (
              <option value={kind} selected={kind === props.test.kind}>
                {say(`condition.kind.${kind}`)}
              </option>
            )}
          </For>
        </select>
      </div>
      <Show when={props.test.kind === 'is' || props.test.kind === 'isNot'}>
        <fieldset class="test-options">
          <legend>{say('condition.anyOf')}</legend>
          <For each={options()}>
            {(option) => (
              <label class="choice">
                <input
                  type="checkbox"
                  checked={props.test.is.includes(option.code)}
                  onChange={(event) => {
                    const others = props.test.is.filter((code) => code !== option.code)
                    props.set({ ...props.test, is: event.currentTarget.checked ? [...others, option.code] : others })
                  }}
                />
                <span>{own(option.text) || option.code}</span>
              </label>
            )}
          </For>
        </fieldset>
      </Show>
      <Show when={props.test.kind === 'between'}>
        <For each={['from', 'to'] as const}>
          {(name) => (
            <div class="field short">
              <label for={`${id}-${name}`}>{say(`condition.${name}`)}</label>
              <input
                id={`${id}-${name}`}
                type={isDate() ? 'date' : 'number'}
                step="any"
                value={props.test[name] ?? ''}
                onInput={(event) => withEnd(name, event.currentTarget.value)}
              />
            </div>
          )}
        </For>
      </Show>
      <button
        type="button"
        class="icon-button"
        aria-label={say('move.remove', { name: say('condition.line', { n: props.n }) })}
        onClick={() => props.set(null)}
      >
        <Icon name="remove" />
      </button>
    </div>
  )
}

const shortOf = ({ code, item }: Question): string => {
  const row = item.type === 'matrix' ? item.rows.find((one) => one.code === code) : undefined
  return own((row ?? item).short) || own((row ?? item).text)
}

/** Whether a question can be compared in this way. */
function fits(kind: Test['kind'], question: Question | undefined): boolean {
  if (kind === 'answered' || kind === 'unanswered' || question === undefined) return true
  const { type } = question.item
  return kind === 'between' ? ['number', 'percent', 'date', 'list'].includes(type) : 'options' in question.item
}

/** A line about a question, as simple as its kind allows. */
function firstTest(question: Question): Test {
  const kind = KINDS.find((one) => fits(one, question)) ?? 'answered'
  const is = 'options' in question.item ? question.item.options.slice(0, 1).map(({ code }) => code) : []
  const item = question.code
  if (kind !== 'between') return { item, kind, is: kind === 'is' ? is : [] }
  const from = question.item.type === 'number' ? question.item.min : question.item.type === 'date' ? undefined : 0
  return { item, kind, is: [], ...(from === undefined ? {} : { from }) }
}
