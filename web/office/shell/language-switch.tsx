import { For } from 'solid-js'
import type { Locale } from '../../i18n/i18n.ts'
import { locale, speak, t } from '../lib/locale.ts'

const LANGUAGES: readonly { code: Locale; name: string }[] = [
  { code: 'vi', name: 'Tiếng Việt' },
  { code: 'en', name: 'English' },
]

/** Each language is named in itself, so that whoever needs it can read it. */
export function LanguageSwitch() {
  return (
    <div class="language-switch" role="group" aria-label={t('app.language')}>
      <For each={LANGUAGES}>
        {(language) => (
          <button
            type="button"
            lang={language.code}
            aria-pressed={locale() === language.code}
            onClick={() => void speak(language.code)}
          >
            {language.name}
          </button>
        )}
      </For>
    </div>
  )
}
