import { Show } from 'solid-js'
import { count } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import type { PeerGroup, PlaceSet, ScoreElement } from './types.ts'
import { say } from './words.ts'

/** A shape beside the words, so that the groups are told apart without colour. */
const SHAPE: Readonly<Record<PeerGroup, string>> = {
  clearly_above: 'M1 10 L6 1 L11 10 Z',
  not_distinguishable: 'M1 4 H11 M1 8 H11',
  clearly_below: 'M1 2 L11 2 L6 11 Z',
}

/** Which of the three groups an element belongs to, or why it belongs to none. */
export function GroupMark(props: { element: ScoreElement }) {
  const peers = () => props.element.peers
  return (
    <Show when={peers().group} fallback={<span class="quiet">{noGroup(props.element)}</span>}>
      {(group) => (
        <span class="group-mark" data-group={group()}>
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path d={SHAPE[group()]} />
          </svg>
          {say(`group.${group()}`)}
        </span>
      )}
    </Show>
  )
}

function noGroup({ estimate, peers }: ScoreElement): string {
  if (estimate.suppressed !== null || estimate.est === null) return ''
  return peers.of < 2 ? say('group.noPeers') : say('group.tooFew')
}

/** A place is never one number: between which places the unit stands. */
export function placesWords(places: PlaceSet, of: number): string {
  const [lo, hi, all] = [count(places.lo, locale()), count(places.hi, locale()), count(of, locale())]
  return places.lo === places.hi ? say('places.one', { place: lo, of: all }) : say('places.span', { lo, hi, of: all })
}
