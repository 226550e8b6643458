import { createEffect, createMemo, createSignal, For, Show } from 'solid-js'
import { day, titleOf } from '../survey/words.ts'
import { Choice } from '../ui/choice.tsx'
import type { Campaign, Case } from './kept.ts'
import type { Holdings } from './records.ts'
import type { Standing } from './standing.ts'
import type { TabletSession } from './tablet.ts'
import { t } from './words.ts'

const SHOWN = 50
const GROUPS = ['all', 'todo', 'unsent', 'settled'] as const
type Group = (typeof GROUPS)[number]

/** Where a case belongs in the choice of what is shown. */
const groupOf = (standing: Standing): Exclude<Group, 'all'>[] => {
  if (standing === 'todo') return ['todo']
  if (standing === 'begun') return ['todo', 'unsent']
  return standing === 'finished' || standing === 'refused' ? ['unsent'] : ['settled']
}
/** Letters without marks and case, so that "thue" finds "Thuế". */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()
const searched = ({ code, contact }: Case) => plain([code, contact?.name, contact?.address, contact?.phone].join(' '))

/** The cases of this person, by survey. */
export function CaseList(props: { tablet: TabletSession; holdings: Holdings; onOpen: (id: number) => void }) {
  const [wanted, setWanted] = createSignal('')
  const [group, setGroup] = createSignal<Group>('all')
  const [most, setMost] = createSignal(SHOWN)
  const rows = createMemo(() =>
    [...props.holdings.cases]
      .sort((a, b) => a.code.localeCompare(b.code, 'vi', { numeric: true }))
      .map((one) => ({ one, standing: props.tablet.standing(one) })),
  )
  const inGroup = (of: Group) => rows().filter(({ standing }) => of === 'all' || groupOf(standing).includes(of))
  const found = createMemo(() => inGroup(group()).filter(({ one }) => searched(one).includes(plain(wanted()))))
  const sections = createMemo(() => {
    const shown = found().slice(0, most())
    return props.holdings.campaigns.flatMap((campaign) => {
      const own = shown.filter(({ one }) => one.campaign === campaign.id)
      return own.length === 0 ? [] : [{ campaign, own }]
    })
  })
  createEffect(() => titleOf(t('title')))
  return (
    <section aria-labelledby="cases">
      <h2 id="cases">{t('cases')}</h2>
      <Show when={rows().length > 0} fallback={<p>{t('casesNone')}</p>}>
        <fieldset class="question groups">
          <legend>{t('show')}</legend>
          <div class="choices">
            <For each={GROUPS}>
              {(one) => (
                <Choice
                  name="group"
                  label={t(`show_${one}`, { n: inGroup(one).length })}
                  checked={group() === one}
                  onChoose={() => setGroup(one)}
                />
              )}
            </For>
          </div>
        </fieldset>
        <label class="field">
          <span>{t('search')}</span>
          <input
            type="search"
            autocomplete="off"
            value={wanted()}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </label>
        <p class="hint" role="status">
          {wanted() === '' ? '' : t('found', { n: found().length })}
        </p>
        <For each={sections()}>
          {({ campaign, own }) => (
            <>
              <h3>{campaign.title}</h3>
              <p class="hint">{untilWords(campaign)}</p>
              <ul class="cases">
                <For each={own}>
                  {({ one, standing }) => <Row one={one} standing={standing} onOpen={() => props.onOpen(one.case)} />}
                </For>
              </ul>
            </>
          )}
        </For>
        <Show when={found().length > most()}>
          <button type="button" class="button" onClick={() => setMost(most() + SHOWN)}>
            {t('more')}
          </button>
        </Show>
      </Show>
    </section>
  )
}

/** Until when interviews count, by the tablet's own day. */
function untilWords({ closesOn }: Campaign): string {
  const now = new Date()
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
  return t(today > closesOn ? 'untilPast' : 'until', { day: day(closesOn) })
}

function Row(props: { one: Case; standing: Standing; onOpen: () => void }) {
  const contact = () => props.one.contact
  return (
    <li data-standing={props.standing}>
      <button type="button" class="case" onClick={() => props.onOpen()}>
        <span class="case-name">{contact()?.name ?? props.one.code}</span>
        <span class="case-where">
          {[
            contact()?.name === undefined ? '' : props.one.code,
            contact()?.address ?? props.one.unit?.name ?? props.one.stratum,
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
        <span class="case-state">
          {t(`standing_${props.standing}`)}
          <Show when={props.standing === 'todo' && props.one.disposition !== 'none' && props.one.disposition}>
            {(what) => ` · ${t(`visit_${what()}`)}`}
          </Show>
        </span>
      </button>
    </li>
  )
}
