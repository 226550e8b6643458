import { selectionBand, type SelectionBand, selectionBias } from '../../core/index/compare/selection-band.ts'
import { type Reach, selectionReaches } from '../../core/index/compare/selection-reach.ts'
import { gapTo, type Gap } from '../../core/index/explore/gap.ts'
import { leverage } from '../../core/index/explore/what-if.ts'
import { freezeIndex } from '../../core/index/frozen.ts'
import type { IndexElement } from '../../core/index/run/elements.ts'
import { peerMedians } from '../../core/index/run/standing.ts'
import { gapsOf } from '../../core/index/run/scores.ts'
import type { Estimate } from '../../core/stats/estimate.ts'
import { estimateAt } from '../runs/rows.ts'
import type { OpenedScores } from './open.ts'
import type { PeerTable } from './peers.ts'

/** The gap of a unit's total to the median of its peers, over the indicators that both show. */
export interface PeerGap {
  readonly own: number
  readonly reference: number
  readonly gap: number
  /** Indicators left out because only one side shows them. */
  readonly left: readonly string[]
}

/**
 * What stands beside a unit's scores: its peers, what they make one expect of it, what self-selection may do, where the points
 * of the gap to their median are, and what a unit more of an indicator is worth. Everything is made of values that are shown.
 */
export function besidePeers(opened: OpenedScores, { peers, standings }: PeerTable) {
  const { definition, goalposts, input, scores } = opened
  const frozen = freezeIndex(definition, goalposts)
  const own = peers.find(({ unit }) => unit === input.unit)
  const medians = peerMedians(peers, input.unit)
  const gap = own === undefined ? null : gapTo(frozen, own.shownRaw, medians)
  const worth = own === undefined ? new Float64Array(0) : leverage(frozen, own.raw)
  const gaps = gapsOf(input)
  const standing = standings.get(input.unit)
  const participation = input.invited === 0 ? 0 : Math.min(1, input.answered / input.invited)
  const reaches = participation === 0 ? null : selectionReaches(frozen, input, selectionBias(participation))
  return {
    gap: gap === null ? null : gapView(gap),
    of: (element: IndexElement, at: number) => {
      const estimate = estimateAt(scores, at)
      const isShown = estimate.suppressed === null
      const found = standing?.[at]
      const part = gap?.parts.find(({ code }) => code === element.code)
      const indicator = element.kind === 'indicator' ? element.at : null
      const isValue = isShown && estimate.est !== null
      return {
        selection: isShown
          ? bandOf(estimate, participation, reaches?.get(element.code), at === 0 ? definition.scale : undefined)
          : null,
        expected: isShown ? (found?.expected ?? null) : null,
        ownWeight: isShown ? (found?.ownWeight ?? null) : null,
        peers: {
          of: found?.peers.of ?? 0,
          median: found?.peerMedian ?? null,
          group: found?.peers.group ?? null,
          places: found?.peers.places ?? null,
          ownPlaces: found?.peers.ownPlaces ?? null,
        },
        gapPoints: isValue || element.kind === 'node' ? (part?.points ?? null) : null,
        whatIf:
          indicator === null
            ? null
            : {
                peerMedian: numberOf(medians[indicator]),
                worth: isValue && gaps[indicator] === null ? numberOf(worth[indicator]) : null,
              },
      }
    },
  }
}

function gapView({ own, reference, gap, left }: Gap): PeerGap {
  return { own, reference, gap, left }
}

function bandOf(
  estimate: Estimate,
  participation: number,
  reach: Reach | undefined,
  scale?: { min: number; max: number },
): SelectionBand | null {
  if (estimate.method === 'known' || reach === undefined) return null
  return selectionBand(estimate, participation, scale === undefined ? { reach } : { reach, scale })
}

function numberOf(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
