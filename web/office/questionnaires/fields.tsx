import { Show } from 'solid-js'
import { putText, type Path } from './edit.ts'
import { useEditing } from './editing.ts'
import { fieldId } from './fault-words.ts'
import { FaultsAt, Field, fieldAttributes } from './field.tsx'
import type { LocalText } from './types.ts'
import { say } from './words.ts'

const name = (path: Path): string => path.join('.')
const idOf = (path: Path): string => fieldId(name(path))

/** A text in both languages, side by side; one line, or several. */
export function TextPair(props: {
  path: Path
  label: string
  value: LocalText | undefined
  rows?: number
  longest: number
}) {
  const editing = useEditing()
  const one = (language: 'vi' | 'en') => {
    const path = [...props.path, language]
    const change = (text: string) => {
      const value = props.value ?? { vi: '', en: '' }
      editing.change((whole) => putText(whole, props.path, { ...value, [language]: text }), name(path))
    }
    return (
      <Field path={name(path)} label={say(`language.${language}`, { label: props.label })}>
        <Show
          when={(props.rows ?? 1) > 1}
          fallback={
            <input
              type="text"
              lang={language}
              maxlength={props.longest}
              value={props.value?.[language] ?? ''}
              {...fieldAttributes(name(path))}
              onInput={(event) => change(event.currentTarget.value)}
            />
          }
        >
          <textarea
            lang={language}
            rows={props.rows}
            maxlength={props.longest}
            value={props.value?.[language] ?? ''}
            {...fieldAttributes(name(path))}
            onInput={(event) => change(event.currentTarget.value)}
          />
        </Show>
      </Field>
    )
  }
  return (
    <div class="text-pair">
      {one('vi')}
      {one('en')}
      <FaultsAt path={name(props.path)} />
    </div>
  )
}

/** A line of text that is not translated. */
export function LineField(props: {
  path: Path
  label: string
  hint?: string
  value: string | undefined
  longest: number
  /** Called when the field is left, for what other places name too; otherwise every letter counts at once. */
  leave?: (value: string) => void
  class?: string
}) {
  const editing = useEditing()
  const set = (value: string) => (props.leave ?? ((text: string) => editing.put(props.path, text)))(value)
  return (
    <Field
      path={name(props.path)}
      label={props.label}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
      class={props.class ?? ''}
    >
      <input
        type="text"
        maxlength={props.longest}
        value={props.value ?? ''}
        {...fieldAttributes(name(props.path), props.hint === undefined ? undefined : `${idOf(props.path)}-hint`)}
        onInput={(event) => {
          if (props.leave === undefined) set(event.currentTarget.value)
        }}
        onChange={(event) => {
          if (props.leave !== undefined) set(event.currentTarget.value.trim())
        }}
      />
    </Field>
  )
}

/** A number or a day; empty takes it away where it may be absent, and brings the last one back where not. */
export function ValueField(props: {
  path: Path
  label: string
  kind: 'number' | 'date'
  value: number | string | undefined
  needed?: boolean
  hint?: string
  set?: (value: number | string | undefined) => void
}) {
  const editing = useEditing()
  const set = (text: string) => {
    const value = text === '' ? undefined : props.kind === 'number' ? Number(text) : text
    if (value === undefined && props.needed) return
    if (typeof value === 'number' && !Number.isFinite(value)) return
    if (props.set) props.set(value)
    else editing.put(props.path, value)
  }
  return (
    <Field
      path={name(props.path)}
      label={props.label}
      class="short"
      {...(props.hint === undefined ? {} : { hint: props.hint })}
    >
      <input
        type={props.kind}
        step="any"
        value={props.value ?? ''}
        {...fieldAttributes(name(props.path), props.hint === undefined ? undefined : `${idOf(props.path)}-hint`)}
        onInput={(event) => set(event.currentTarget.value)}
        onChange={(event) => {
          if (event.currentTarget.value === '') event.currentTarget.value = String(props.value ?? '')
        }}
      />
    </Field>
  )
}

/** Something that is so or not; not so takes the field away. */
export function FlagField(props: { path: Path; label: string; hint?: string; value: boolean | undefined }) {
  const editing = useEditing()
  return (
    <div class="flag">
      <label class="choice">
        <input
          type="checkbox"
          checked={props.value === true}
          {...fieldAttributes(name(props.path))}
          onChange={(event) => editing.put(props.path, event.currentTarget.checked ? true : undefined)}
        />
        <span>
          {props.label}
          <Show when={props.hint}>{(hint) => <span class="field-hint">{hint()}</span>}</Show>
        </span>
      </label>
      <FaultsAt path={name(props.path)} />
    </div>
  )
}
