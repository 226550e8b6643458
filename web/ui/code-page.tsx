import { createSignal, type ParentProps } from 'solid-js'
import { parseShortCode, shortCodeFault } from '../../api/core/slip/typed-code.ts'
import type { Locale } from '../i18n/i18n.ts'
import { CodeField } from './code-field.tsx'
import { Page, Title } from './phone-page.tsx'

/** Words that a page for typed codes needs of the part it belongs to. */
type CodeWord =
  'codeTitle' | 'codeIntro' | 'code' | 'codeHint' | 'codeFormat' | 'codeLetters' | 'codeOpen' | 'errorPrefix'

/**
 * Where the code of a slip or a letter is typed, by whoever cannot scan. `door` is the address below which codes open;
 * what stands below the form are its children.
 */
export function CodePage(
  props: ParentProps<{ door: '/r' | '/s'; t: (word: CodeWord) => string; onLanguage: (next: Locale) => void }>,
) {
  const [fault, setFault] = createSignal<ReturnType<typeof shortCodeFault>>(null)
  const words = { length: 'codeFormat', letters: 'codeLetters' } as const
  const error = () => {
    const why = fault()
    return why === null ? null : props.t(words[why])
  }
  let input: HTMLInputElement | undefined
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const typed = input?.value ?? ''
    const code = parseShortCode(typed)
    if (code !== null) return location.assign(`${props.door}/${code}`)
    setFault(shortCodeFault(typed))
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
          error={error()}
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
