import { createUniqueId, For, Match, Show, Switch, type ParentProps } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { IntervalBar } from '../../charts/interval-bar.tsx'
import type { OfficeKey } from '../../i18n/office.vi.ts'
import type { Figure } from '../api/types.ts'
import { count } from '../lib/format.ts'
import { hasKey, keyOr, locale, t } from '../lib/locale.ts'
import { HowComputed } from './how-computed.tsx'
import { isPercent, isShare, readEstimate, writeEnd, writeRange, writeValue, type Reading } from './reading.ts'

/** Notes that are said elsewhere on the card: the standing sentence, and the states that the reading itself shows. */
const SAID_ELSEWHERE: readonly string[] = ['internal_estimate', 'too_few', 'interval_only', 'complementary']

/** Which note to show for a code on this figure: why a thing is not measured differs from figure to figure. */
function noteOf(figure: Figure, code: string): string[] {
  if (SAID_ELSEWHERE.includes(code)) return []
  if (code !== 'not_measured') return [code]
  if (figure.code === 'pci_like') return ['no_business']
  return figure.code === 'tt01_subtotal' ? ['no_deadlines'] : figure.notes.length > 2 ? [] : [code]
}

/** One figure: what it is, its value with interval and number of answers or why there is none, and how it is computed. */
export function FigureCard(props: ParentProps<{ figure: Figure; heading?: 'h3' | 'h4' }>) {
  const id = createUniqueId()
  const reading = () => readEstimate(props.figure.estimate, props.figure.needed)
  const scale = () => props.figure.scale
  const notes = () => props.figure.notes.flatMap((code) => noteOf(props.figure, code))
  return (
    <article class="card figure-card" aria-labelledby={id} data-reading={reading().kind}>
      <Dynamic component={props.heading ?? 'h4'} id={id}>
        {t(`figure.${props.figure.code}`)}
      </Dynamic>
      <p class="figure-is">{t(`figure.${props.figure.code}.is`)}</p>
      <FigureValue figure={props.figure} reading={reading()} />
      <Show when={props.figure.grade}>
        {(grade) => (
          <p class="figure-grade">
            <strong>
              {t('figure.grade', {
                grade: hasKey(`grade.${grade()}`) ? t(keyOr(`grade.${grade()}`, 'grade.good')) : grade(),
              })}
            </strong>
          </p>
        )}
      </Show>
      <Notes codes={notes()} />
      <Show when={!isShare(scale()) && !isPercent(scale())}>
        <p class="quiet">
          {t('figure.scale', { min: writeEnd(scale().min, locale()), max: writeEnd(scale().max, locale()) })}
        </p>
      </Show>
      <p class="figure-internal">{t('figures.internal')}</p>
      <HowComputed figure={props.figure} />
      {props.children}
    </article>
  )
}

/** Why there is nothing to show, in two words; the notes below say the rest. */
function missingWords(figure: Figure): OfficeKey {
  if (figure.code === 'tt01_grade') return 'reading.notGraded'
  return figure.notes.includes('parts_missing') ? 'reading.notComputed' : 'reading.notMeasured'
}

function FigureValue(props: { figure: Figure; reading: Reading }) {
  const scale = () => props.figure.scale
  const se = () => props.figure.estimate.se
  const value = (one: number) => writeValue(one, scale(), se(), locale())
  const as = <Kind extends Reading['kind']>(kind: Kind) =>
    props.reading.kind === kind ? (props.reading as Extract<Reading, { kind: Kind }>) : null
  return (
    <Switch>
      <Match when={as('value')}>
        {(known) => (
          <div class="figure-value">
            <p class="figure-number">{value(known().est)}</p>
            <IntervalBar domain={scale()} lo={known().lo} hi={known().hi} est={known().est} />
            <p class="figure-range">
              {t('figure.range', { range: writeRange(known().lo, known().hi, scale(), se(), locale()) })} ·{' '}
              {t('figure.n', { n: count(known().n, locale()) })}
            </p>
          </div>
        )}
      </Match>
      <Match when={as('plain')}>
        {(known) => (
          <div class="figure-value">
            <p class="figure-number">{value(known().est)}</p>
            <p class="figure-range">{t('figure.plain', { n: count(known().n ?? 0, locale()) })}</p>
          </div>
        )}
      </Match>
      <Match when={as('interval')}>
        {(known) => (
          <div class="figure-value">
            <p class="figure-number" data-size="small">
              {t('reading.interval', { lo: value(known().lo), hi: value(known().hi) })}
            </p>
            <IntervalBar domain={scale()} lo={known().lo} hi={known().hi} est={null} />
            <p class="figure-range">
              {t('reading.intervalWhy', { n: count(known().n, locale()) })}
              <Show when={known().needed}>{(k) => <> {t('reading.tooFewNeed', { k: count(k(), locale()) })}</>}</Show>
            </p>
          </div>
        )}
      </Match>
      <Match when={as('too_few')}>
        {(known) => (
          <div class="figure-value" data-missing>
            <p class="figure-number" data-size="small">
              {t('reading.tooFew')}
            </p>
            <p class="figure-range">
              {known().needed === null
                ? t('reading.tooFewPlain')
                : t('reading.tooFewNeed', { k: count(known().needed ?? 0, locale()) })}
            </p>
          </div>
        )}
      </Match>
      <Match when={as('complementary')}>
        <div class="figure-value" data-missing>
          <p class="figure-number" data-size="small">
            {t('reading.complementary')}
          </p>
          <p class="figure-range">{t('reading.complementaryWhy')}</p>
        </div>
      </Match>
      <Match when={as('not_measured')}>
        <div class="figure-value" data-missing>
          <p class="figure-number" data-size="small">
            {t(missingWords(props.figure))}
          </p>
        </div>
      </Match>
    </Switch>
  )
}

/** Notes as a short mark with its reason; a code without words is left out rather than shown raw. */
function Notes(props: { codes: readonly string[] }) {
  return (
    <For each={props.codes}>
      {(code) => {
        const mark = `note.${code}`
        const why = `note.${code}.why`
        return (
          <Show when={hasKey(mark) || hasKey(why)}>
            <p class="figure-note">
              <Show when={hasKey(mark)}>
                <span class="mark">{t(keyOr(mark, 'reading.notMeasured'))}</span>{' '}
              </Show>
              <Show when={hasKey(why)}>{t(keyOr(why, 'reading.notMeasured'))}</Show>
            </p>
          </Show>
        )
      }}
    </For>
  )
}
