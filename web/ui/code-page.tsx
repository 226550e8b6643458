import { createSignal, type ParentProps } from 'solid-js'
import { parseShortCode } from '../../api/core/slip/typed-code.ts'
import type { Locale } from '../i18n/i18n.ts'
import { CodeField } from './code-field.tsx'
import { Page, Title } from './phone-page.tsx'

/** Words that a page for typed codes needs of the part it belongs to. */
type CodeWord = 'codeTitle' | 'codeIntro' | 'code' | 'codeHint' | 'codeFormat' | 'codeOpen' | 'errorPrefix'

/**
 * Where the code of a slip or a letter is typed, by whoever cannot scan. `door` is the address below which codes open;
 * what stands below the form are its children.
 */
export function CodePage(
  props: ParentProps<{ door: '/r' | '/s'; t: (word: CodeWord) => string; onLanguage: (next: Locale) => void }>,
) {
  const [isWrong, setWrong] = createSignal(false)
  let input: HTMLInputElement | undefined
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const code = parseShortCode(input?.value ?? '')
    if (code !== null) return location.assign(`${props.door}/${code}`)
    setWrong(true)
    input?.focus()
  }
  return (
    <Page sample={null} onLanguage={props.onLanguage}>
      <Title text={props.t('codeTitle')} />
      <p>{props.t('codeIntro')}</p>
      <form novalidate onSubmit={submit}>
        <CodeField
          label={props.t('code')}
          hint={props.t('codeHint')}
          error={isWrong() ? props.t('codeFormat') : null}
          errorPrefix={props.t('errorPrefix')}
          class="code-field"
          ref={(element) => (input = element)}
        />
        <button type="submit" class="button" data-primary="">
          {props.t('codeOpen')}
        </button>
      </form>
      {props.children}
    </Page>
  )
}
