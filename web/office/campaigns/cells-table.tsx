import { createAsync, revalidate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { getCells, releaseReplacements } from '../api/campaigns.ts'
import type { Campaign, Cell } from '../api/campaign-types.ts'
import type { Page } from '../api/types.ts'
import { count, decimal } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { createPaged } from '../lib/paged.ts'
import { focusRow, MoreButton } from '../shell/more-button.tsx'
import { Careful, InputField } from './parts.tsx'
import { stratumName } from './strata-table.tsx'
import { say } from './words.ts'

const n = (value: number) => count(value, locale())

/** What was drawn in each stratum or first-stage unit, with probabilities and weights; replacements while it is open. */
export function CellsTable(props: { campaign: Campaign }) {
  const first = createAsync(() => getCells(props.campaign.id, null))
  return (
    <Show keyed when={first()}>
      {(page) => <Rows campaign={props.campaign} first={page} />}
    </Show>
  )
}

function Rows(props: { campaign: Campaign; first: Page<Cell> }) {
  // The list lives exactly as long as its first page (keyed above), so reading the props once is right.
  const list = createPaged(props.first, (cursor) => getCells(props.campaign.id, cursor))
  const drawn = () => list.items().flatMap((cell) => (cell.drawn === null ? [] : [{ ...cell, drawn: cell.drawn }]))
  const isOpen = () => props.campaign.state === 'open'
  const hasUnits = () => props.campaign.design?.columns.psu !== null
  let body: HTMLTableSectionElement | undefined
  return (
    <>
      <ScrollTable caption={say('cells.caption')} class="wide-first compact">
        <thead>
          <tr>
            <th scope="col">{say('stratum')}</th>
            <For each={['members', 'main', 'reserve', 'probability', 'weight'] as const}>
              {(column) => (
                <th scope="col" class="number">
                  {say(`cells.${column}`)}
                </th>
              )}
            </For>
            <Show when={isOpen()}>
              <th scope="col">{say('release.column')}</th>
            </Show>
          </tr>
        </thead>
        <tbody ref={(element) => (body = element)}>
          <For each={drawn()}>
            {(cell) => (
              <tr>
                <th scope="row">
                  {stratumName(cell.stratum)}
                  <Show when={hasUnits() && cell.psu}>
                    <span class="cell-note">{cell.psu}</span>
                  </Show>
                </th>
                <td class="number">{n(cell.drawn.members)}</td>
                <td class="number">{n(cell.drawn.main)}</td>
                <td class="number">
                  {cell.drawn.released === 0
                    ? n(cell.drawn.reserve)
                    : say('cells.releasedOf', { released: n(cell.drawn.released), reserve: n(cell.drawn.reserve) })}
                </td>
                <td class="number">{decimal(cell.drawn.probability, 4, locale())}</td>
                <td class="number">{decimal(cell.drawn.weight, 2, locale())}</td>
                <Show when={isOpen()}>
                  <td>
                    <Show when={cell.drawn.reserve > cell.drawn.released} fallback={<span>{say('release.none')}</span>}>
                      <Release id={props.campaign.id} cell={cell} />
                    </Show>
                  </td>
                </Show>
              </tr>
            )}
          </For>
        </tbody>
      </ScrollTable>
      <p class="quiet">{say('cells.note')}</p>
      <MoreButton list={list} arrived={(index) => focusRow(body, index)} />
    </>
  )
}

/** Asks how many replacements of a cell are to be asked as well. */
function Release(props: { id: number; cell: Cell & { drawn: NonNullable<Cell['drawn']> } }) {
  const [more, setMore] = createSignal(1)
  const left = () => props.cell.drawn.reserve - props.cell.drawn.released
  const name = () => [stratumName(props.cell.stratum), props.cell.psu ?? ''].filter((one) => one !== '').join(', ')
  const run = async () => {
    const { stratum, psu, drawn } = props.cell
    await releaseReplacements(props.id, { stratum, psu, released: drawn.released + more() })
    await revalidate()
  }
  return (
    <Careful
      label={say('release.button')}
      about={name()}
      title={say('release.ask', { stratum: name() })}
      confirm={say('release.confirm')}
      kind="quiet"
      run={run}
    >
      <p>{say('release.what', { left: n(left()) })}</p>
      <InputField
        label={say('release.how')}
        name="more"
        type="number"
        min={1}
        max={left()}
        value={1}
        input={(value) => setMore(Math.trunc(Number(value)))}
      />
    </Careful>
  )
}
