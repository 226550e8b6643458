import { createEffect, createSignal, Match, onCleanup, Show, Switch } from 'solid-js'
import { speakIn } from '../i18n/speaking.ts'
import { titleOf } from '../survey/words.ts'
import { Page, Title } from '../ui/phone-page.tsx'
import { CasePage } from './case-page.tsx'
import { CaseList } from './case-list.tsx'
import { Prepare } from './prepare.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { SyncPanel } from './sync-panel.tsx'
import { createTablet } from './tablet.ts'
import { t } from './words.ts'

const caseInAddress = (): number | null => Number(/^#(\d{1,15})$/.exec(location.hash)?.[1] ?? Number.NaN) || null

/** The page for tablets: signing in, preparing the tablet, the list of cases, and one of them. */
export function App() {
  const tablet = createTablet()
  const [shown, setShown] = createSignal(caseInAddress())
  const [isFirst, setFirst] = createSignal(true)
  // Listens before any interview does, so that "back" out of one does not reach it as a step within it.
  const onPop = () => {
    if (shown() !== caseInAddress()) setFirst(false)
    setShown(caseInAddress())
  }
  addEventListener('popstate', onPop)
  onCleanup(() => removeEventListener('popstate', onPop))
  const open = (id: number | null) => {
    history.pushState({}, '', id === null ? location.pathname : `#${id}`)
    setFirst(false)
    setShown(id)
    scrollTo(0, 0)
    void tablet.reload()
  }
  const one = () => tablet.holdings()?.cases.find((given) => given.case === shown())
  createEffect(() => tablet.phase() !== 'ready' && titleOf(t('title')))

  return (
    <Page sample={tablet.owner()?.sample ? t('sample') : null} onLanguage={speakIn}>
      <Switch>
        <Match when={tablet.phase() === 'loading'}>
          <Title text={t('title')} />
          <p role="status">{t('loading')}</p>
        </Match>
        <Match when={tablet.phase() === 'unkept'}>
          <Title text={t('unkeptTitle')} />
          <p>{t('unkept')}</p>
        </Match>
        <Match when={tablet.phase() === 'signedOut'}>
          <Title text={t('signInTitle')} />
          <p>{t('signInLead')}</p>
          <Show when={tablet.waitingOthers().length > 0}>
            <p class="attention">{t('othersWaiting', { emails: tablet.waitingOthers().join(', ') })}</p>
          </Show>
          <SignInForm tablet={tablet} email={null} />
        </Match>
        <Match when={tablet.phase() === 'unprepared'}>
          <Prepare tablet={tablet} />
        </Match>
        <Match when={shown()} keyed>
          {(id) => (
            <Show
              when={one()?.case === id}
              fallback={
                <>
                  <Title text={t('title')} />
                  <p>{t('gone')}</p>
                  <button type="button" class="button" onClick={() => open(null)}>
                    {t('toList')}
                  </button>
                </>
              }
            >
              <CasePage tablet={tablet} id={id} isResumed={isFirst()} onLeave={() => open(null)} />
            </Show>
          )}
        </Match>
        <Match when={tablet.holdings()}>
          {(holdings) => (
            <>
              <Title text={t('title')} focus={!isFirst()} />
              <SyncPanel tablet={tablet} />
              <CaseList tablet={tablet} holdings={holdings()} onOpen={open} />
            </>
          )}
        </Match>
      </Switch>
    </Page>
  )
}
