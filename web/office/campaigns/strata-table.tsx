import { createAsync } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { getStrata } from '../api/campaigns.ts'
import { count, decimal } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { say } from './words.ts'

/** A stratum's name; without strata the whole list is one. */
export const stratumName = (stratum: string): string => (stratum === '' ? say('stratum.whole') : stratum)

/** Strata with their members and their part of the whole list. */
export function StrataTable(props: { id: number; members: number }) {
  const strata = createAsync(() => getStrata(props.id))
  return (
    <Show when={strata()}>
      {(known) => (
        <ScrollTable caption={say('strata.caption')} class="wide-first compact">
          <thead>
            <tr>
              <th scope="col">{say('stratum')}</th>
              <th scope="col" class="number">
                {say('frame.members')}
              </th>
              <th scope="col" class="number">
                {say('strata.part')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={known()}>
              {({ stratum, members }) => (
                <tr>
                  <th scope="row">{stratumName(stratum)}</th>
                  <td class="number">{count(members, locale())}</td>
                  <td class="number">{decimal((100 * members) / props.members, 1, locale())}%</td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
      )}
    </Show>
  )
}
