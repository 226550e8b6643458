import { createEffect, createMemo, createSignal, Match, Show, Switch } from 'solid-js'
import type { SurveyWords } from '../i18n/survey.vi.ts'
import { Page, Title } from '../ui/phone-page.tsx'
import { CannotOpen } from '../ui/cannot-open.tsx'
import { SendingStatus } from '../ui/sending-status.tsx'
import type { SurveyEnd } from './draft.ts'
import { Form } from './form.tsx'
import { createSurveySession } from './session.ts'
import { Start } from './start.tsx'
import { t, titleOf } from './words.ts'

type State = 'loading' | 'fault' | 'form' | 'queued' | 'thanks' | 'complete' | SurveyEnd

/** The page of one survey in whichever state it is. */
export function SurveyPage(props: { token: string }) {
  const session = createSurveySession(props.token)
  const state = createMemo((): State => {
    const opening = session.opening()
    const draft = session.draft()
    if (opening !== 'ready' && opening !== 'kept') return opening
    if (draft === null || session.survey() === null) return 'loading'
    if (draft.state === 'complete') return 'thanks'
    // Who never answered here only sees that the code was used.
    if (draft.state === 'elsewhere') return Object.keys(draft.answers).length > 0 ? 'elsewhere' : 'complete'
    if (draft.state !== 'open' && draft.state !== 'partial') return draft.state
    return draft.finished ? 'queued' : 'form'
  })
  // A state that replaces the form takes the focus; the one the page opens with does not.
  const [hasShownForm, setShownForm] = createSignal(false)
  createEffect(() => state() === 'form' && setShownForm(true))

  return (
    <Page sample={session.survey()?.sample ? t('sample') : null} onLanguage={session.speak}>
      <Switch fallback={<Refusal session={session} state={state()} focus={hasShownForm()} />}>
        <Match when={state() === 'loading'}>
          <Title text={t('title')} />
          <p role="status">{t('loading')}</p>
        </Match>
        <Match when={state() === 'fault'}>
          <CannotOpen delay={session.delay()} door="/s" t={t} again={session.reopen} />
        </Match>
        {/* a new questionnaire is another form */}
        <Match when={state() === 'form' && session.survey()?.questionnaire.sha256} keyed>
          <Show when={session.survey()}>
            {(survey) => (
              <>
                <Form
                  session={session}
                  survey={survey()}
                  start={(begin) => <Start survey={survey()} {...begin} />}
                  t={t}
                />
                <SendingStatus sending={session} t={t} />
              </>
            )}
          </Show>
        </Match>
        <Match when={state() === 'queued'}>
          <Said title={t(session.phase() === 'sending' ? 'sendingTitle' : 'waitingTitle')} focus />
          <p>{t('waiting')}</p>
          <SendingStatus sending={session} t={t} />
        </Match>
        <Match when={state() === 'thanks'}>
          <Said title={t('thanksTitle')} focus={hasShownForm()} />
          <p>{t('thanks')}</p>
          <p>{t('thanksKept')}</p>
        </Match>
      </Switch>
    </Page>
  )
}

type Refused = 'complete' | SurveyEnd
const isRefused = (state: State): state is Refused =>
  ['complete', 'elsewhere', 'unknown', 'closed', 'early', 'full', 'changed'].includes(state)

/** Why no answer is taken, and what can be done about it. */
function Refusal(props: { session: ReturnType<typeof createSurveySession>; state: State; focus: boolean }) {
  const [isForgotten, setForgotten] = createSignal(false)
  const state = (): Refused => (isRefused(props.state) ? props.state : 'unknown')
  const hasOwn = () => Object.keys(props.session.draft()?.answers ?? {}).length > 0
  const title = () => t(`${state()}Title` satisfies keyof SurveyWords)
  return (
    <>
      <Said title={title()} focus={props.focus} />
      <p>{t(state())}</p>
      <Switch>
        <Match when={state() === 'changed'}>
          <button type="button" class="button" data-primary="" onClick={() => props.session.reopen()}>
            {t('changedButton')}
          </button>
        </Match>
        <Match when={state() === 'unknown'}>
          <p>
            <a href="/s">{t('otherCode')}</a>
          </p>
        </Match>
        <Match when={hasOwn()}>
          <button
            type="button"
            class="button"
            onClick={() => {
              props.session.forget()
              setForgotten(true)
            }}
          >
            {t('forget')}
          </button>
        </Match>
      </Switch>
      <p role="status">{isForgotten() ? t('forgotten') : ''}</p>
    </>
  )
}

function Said(props: { title: string; focus?: boolean }) {
  createEffect(() => titleOf(props.title))
  return <Title text={props.title} focus={props.focus ?? false} />
}
