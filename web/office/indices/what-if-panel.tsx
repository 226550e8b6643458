import { createMemo, createSignal, For, Show } from 'solid-js'
import { count } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { exact, rawValue, signed } from './score-format.ts'
import type { IndexDefinition, UnitScores } from './types.ts'
import { isBehind, trialOf, tryOut, type Lever } from './what-if.ts'
import { say } from './words.ts'

/** Indicators to move, and the total that follows at once. */
export function WhatIfPanel(props: { scores: UnitScores; definition: IndexDefinition }) {
  const trial = createMemo(() => trialOf(props.scores, props.definition))
  const [changes, setChanges] = createSignal<ReadonlyMap<string, number>>(new Map())
  const result = createMemo(() => tryOut(trial(), changes()))
  const labels = createMemo(() => new Map(props.scores.elements.map(({ code, label }) => [code, own(label)])))
  const behind = () => trial().levers.filter(isBehind)
  const root = () => props.scores.elements.find(({ parent }) => parent === null)?.code
  const movedNodes = () => result().moved.filter(({ code }) => !changes().has(code) && code !== root())
  const put = (code: string, value: number | null) => {
    const next = new Map(changes())
    if (value === null) next.delete(code)
    else next.set(code, value)
    setChanges(next)
  }
  const raise = () => setChanges(new Map(behind().map(({ element, median }) => [element.code, median ?? 0])))
  return (
    <Show when={trial().levers.length > 0} fallback={<p class="empty">{say('whatIf.nothing')}</p>}>
      <p class="lead">{say('whatIf.lead')}</p>
      <Show when={trial().left > 0}>
        <p class="quiet">{say('whatIf.left', { n: count(trial().left, locale()) })}</p>
      </Show>
      <div class="what-if-total card" role="group" aria-labelledby="gia-dinh-tong">
        <h2 id="gia-dinh-tong">{say('whatIf.total')}</h2>
        <output class="what-if-result">{totalWords(result().total)}</output>
        <p class="button-row">
          <button type="button" class="button" aria-disabled={behind().length === 0} onClick={raise}>
            {say('whatIf.raise', { n: count(behind().length, locale()) })}
          </button>
          <button type="button" class="button" data-kind="quiet" onClick={() => setChanges(new Map())}>
            {say('whatIf.reset')}
          </button>
        </p>
        <Show when={movedNodes().length > 0}>
          <ul class="what-if-moved">
            <For each={movedNodes()}>
              {(row) => (
                <li>
                  {labels().get(row.code)}: {wordsOf(row.before, row.after)}
                </li>
              )}
            </For>
          </ul>
        </Show>
        <p class="figure-internal">{say('total.internal')}</p>
      </div>
      <ul class="what-if-levers">
        <For each={trial().levers}>
          {(lever) => (
            <li>
              <LeverRow
                lever={lever}
                parent={labels().get(lever.element.parent ?? '') ?? ''}
                value={changes().get(lever.element.code) ?? lever.own}
                put={(value) => put(lever.element.code, value)}
              />
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

function totalWords({ before, after }: { before: number | null; after: number | null }): string {
  if (before === null || after === null) return say('whatIf.noTotal')
  return before === after ? say('whatIf.same', { value: exact(before) }) : wordsOf(before, after)
}

function wordsOf(before: number | null, after: number | null): string {
  if (before === null || after === null) return say('whatIf.noTotal')
  return say('whatIf.move', { before: exact(before), after: exact(after), points: signed(after - before, 3) })
}

function LeverRow(props: { lever: Lever; parent: string; value: number; put: (value: number | null) => void }) {
  const indicator = () => props.lever.element.indicator
  const written = (value: number) => rawValue(value, indicator()?.raw.se ?? null, indicator()?.goalposts ?? null)
  const id = () => `gia-dinh-${props.lever.element.code.replaceAll(/[^A-Za-z0-9]/g, '-')}`
  return (
    <div class="what-if-lever">
      <label for={id()}>
        {own(props.lever.element.label)}
        <span class="cell-note">{props.parent}</span>
      </label>
      <input
        id={id()}
        type="range"
        min={props.lever.ends.min}
        max={props.lever.ends.max}
        step="any"
        value={props.value}
        aria-valuetext={written(props.value)}
        onInput={(event) => props.put(event.currentTarget.valueAsNumber)}
      />
      <p class="what-if-values">
        <strong>{written(props.value)}</strong>{' '}
        <span class="quiet">
          {props.lever.median === null
            ? say('whatIf.now', { value: written(props.lever.own) })
            : say('whatIf.nowAndMedian', { value: written(props.lever.own), median: written(props.lever.median) })}
        </span>
      </p>
      <p class="what-if-buttons">
        <Show when={props.lever.median !== null}>
          <button type="button" class="link-button" onClick={() => props.put(props.lever.median)}>
            {say('whatIf.toMedian')}
            <span class="visually-hidden">: {own(props.lever.element.label)}</span>
          </button>
        </Show>
        <Show when={props.value !== props.lever.own}>
          <button type="button" class="link-button" onClick={() => props.put(null)}>
            {say('whatIf.back')}
            <span class="visually-hidden">: {own(props.lever.element.label)}</span>
          </button>
        </Show>
      </p>
    </div>
  )
}
