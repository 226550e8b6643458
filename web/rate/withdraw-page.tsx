import { createSignal, Show } from 'solid-js'
import { parseReceiptCode } from '../offline/receipt.ts'
import { forgetDraft } from '../offline/store.ts'
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

  return (
    <Page sample={null} onLanguage={setLanguage}>
      <Show when={!isDone()} fallback={<Withdrawn />}>
        <Title text={t('withdrawTitle')} />
        <p>{t('withdrawIntro')}</p>
        <form novalidate onSubmit={(event) => void submit(event)}>
          <div class="question" data-error={fault() ? '' : undefined}>
            <label class="question-title" for="code">
              {t('withdrawCode')}
            </label>
            <p class="hint" id="code-hint">
              {t('withdrawCodeHint')}
            </p>
            <p class="error" id="code-error" role="alert">
              <Show when={fault()}>
                {(key) => (
                  <>
                    <span class="visually-hidden">{t('errorPrefix')}</span>
                    {t(key())}
                  </>
                )}
              </Show>
            </p>
            <input
              id="code"
              type="text"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              aria-describedby="code-hint code-error"
              aria-invalid={fault() ? 'true' : undefined}
              ref={(element) => (input = element)}
            />
          </div>
          <p>{t('withdrawAsk')}</p>
          <button type="submit" class="button" data-danger="" aria-disabled={isSending() ? 'true' : undefined}>
            {t('withdrawYes')}
          </button>
        </form>
      </Show>
    </Page>
  )
}
