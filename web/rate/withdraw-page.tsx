import { createSignal, Show } from 'solid-js'
import { parseReceiptCode } from '../offline/receipt.ts'
import { forgetDraft } from '../offline/store.ts'
import { CodeField } from '../ui/code-field.tsx'
import { Page, Title } from '../ui/phone-page.tsx'
import { Withdrawn } from './withdrawn.tsx'
import { setLanguage, t } from './words.ts'
import type { RateWords } from '../i18n/rate.vi.ts'
import { postWithdrawal } from './wire.ts'

/** Withdrawing with the code on any device. The code travels in a request body, never in an address. */
export function WithdrawPage() {
  const [fault, setFault] = createSignal<keyof RateWords | null>(null)
  const [isDone, setDone] = createSignal(false)
  const [isSending, setSending] = createSignal(false)
  let input: HTMLInputElement | undefined

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (isSending()) return
    const receipt = parseReceiptCode(input?.value ?? '')
    if (receipt === null) return refuse('withdrawFormat')
    setSending(true)
    const reply = await postWithdrawal(receipt)
    setSending(false)
    if (reply.kind === 'ok') {
      forgetDraft(receipt.id)
      setDone(true)
    } else refuse(reply.kind === 'problem' ? 'withdrawUnknown' : 'withdrawUnreachable')
  }
  const refuse = (key: keyof RateWords) => {
    setFault(key)
    input?.focus()
  }

  const sayFault = () => {
    const key = fault()
    return key === null ? null : t(key)
  }

  return (
    <Page sample={null} onLanguage={setLanguage}>
      <Show when={!isDone()} fallback={<Withdrawn />}>
        <Title text={t('withdrawTitle')} />
        <p>{t('withdrawIntro')}</p>
        <form novalidate onSubmit={(event) => void submit(event)}>
          <CodeField
            label={t('withdrawCode')}
            hint={t('withdrawCodeHint')}
            error={sayFault()}
            errorPrefix={t('errorPrefix')}
            ref={(element) => (input = element)}
          />
          <p>{t('withdrawAsk')}</p>
          <button type="submit" class="button" data-danger="" aria-disabled={isSending() ? 'true' : undefined}>
            {t('withdrawYes')}
          </button>
        </form>
        <p>
          <a href="/r">{t('slipCode')}</a>
        </p>
      </Show>
    </Page>
  )
}
