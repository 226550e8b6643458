import { type JSX, onMount, Show } from 'solid-js'
import type { Locale } from '../i18n/i18n.ts'
import { language } from '../i18n/speaking.ts'

/** The frame of every state of a page for phones: brand, language switch, and what is said where the data are samples. */
export function Page(props: { sample: string | null; onLanguage: (next: Locale) => void; children: JSX.Element }) {
  const other = (): Locale => (language() === 'vi' ? 'en' : 'vi')
  return (
    <>
      <header class="frame">
        <span class="brand" lang="vi">
          Lắng Nghe
        </span>
        <button type="button" class="language" lang={other()} onClick={() => props.onLanguage(other())}>
          {other() === 'vi' ? 'Tiếng Việt' : 'English'}
        </button>
      </header>
      <Show when={props.sample}>
        <p class="sample">{props.sample}</p>
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
