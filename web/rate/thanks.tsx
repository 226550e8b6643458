import { createSignal, Match, Show, Switch } from 'solid-js'
import { receiptCode } from '../offline/receipt.ts'
import type { Draft } from '../offline/draft.ts'
import { Title } from '../ui/phone-page.tsx'
import { notWithdrawn, t } from './words.ts'
import { postWithdrawal } from './wire.ts'

/** After "send": thanks, the receipt, and withdrawing at once or later. */
export function Thanks(props: { draft: Draft; onForget: () => void; onWithdrawn: () => void }) {
  const [said, setSaid] = createSignal('')
  const [asking, setAsking] = createSignal(false)
  const [isForgotten, setForgotten] = createSignal(false)
  const code = () => receiptCode(props.draft)

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code())
      setSaid(t('copied'))
    } catch {
      setSaid(t('copyFailed'))
    }
  }
  const withdraw = async () => {
    const reply = await postWithdrawal(props.draft)
    if (reply.kind === 'ok') props.onWithdrawn()
    else setSaid(notWithdrawn(reply))
  }

  return (
    <>
      <Title text={t('thanksTitle')} focus />
      <p>{t('thanks')}</p>
      <section class="receipt" aria-labelledby="receipt-title">
        <h2 id="receipt-title">{t('receiptTitle')}</h2>
        <p class="code">{code()}</p>
        <p>{t('receipt')}</p>
        <p>{t('receiptWhere', { address: `${location.host}/withdraw` })}</p>
        <div class="actions">
          <button type="button" class="button" onClick={() => void copy()}>
            {t('copy')}
          </button>
          <button type="button" class="button" onClick={() => print()}>
            {t('print')}
          </button>
          <Show when={!isForgotten()}>
            <button
              type="button"
              class="button"
              onClick={() => {
                props.onForget()
                setForgotten(true)
                setSaid(t('forgotten'))
              }}
            >
              {t('forget')}
            </button>
          </Show>
        </div>
        <Switch>
          <Match when={asking()}>
            <p id="withdraw-ask">{t('withdrawAsk')}</p>
            <div class="actions">
              <button
                type="button"
                class="button"
                data-danger=""
                aria-describedby="withdraw-ask"
                ref={(element) => queueMicrotask(() => element.focus())}
                onClick={() => void withdraw()}
              >
                {t('withdrawYes')}
              </button>
              <button type="button" class="button" onClick={() => setAsking(false)}>
                {t('cancel')}
              </button>
            </div>
          </Match>
          <Match when={!asking()}>
            <button type="button" class="link" onClick={() => setAsking(true)}>
              {t('withdraw')}
            </button>
          </Match>
        </Switch>
        <p role="status">{said()}</p>
      </section>
    </>
  )
}
