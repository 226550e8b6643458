import { createAsync, useParams, useSearchParams } from '@solidjs/router'
import { createUniqueId, For, Show } from 'solid-js'
import { getResults, getUnitResults, type Results, type UnitResult } from '../api/results.ts'
import type { Page } from '../api/types.ts'
import { ReadingCell } from '../figures/reading-cell.tsx'
import { decimal } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { createPaged } from '../lib/paged.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { focusRow, MoreButton } from '../shell/more-button.tsx'
import { ElementsTable } from './elements-table.tsx'
import { ResultsFrame } from './frame.tsx'
import { say } from './words.ts'

/** Strengths of self-selection that are offered: weak, middling, strong. */
const STRENGTHS = [0.02, 0.05, 0.1] as const
const strength = (rho: number) => decimal(rho, 2, locale())

/** Sub-indicators of a campaign, as a whole and by unit. */
export function ResultsPage() {
  const params = useParams<{ id: string }>()
  const [asked] = useSearchParams<{ edition?: string; rho?: string }>()
  const rho = () => STRENGTHS.find((one) => String(one) === asked.rho) ?? null
  const results = createAsync(() => getResults(Number(params.id), asked.edition ?? null, rho()))
  return (
    <Boundary page>
      <Show when={results()}>
        {(known) => (
          <ResultsFrame part="ket-qua" summary={known()}>
            <Chosen results={known()} edition={asked.edition ?? null} />
          </ResultsFrame>
        )}
      </Show>
    </Boundary>
  )
}

function Chosen(props: { results: Results; edition: string | null }) {
  return (
    <Show when={props.results.chosen} fallback={<p class="empty">{say('elements.none')}</p>} keyed>
      {(chosen) => (
        <>
          <Choices results={props.results} />
          <section aria-labelledby="elements">
            <h2 id="elements">{say('elements.title')}</h2>
            <p class="lead">{say('elements.lead', { rho: strength(props.results.rho) })}</p>
            <ElementsTable
              caption={`${own(chosen.label)}. ${say('elements.caption')}`}
              elements={chosen.elements}
              scale={chosen.scale}
              bands
              questions={path.results(props.results.campaign.id, 'cau-hoi')}
            />
          </section>
          <section aria-labelledby="units">
            <h2 id="units">{say('units.title')}</h2>
            <Show when={chosen.units > 0} fallback={<p class="empty">{say('units.none')}</p>}>
              <p class="lead">{say('units.lead')}</p>
              <Boundary>
                <Units
                  campaign={props.results.campaign.id}
                  edition={`${chosen.id}@${chosen.edition}`}
                  scale={chosen.scale}
                />
              </Boundary>
            </Show>
          </section>
        </>
      )}
    </Show>
  )
}

/** Which index, and how strong self-selection is taken to be: a form that works as a link. */
function Choices(props: { results: Results }) {
  const id = createUniqueId()
  const chosen = () => `${props.results.chosen?.id ?? ''}@${props.results.chosen?.edition ?? ''}`
  return (
    <form class="results-choices" method="get">
      <div class="field">
        <label for={`${id}-edition`}>{say('edition.label')}</label>
        <select id={`${id}-edition`} name="edition">
          <For each={props.results.editions}>
            {(one) => (
              <option value={`${one.id}@${one.edition}`} selected={`${one.id}@${one.edition}` === chosen()}>
                {own(one.label)}
              </option>
            )}
          </For>
        </select>
      </div>
      <div class="field">
        <label for={`${id}-rho`}>{say('rho.label')}</label>
        <select id={`${id}-rho`} name="rho" aria-describedby={`${id}-hint`}>
          <For each={STRENGTHS}>
            {(one) => (
              <option value={String(one)} selected={one === props.results.rho}>
                {say('rho.option', { rho: strength(one) })}
              </option>
            )}
          </For>
        </select>
      </div>
      <button type="submit" class="button" data-kind="quiet">
        {say('show')}
      </button>
      <p class="field-hint" id={`${id}-hint`}>
        {say('rho.hint')}
      </p>
    </form>
  )
}

function Units(props: { campaign: number; edition: string; scale: { min: number; max: number } }) {
  const first = createAsync(() => getUnitResults(props.campaign, props.edition, null))
  return (
    <Show when={first()} keyed>
      {(page: Page<UnitResult>) => {
        let list: HTMLUListElement | undefined
        const units = createPaged(page, (cursor) => getUnitResults(props.campaign, props.edition, cursor))
        return (
          <>
            <ul class="unit-results" ref={(element) => (list = element)}>
              <For each={units.items()}>
                {({ unit, elements }) => (
                  <li>
                    <h3>{unit.name}</h3>
                    <Show when={elements[0]}>
                      {(root) => <ReadingCell estimate={root().estimate} needed={root().needed} domain={props.scale} />}
                    </Show>
                    <details class="how">
                      <summary>{say('units.all', { unit: unit.name })}</summary>
                      <ElementsTable
                        caption={say('units.all', { unit: unit.name })}
                        elements={elements}
                        scale={props.scale}
                        bands={false}
                      />
                    </details>
                  </li>
                )}
              </For>
            </ul>
            <MoreButton list={units} arrived={(index) => focusRow(list, index)} />
          </>
        )
      }}
    </Show>
  )
}
