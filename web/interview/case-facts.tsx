import { For, Show, type JSX } from 'solid-js'
import type { Case } from './kept.ts'
import type { TabletSession } from './tablet.ts'
import { t } from './words.ts'

/** Whom to ask and where, as far as the survey tells interviewers. */
export function CaseFacts(props: { one: Case; tablet: TabletSession }) {
  const facts = (): [string, JSX.Element][] => {
    const { code, stratum, unit, contact, campaign } = props.one
    const title = props.tablet.holdings()?.campaigns.find(({ id }) => id === campaign)?.title ?? ''
    const all: [string, JSX.Element][] = [
      [t('address'), contact?.address ?? ''],
      [
        t('phone'),
        contact?.phone === undefined ? '' : <a href={`tel:${contact.phone.replace(/[^\d+]/g, '')}`}>{contact.phone}</a>,
      ],
      [t('caseEmail'), contact?.email ?? ''],
      [t('code'), code],
      [t('unit'), unit?.name ?? ''],
      [t('stratum'), stratum],
      [t('campaign'), title],
    ]
    return all.filter(([, value]) => value !== '')
  }
  return (
    <>
      <Show when={!props.one.isGiven}>
        <p class="attention">{t('notGiven')}</p>
      </Show>
      <dl class="case-facts">
        <For each={facts()}>
          {([term, value]) => (
            <div>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          )}
        </For>
      </dl>
    </>
  )
}
