import { createSignal, Show } from 'solid-js'
import { parseShortCode } from '../../api/core/slip/typed-code.ts'
import { Page, Title } from '../ui/phone-page.tsx'
import { setLanguage, t } from './words.ts'

/** Where the code of a letter is typed, by whoever cannot scan. */
export function CodePage() {
  const [isWrong, setWrong] = createSignal(false)
  let input: HTMLInputElement | undefined
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const code = parseShortCode(input?.value ?? '')
    if (code !== null) return location.assign(`/s/${code}`)
    setWrong(true)
    input?.focus()
  }
  return (
    <Page sample={null} onLanguage={setLanguage}>
      <Title text={t('codeTitle')} />
      <p>{t('codeIntro')}</p>
      <form novalidate onSubmit={submit}>
        <div class="question" data-error={isWrong() ? '' : undefined}>
          <label class="question-title" for="code">
            {t('code')}
          </label>
          <p class="hint" id="code-hint">
            {t('codeHint')}
          </p>
          <p class="error" id="code-error" role="alert">
            <Show when={isWrong()}>
              <span class="visually-hidden">{t('errorPrefix')}</span>
              {t('codeFormat')}
            </Show>
          </p>
          <input
            id="code"
            type="text"
            class="code-field"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            aria-describedby="code-hint code-error"
            aria-invalid={isWrong() ? 'true' : undefined}
            ref={(element) => (input = element)}
          />
        </div>
        <button type="submit" class="button" data-primary="">
          {t('codeOpen')}
        </button>
      </form>
    </Page>
  )
}
