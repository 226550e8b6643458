import { Show } from 'solid-js'
import { AskFirst } from '../ui/ask-first.tsx'
import type { Owner } from './kept.ts'
import { isAnythingUnsent } from './standing.ts'
import type { TabletSession } from './tablet.ts'
import { UnsentLines } from './unsent-lines.tsx'
import { t } from './words.ts'

/** Signs out; with something unsent only after it has said what stays behind and for whom. */
export function SignOut(props: { tablet: TabletSession; owner: Owner }) {
  return (
    <Show
      when={isAnythingUnsent(props.tablet.unsent())}
      fallback={
        <button type="button" class="button" onClick={() => void props.tablet.exit()}>
          {t('signOut')}
        </button>
      }
    >
      <AskFirst
        label={t('signOut')}
        title={t('signOutTitle')}
        confirm={t('signOutAnyway')}
        cancel={t('cancel')}
        run={() => props.tablet.exit()}
        failed={() => <p class="error">{t('ending_failed', { code: 'device' })}</p>}
      >
        <UnsentLines of={props.tablet.unsent()} />
        <p>{t('signOutKept', { email: props.owner.email })}</p>
      </AskFirst>
    </Show>
  )
}
