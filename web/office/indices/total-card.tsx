import { Show } from 'solid-js'
import { ScoreBar } from './score-reading.tsx'
import { readEstimate } from '../figures/reading.ts'
import { count, decimal, percent } from '../lib/format.ts'
import { locale, own, t } from '../lib/locale.ts'
import { GroupMark, placesWords } from './peer-words.tsx'
import { score, scoreRange } from './score-format.ts'
import type { Scale, ScoreElement, UnitScores } from './types.ts'
import { say } from './words.ts'

/** The total: value with both bands, where it stands among its kind, and on what it rests. */
export function TotalCard(props: { scores: UnitScores; root: ScoreElement }) {
  const scale = () => props.scores.index.scale
  return (
    <article class="card figure-card total-card" aria-labelledby="tong-diem">
      <h2 id="tong-diem">{own(props.root.label)}</h2>
      <TotalValue scores={props.scores} root={props.root} />
      <Show when={closeUp(props.root, scale())}>
        {(part) => (
          <div>
            <ScoreBar element={props.root} range={part()} />
            <p class="bar-ends" aria-hidden="true">
              <span>{score(part().min, null)}</span>
              <span>{score(part().max, null)}</span>
            </p>
            <BarKey element={props.root} part={part()} scale={scale()} />
          </div>
        )}
      </Show>
      <Show when={props.root.grade}>
        {(grade) => <p class="figure-grade">{say('total.grade', { grade: gradeName(grade()) })}</p>}
      </Show>
      <Standing root={props.root} />
      <Selection root={props.root} />
      <p class="figure-internal">{say(props.scores.index.official ? 'total.internalOfficial' : 'total.internal')}</p>
    </article>
  )
}

/**
 * The part of the scale that is drawn: all marks with as much room again on both sides, in steps of tenths of a point. On the
 * whole scale the two bands could not be told apart.
 */
export function closeUp({ estimate, selection, peers }: ScoreElement, scale: Scale): Scale | null {
  if (estimate.suppressed !== null) return null
  const marks = [estimate.est, estimate.lo, estimate.hi, selection?.lo, selection?.hi, peers.median].filter(
    (mark) => mark !== null && mark !== undefined,
  )
  if (marks.length < 2) return null
  const [lo, hi] = [Math.min(...marks), Math.max(...marks)]
  const room = Math.max((hi - lo) / 2, (scale.max - scale.min) / 40)
  const min = Math.max(scale.min, Math.floor((lo - room) * 10) / 10)
  const max = Math.min(scale.max, Math.ceil((hi + room) * 10) / 10)
  return max > min ? { min, max } : null
}

const gradeName = (code: string): string => {
  const known = ['excellent', 'good', 'fair', 'average', 'weak'] as const
  const found = known.find((one) => one === code)
  return found === undefined ? code : t(`grade.${found}`)
}

function TotalValue(props: { scores: UnitScores; root: ScoreElement }) {
  const reading = () => readEstimate(props.root.estimate, props.root.needed)
  const se = () => props.root.estimate.se
  const n = (value: number) => count(value, locale())
  const number = () => {
    const known = reading()
    switch (known.kind) {
      case 'value':
      case 'plain':
        return { big: score(known.est, se()), small: null }
      case 'interval':
        return { big: null, small: t('reading.interval', { lo: score(known.lo, se()), hi: score(known.hi, se()) }) }
      case 'too_few':
        return { big: null, small: t('reading.tooFew') }
      case 'complementary':
        return { big: null, small: t('reading.complementary') }
      case 'no_interval':
        return { big: null, small: t('reading.noInterval') }
      case 'not_measured':
        return { big: null, small: say('score.notMeasured') }
    }
  }
  const line = () => {
    const known = reading()
    switch (known.kind) {
      case 'value':
        return say('total.range', {
          range: scoreRange(known.lo, known.hi, se()),
          n: n(known.n),
          nEff: n(Math.round(props.root.estimate.nEff ?? known.n)),
        })
      case 'plain':
        return say('total.known')
      case 'interval':
        return known.needed === null
          ? t('reading.intervalWhy', { n: n(known.n) })
          : `${t('reading.intervalWhy', { n: n(known.n) })} ${t('reading.tooFewNeed', { k: n(known.needed) })}`
      case 'too_few':
        return known.needed === null ? t('reading.tooFewPlain') : t('reading.tooFewNeed', { k: n(known.needed) })
      case 'complementary':
        return t('reading.complementaryWhy')
      case 'no_interval':
        return say('total.noInterval')
      case 'not_measured':
        return say('total.notMeasured', { present: n(props.root.present), of: n(props.root.of) })
    }
  }
  return (
    <div class="figure-value" data-missing={number().big === null ? '' : undefined}>
      <p class="figure-number" data-size={number().big === null ? 'small' : undefined}>
        {number().big ?? number().small}
        <Show when={number().big !== null}>
          <span class="figure-of">
            {' '}
            {say('total.scale', {
              min: score(props.scores.index.scale.min, null),
              max: score(props.scores.index.scale.max, null),
            })}
          </span>
        </Show>
      </p>
      <p class="figure-range">{line()}</p>
      <Show when={props.scores.responseRate.est !== null && props.scores.responseRate.est}>
        {(rate) => (
          <p class="figure-range">
            {say('total.response', {
              rate: percent(rate(), locale()),
              answered: n(props.scores.counts.answered),
              invited: n(props.scores.counts.invited),
            })}
          </p>
        )}
      </Show>
    </div>
  )
}

