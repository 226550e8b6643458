import { createSignal, For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import type { Page } from '../api/types.ts'
import { count, day } from '../lib/format.ts'
import { hasKey, keyOr, locale, t } from '../lib/locale.ts'
import { createPaged } from '../lib/paged.ts'
import { focusRow, MoreButton } from '../shell/more-button.tsx'
import { PaperField } from './paper-field.tsx'
import { chosenAddresses, getSlipChoices, PAPERS, type SlipChoice, type SlipFilter } from './queries.ts'
import { say } from './words.ts'

const eventName = (event: string): string =>
  t(hasKey(`event.${event}`) ? keyOr(`event.${event}`, 'event.returned') : 'event.returned')

/** The slips found, each with a tick; those that were never printed are ticked from the beginning. */
export function SlipChoices(props: { filter: SlipFilter; first: Page<SlipChoice> }) {
  // The list lives exactly as long as its first page (keyed by the caller), so reading the props once is right.
  const list = createPaged(props.first, (cursor) => getSlipChoices(props.filter, cursor))
  const [printed, setPrinted] = createSignal<ReadonlySet<number>>(new Set())
  const [chosen, setChosen] = createSignal<ReadonlySet<number>>(new Set(waiting(props.first.items)))
  const [paper, setPaper] = createSignal<string>(PAPERS[0])
  let body: HTMLTableSectionElement | undefined
  const isPrinted = (slip: SlipChoice) => slip.printed || printed().has(slip.ask)
  const choose = (asks: readonly number[]) => setChosen(new Set(asks))
  const tick = (ask: number, isChosen: boolean) =>
    choose(isChosen ? [...chosen(), ask] : [...chosen()].filter((one) => one !== ask))
  const arrived = (index: number) => {
    choose([...chosen(), ...waiting(list.items().slice(index))])
    focusRow(body, index)
  }
  // in the order of the list, whatever the order of the ticks
  const parts = () =>
    chosenAddresses(
      list.items().flatMap(({ ask }) => (chosen().has(ask) ? [ask] : [])),
      paper(),
    )
  return (
    <>
      <ScrollTable caption={say('choices', { n: count(list.items().length, locale()) })} class="compact">
        <thead>
          <tr>
            <th scope="col">{say('choose')}</th>
            <th scope="col">{say('dossier')}</th>
            <th scope="col">{say('procedureName')}</th>
            <th scope="col">{say('event')}</th>
            <th scope="col">{say('day')}</th>
            <th scope="col">{say('printed')}</th>
          </tr>
        </thead>
        <tbody ref={(element) => (body = element)}>
          <For each={list.items()}>
            {(slip) => (
              <tr>
                <td>
                  <input
                    type="checkbox"
                    class="tick"
                    aria-label={say('chooseOne', { dossier: slip.dossier })}
                    checked={chosen().has(slip.ask)}
                    onChange={(event) => tick(slip.ask, event.currentTarget.checked)}
                  />
                </td>
                <th scope="row" class="code">
                  {slip.dossier}
                </th>
                <td>{slip.procedure.name}</td>
                <td>{eventName(slip.event)}</td>
                <td>{day(slip.day, locale())}</td>
                <td>{say(isPrinted(slip) ? 'printed.yes' : 'printed.no')}</td>
              </tr>
            )}
          </For>
        </tbody>
      </ScrollTable>
      <MoreButton list={list} arrived={arrived} />
      <div class="toolbar">
        <PaperField choose={setPaper} />
        <button
          type="button"
          class="button"
          data-kind="quiet"
          onClick={() => choose(list.items().flatMap((slip) => (isPrinted(slip) ? [] : [slip.ask])))}
        >
          {say('chooseWaiting')}
        </button>
        <button
          type="button"
          class="button"
          data-kind="quiet"
          onClick={() => choose(list.items().map(({ ask }) => ask))}
        >
          {say('chooseAll')}
        </button>
        <button type="button" class="button" data-kind="quiet" onClick={() => choose([])}>
          {say('chooseNone')}
        </button>
      </div>
      <Show when={parts().length > 0} fallback={<p class="empty">{say('noneChosen')}</p>}>
        <div class="toolbar">
          <For each={parts()}>
            {(part, at) => (
              <a
                class="button"
                href={part.address}
                target="_blank"
                rel="noopener noreferrer"
                onClick={() => setPrinted(new Set([...printed(), ...part.asks]))}
              >
                {say(parts().length > 1 ? 'printPart' : 'printChosen', {
                  at: at() + 1,
                  n: count(part.asks.length, locale()),
                })}
                <span class="visually-hidden">{`, ${say('newTab')}`}</span>
              </a>
            )}
          </For>
        </div>
      </Show>
    </>
  )
}

const waiting = (slips: readonly SlipChoice[]): number[] => slips.flatMap((slip) => (slip.printed ? [] : [slip.ask]))
