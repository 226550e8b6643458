import { createSignal, Show } from 'solid-js'
import { parseReceiptCode } from '../offline/receipt.ts'
import { forgetDraft } from '../offline/store.ts'
import { CodeField } from '../ui/code-field.tsx'
import { Page, Title } from '../ui/phone-page.tsx'
import { typed } from './typed-words.ts'
import { Withdrawn } from './withdrawn.tsx'
import { notWithdrawn, setLanguage, t } from './words.ts'
import { postWithdrawal } from './wire.ts'

/** Withdrawing with the code on any device. The code travels in a request body, never in an address. */
export function WithdrawPage() {
  const [fault, setFault] = createSignal<(() => string) | null>(null)
  const [isDone, setDone] = createSignal(false)
  const [isSending, setSending] = createSignal(false)
  let input: HTMLInputElement | undefined

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (isSending()) return
    const receipt = parseReceiptCode(input?.value ?? '')
    if (receipt === null) return refuse(() => typed('withdrawFormat'))
    setSending(true)
    const reply = await postWithdrawal(receipt)
    setSending(false)
    if (reply.kind === 'ok') {
      forgetDraft(receipt.id)
      setDone(true)
    } else refuse(() => notWithdrawn(reply))
  }
  const refuse = (sentence: () => string) => {
    setFault(() => sentence)
    input?.focus()
  }

  return (
    <Page sample={null} onLanguage={setLanguage}>
      <Show when={!isDone()} fallback={<Withdrawn />}>
        <Title text={typed('withdrawTitle')} />
        <p>{typed('withdrawIntro')}</p>
        <form novalidate onSubmit={(event) => void submit(event)}>
          <CodeField
            label={typed('withdrawCode')}
            hint={typed('withdrawCodeHint')}
            error={fault()?.() ?? null}
            errorPrefix={typed('errorPrefix')}
            ref={(element) => (input = element)}
          />
          <p>{t('withdrawAsk')}</p>
          <button type="submit" class="button" data-danger="" aria-disabled={isSending() ? 'true' : undefined}>
            {t('withdrawYes')}
          </button>
        </form>
        <p>
          <a href="/r">{typed('slipCode')}</a>
        </p>
      </Show>
    </Page>
  )
}
