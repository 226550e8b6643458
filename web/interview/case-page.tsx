import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { Form } from '../survey/form.tsx'
import { Title } from '../ui/phone-page.tsx'
import { createCaseSession } from './case-session.ts'
import { createClaim } from './claim.ts'
import { CaseFacts } from './case-facts.tsx'
import type { Case, Kept } from './kept.ts'
import { KeptStatus } from './kept-status.tsx'
import { surveyOf } from './survey-of.ts'
import type { TabletSession } from './tablet.ts'
import { moment, refusal, t, type Word } from './words.ts'
import { Beginning } from './beginning.tsx'

const HISTORY_SHOWN = 10

/** One case: whom to ask, the interview, what became of visits, and what was noted so far. */
export function CasePage(props: { tablet: TabletSession; id: number; isResumed: boolean; onLeave: () => void }) {
  const { tablet, id } = props
  const one = createMemo(
    (before: Case | undefined) => tablet.holdings()?.cases.find((given) => given.case === id) ?? before,
  )
  const standing = () => {
    const known = one()
    return known === undefined ? 'todo' : tablet.standing(known)
  }
  const isAsked = createMemo(() => standing() === 'todo' || standing() === 'begun')
  return (
    <>
      <p class="to-list">
        <button type="button" class="link" onClick={() => props.onLeave()}>
          {t('toList')}
        </button>
      </p>
      <Switch>
        <Match when={isAsked() && one()}>
          {(known) => <Claimed tablet={tablet} one={known()} isResumed={props.isResumed} />}
        </Match>
        <Match when={one()}>
          {(known) => (
            <>
              <Title text={nameOf(known())} focus />
              <p class="standing" role="status">
                <strong>{t(`standing_${standing()}`)}</strong>
              </p>
              <Explained tablet={tablet} one={known()} />
              <CaseFacts one={known()} tablet={tablet} />
              <History items={tablet.itemsOf(id)} />
            </>
          )}
        </Match>
      </Switch>
    </>
  )
}

const nameOf = (one: Case): string => one.contact?.name ?? one.code

/** The interview, in one tab at a time. */
function Claimed(props: { tablet: TabletSession; one: Case; isResumed: boolean }) {
  const claim = createClaim(props.one.case, () => props.tablet.reload())
  return (
    <Switch>
      <Match when={claim() === 'held'}>
        <Interview tablet={props.tablet} one={props.one} isResumed={props.isResumed} />
      </Match>
      <Match when={claim() === 'elsewhere'}>
        <Title text={nameOf(props.one)} focus />
        <p role="status">{t('otherTab')}</p>
      </Match>
    </Switch>
  )
}

function Interview(props: { tablet: TabletSession; one: Case; isResumed: boolean }) {
  const { tablet } = props
  // An interview goes on with the case and the questionnaire that it began with, whatever a sync brings meanwhile.
  const one = props.one
  const campaign = tablet.holdings()?.campaigns.find(({ id }) => id === one.campaign)
  if (campaign === undefined) return <p>{t('gone')}</p>
  const survey = surveyOf(one, campaign, tablet.owner()?.sample ?? false)
  const { isResumed } = props
  const session = createCaseSession({
    case: one.case,
    survey,
    draft: tablet.draftOf(one.case),
    isResumed,
    keep: tablet.keep,
  })
  return (
    <>
      <Show when={session.page() !== null}>
        <p class="whom">{nameOf(one)}</p>
      </Show>
      <Form
        session={session}
        survey={survey}
        t={t}
        start={(begin) => (
          <>
            <Beginning {...begin} tablet={tablet} one={props.one} name={nameOf(one)} survey={survey} />
            <History items={tablet.itemsOf(one.case)} />
          </>
        )}
      />
      <KeptStatus session={session} />
    </>
  )
}

/** What the state of a case means, and what can be done about it. */
function Explained(props: { tablet: TabletSession; one: Case }) {
  const standing = () => props.tablet.standing(props.one)
  const refused = () => {
    const item = props.tablet.itemsOf(props.one.case).find(({ outcome }) => outcome?.status === 'refused')
    return item?.outcome?.status === 'refused' ? item.outcome.code : null
  }
  return (
    <Switch fallback={<p>{t(`explain_${standing()}` as Word)}</p>}>
      <Match when={standing() === 'refused'}>
        <p>{t('explain_refused', { why: refusal(refused() ?? '') })}</p>
        <Show when={refused() === 'invalid_input'}>
          <button type="button" class="button" onClick={() => void props.tablet.reopen(props.one.case)}>
            {t('reopen')}
          </button>
        </Show>
      </Match>
    </Switch>
  )
}

/** What was noted of a case on this tablet, the last of it. */
function History(props: { items: readonly Kept[] }) {
  const what = ({ answer, disposition }: Kept) => {
    const said = answer === null ? [] : [t(answer.complete ? 'historyInterview' : 'historyPart')]
    return [...said, ...(disposition === null ? [] : [t(`visit_${disposition}`)])].join(', ')
  }
  const state = ({ outcome }: Kept) =>
    outcome?.status === 'refused'
      ? t('item_refused', { why: refusal(outcome.code) })
      : t(outcome === null ? 'item_waiting' : 'item_sent')
  return (
    <Show when={props.items.length > 0}>
      <section aria-labelledby="history">
        <h2 id="history">{t('history')}</h2>
        <ul>
          <For each={props.items.slice(-HISTORY_SHOWN)}>
            {(item) => (
              <li>{t('historyLine', { seq: item.seq, at: moment(item.at), what: what(item), state: state(item) })}</li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
