import { createMemo, createSignal, Match, Show, Switch } from 'solid-js'
import { changedItems } from '../offline/draft.ts'
import { Form } from './form.tsx'
import { Subject } from './notice.tsx'
import { Page, Title } from '../ui/phone-page.tsx'
import { createRatingSession } from './session.ts'
import { CannotOpen } from '../ui/cannot-open.tsx'
import { SendingStatus } from '../ui/sending-status.tsx'
import { Thanks } from './thanks.tsx'
import { t } from './words.ts'
import { Withdrawn } from './withdrawn.tsx'

type State = 'loading' | 'unknown' | 'expired' | 'fault' | 'form' | 'queued' | 'thanks' | 'complete' | 'withdrawn'

/** The page of one invitation in whichever state it is. */
export function RatingPage(props: { token: string }) {
  const session = createRatingSession(props.token)
  const [isWithdrawn, setWithdrawn] = createSignal(false)
  const invitation = () => session.draft()?.invitation ?? null
  const state = createMemo((): State => {
    if (isWithdrawn()) return 'withdrawn'
    const opening = session.opening()
    const draft = session.draft()
    if (opening !== 'ready' && opening !== 'kept') return opening
    if (draft === null || draft.invitation === null) return 'loading'
    if (draft.state === 'gone') return 'expired'
    if (draft.state === 'elsewhere') return 'complete'
    if (draft.state === 'complete') return 'thanks'
    return draft.finished ? 'queued' : 'form'
  })
  const hasUnsaved = () => {
    const draft = session.draft()
    return draft !== null && changedItems(draft).length > 0
  }
  // A state that replaces the form takes the focus; the one the page opens with does not.
  const [hasShownForm, setShownForm] = createSignal(false)

  return (
    <Page sample={invitation()?.sample ? t('sample') : null} onLanguage={session.speak}>
      <Switch>
        <Match when={state() === 'loading'}>
          <Title text={t('title')} />
          <p role="status">{t('loading')}</p>
        </Match>
        <Match when={state() === 'unknown'}>
          <Title text={t('unknownTitle')} />
          <p>{t('unknown')}</p>
          <p>
            <a href="/r">{t('otherCode')}</a>
          </p>
        </Match>
        <Match when={state() === 'expired'}>
          <Title text={t('expiredTitle')} focus={hasShownForm()} />
          <p>{t('gone')}</p>
        </Match>
        <Match when={state() === 'fault'}>
          <CannotOpen delay={session.delay()} door="/r" t={t} again={session.reopen} />
        </Match>
        <Match when={state() === 'form' && session.draft()}>
          {(draft) => {
            setShownForm(true)
            return (
              <Show when={invitation()}>
                {(open) => (
                  <>
                    <Title text={t('title')} />
                    <Subject invitation={open()} />
                    <Form session={session} draft={draft()} invitation={open()} />
                    <SendingStatus sending={session} t={t} />
                  </>
                )}
              </Show>
            )
          }}
        </Match>
        <Match when={state() === 'queued'}>
          <Title text={session.phase() === 'sending' ? t('sendingTitle') : t('waitingTitle')} focus />
          <p>{t('waiting')}</p>
          <SendingStatus sending={session} t={t} />
        </Match>
        <Match when={state() === 'thanks' && session.draft()}>
          {(draft) => (
            <Thanks
              draft={draft()}
              onForget={session.forget}
              onWithdrawn={() => {
                session.forget()
                setWithdrawn(true)
              }}
            />
          )}
        </Match>
        <Match when={state() === 'complete'}>
          <Title text={t('completeTitle')} focus={hasShownForm()} />
          <p>{t('complete')}</p>
          <Show when={hasUnsaved()}>
            <p>{t('elsewhere')}</p>
          </Show>
          <p>
            <a href="/withdraw">{t('haveCode')}</a>
          </p>
        </Match>
        <Match when={state() === 'withdrawn'}>
          <Withdrawn />
        </Match>
      </Switch>
    </Page>
  )
}