/** What the marks of the bar mean; only those that are drawn. */
function BarKey(props: { element: ScoreElement; part: Scale; scale: Scale }) {
  const isPart = () => props.part.min > props.scale.min || props.part.max < props.scale.max
  return (
    <ul class="bar-key">
      <li data-mark="band">{say('key.band')}</li>
      <Show when={props.element.selection}>
        <li data-mark="outer">{say('key.outer')}</li>
      </Show>
      <Show when={props.element.peers.median !== null}>
        <li data-mark="median">{say('key.median')}</li>
      </Show>
      <Show when={isPart()}>
        <li data-mark="none">
          {say('key.part', { min: score(props.part.min, null), max: score(props.part.max, null) })}
        </li>
      </Show>
    </ul>
  )
}

function Standing(props: { root: ScoreElement }) {
  const peers = () => props.root.peers
  return (
    <div class="standing">
      <p>
        <GroupMark element={props.root} />
      </p>
      <Show when={peers().group}>
        {(group) => (
          <p class="figure-range">
            {say(`group.${group()}.why`)}{' '}
            <Show when={peers().ownPlaces}>{(places) => <>{placesWords(places(), peers().of)}</>}</Show>
          </p>
        )}
      </Show>
      <Show when={peers().median !== null && { value: peers().median ?? 0 }}>
        {(median) => (
          <p class="figure-range">{say('peers.median', { value: score(median().value, props.root.estimate.se) })}</p>
        )}
      </Show>
      <Expected element={props.root} />
    </div>
  )
}

/** Small units: what peers make one expect, beside the raw value and never instead of it. */
export function Expected(props: { element: ScoreElement }) {
  const expected = () => {
    const { expected: found, ownWeight, estimate } = props.element
    const isThere = found !== null && found.est !== null && estimate.est !== null && ownWeight !== null
    // where a unit's own answers carry nearly all of it there is nothing to tell
    return isThere && ownWeight < 0.95
      ? { est: found.est ?? 0, lo: found.lo, hi: found.hi, se: found.se, ownWeight }
      : null
  }
  return (
    <Show when={expected()}>
      {(known) => (
        <p class="figure-range">
          {say('expected.text', {
            raw: score(props.element.estimate.est ?? 0, props.element.estimate.se),
            value: score(known().est, known().se),
            own: percent(known().ownWeight, locale()),
          })}
        </p>
      )}
    </Show>
  )
}

/** What self-selection may do, in plain words. */
function Selection(props: { root: ScoreElement }) {
  return (
    <Show when={props.root.selection}>
      {(band) => (
        <details class="how">
          <summary>{say('selection.title')}</summary>
          <p>
            {say('selection.text', {
              rate: percent(band().participation, locale()),
              reach: decimal(band().reach, 2, locale()),
              range: scoreRange(band().lo, band().hi, props.root.estimate.se),
            })}
          </p>
          <Show when={band().worth !== null && { n: band().worth ?? 0 }}>
            {(worth) => (
              <p>
                {say('selection.worth', {
                  n: count(props.root.estimate.n ?? 0, locale()),
                  worth: count(Math.round(worth().n), locale()),
                })}
              </p>
            )}
          </Show>
          <p>{say('selection.unknown')}</p>
        </details>
      )}
    </Show>
  )
}
