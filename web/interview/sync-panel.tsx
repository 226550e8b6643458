import { Match, Show, Switch } from 'solid-js'
import type { Told } from './kept.ts'
import { SignInForm } from './sign-in-form.tsx'
import { SignOut } from './sign-out.tsx'
import type { TabletSession } from './tablet.ts'
import { UnsentLines } from './unsent-lines.tsx'
import { moment, t } from './words.ts'

const SKEW_TOLD_MS = 5 * 60_000
const MISSING_SHOWN = 10

/** What is only on this tablet, and the way of it to the server. */
export function SyncPanel(props: { tablet: TabletSession }) {
  const owner = () => props.tablet.owner()
  const isSignInDue = () => ['expired', 'other'].includes(props.tablet.ending()?.kind ?? '')
  return (
    <div class="sync">
      <UnsentLines of={props.tablet.unsent()} />
      <Show when={!props.tablet.isOnline()}>
        <p class="attention" role="status">
          {t('offline')}
        </p>
      </Show>
      <button
        type="button"
        class="button"
        data-primary=""
        aria-disabled={props.tablet.isSyncing() ? 'true' : undefined}
        onClick={() => void props.tablet.sync()}
      >
        {t(props.tablet.isSyncing() ? 'syncing' : 'sync')}
      </button>
      <SyncEnding tablet={props.tablet} />
      <Show when={isSignInDue() && owner()}>
        {(known) => <SignInForm tablet={props.tablet} email={known().email} />}
      </Show>
      <Show when={owner()}>
        {(known) => (
          <>
            <Show when={known().told} fallback={<p class="hint">{t('neverSync')}</p>}>
              {(told) => <LastTold told={told()} />}
            </Show>
            <Show when={props.tablet.waitingOthers().length > 0}>
              <p class="attention">{t('othersWaiting', { emails: props.tablet.waitingOthers().join(', ') })}</p>
            </Show>
            <details>
              <summary>{t('device', { label: known().label ?? '', name: known().name, email: known().email })}</summary>
              <p>{t(props.tablet.isPageKept() ? 'pageKept' : 'pageNotKept')}</p>
              <p>{t(props.tablet.isLasting() ? 'lasting' : 'notLasting')}</p>
              <p class="actions">
                <SignOut tablet={props.tablet} owner={known()} />
              </p>
            </details>
          </>
        )}
      </Show>
    </div>
  )
}

/** How the last sync ended, said once it has. */
export function SyncEnding(props: { tablet: TabletSession }) {
  const words = (): string => {
    const ending = props.tablet.ending()
    if (ending === null) return ''
    if (ending.kind === 'done') {
      const at = moment(props.tablet.owner()?.downloadedAt ?? '')
      return ending.sent > 0 ? t('ending_done', { n: ending.sent, at }) : t('ending_doneNone', { at })
    }
    if (ending.kind === 'expired') return t('signInAgain')
    if (ending.kind === 'other') return t('signInOther', { email: props.tablet.owner()?.email ?? '' })
    return ending.kind === 'failed' ? t('ending_failed', { code: ending.code }) : t(`ending_${ending.kind}`)
  }
  const refused = () => {
    const ending = props.tablet.ending()
    return ending?.kind === 'done' ? ending.refused : 0
  }
  return (
    <div role="status">
      <p class={props.tablet.ending()?.kind === 'done' ? undefined : 'attention'}>
        {props.tablet.isSyncing() ? '' : words()}
      </p>
      <Show when={!props.tablet.isSyncing() && refused() > 0}>
        <p class="attention">{t('ending_refused', { n: refused() })}</p>
      </Show>
    </div>
  )
}

function LastTold(props: { told: Told }) {
  const minutes = () => Math.round(Math.abs(props.told.skewMs) / 60_000)
  return (
    <>
      <p class="hint">{t('lastSync', { at: moment(props.told.at) })}</p>
      <Switch>
        <Match when={props.told.skewMs > SKEW_TOLD_MS}>
          <p class="attention">{t('skewSlow', { n: minutes() })}</p>
        </Match>
        <Match when={props.told.skewMs < -SKEW_TOLD_MS}>
          <p class="attention">{t('skewFast', { n: minutes() })}</p>
        </Match>
      </Switch>
      <Show when={props.told.missingCount > 0}>
        <p class="attention">
          {t('missing', {
            n: props.told.missingCount,
            list: `${props.told.missing.slice(0, MISSING_SHOWN).join(', ')}${props.told.missingCount > MISSING_SHOWN ? '…' : ''}`,
          })}
        </p>
      </Show>
    </>
  )
}
