import { type JSX, onMount, Show } from 'solid-js'
import { language, t } from './words.ts'
import type { Language } from '../../api/core/instrument/definition.ts'

/** The frame of every state: brand, language switch, sample banner. */
export function Page(props: { sample: boolean; onLanguage: (next: Language) => void; children: JSX.Element }) {
  const other = (): Language => (language() === 'vi' ? 'en' : 'vi')
  return (
    <>
      <header class="frame">
        <span class="brand" lang="vi">
          {t('brand')}
        </span>
        <button type="button" class="language" lang={other()} onClick={() => props.onLanguage(other())}>
          {other() === 'vi' ? 'Tiếng Việt' : 'English'}
        </button>
      </header>
      <Show when={props.sample}>
        <p class="sample">{t('sample')}</p>
      </Show>
      <main>{props.children}</main>
    </>
  )
}

/** A page title that takes the focus when its state replaces another, so that a screen reader hears what happened. */
export function Title(props: { text: string; focus?: boolean }) {
  let heading: HTMLHeadingElement | undefined
  onMount(() => {
    if (props.focus) heading?.focus()
  })
  return (
    <h1 tabindex="-1" ref={(element) => (heading = element)}>
      {props.text}
    </h1>
  )
}
