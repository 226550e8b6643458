import { createUniqueId, For, Show, type JSX, type ParentProps } from 'solid-js'
import { AskFirst } from '../../ui/ask-first.tsx'
import { Refusal as OfficeRefusal } from '../shell/refusal.tsx'
import { refusals, say } from './words.ts'

/** Why something was refused, in sentences. */
export function Refusal(props: { error: unknown; heading?: string }) {
  return <OfficeRefusal error={props.error} heading={props.heading ?? say('problem')} words={refusals} />
}

/** A button that asks before it does what it says. */
export function Careful(
  props: ParentProps<{
    label: string
    title: string
    confirm: string
    kind?: 'quiet'
    about?: string
    run: () => Promise<unknown>
  }>,
) {
  return (
    <AskFirst
      label={props.label}
      title={props.title}
      confirm={props.confirm}
      cancel={say('cancel')}
      kind={props.kind}
      about={props.about}
      run={props.run}
      failed={(error) => <Refusal error={error} />}
    >
      {props.children}
    </AskFirst>
  )
}

/** A labelled input with its hint and its fault. */
export function InputField(props: {
  label: string
  name: string
  type?: 'text' | 'date' | 'month' | 'number' | 'email' | 'search'
  value?: string | number | undefined
  hint?: string | undefined
  fault?: string | null | undefined
  min?: string | number
  max?: string | number
  step?: string | number
  maxlength?: number
  input?: (value: string) => void
}) {
  const id = createUniqueId()
  const described = () =>
    [props.hint === undefined ? '' : `${id}-hint`, props.fault ? `${id}-fault` : '']
      .filter((one) => one !== '')
      .join(' ')
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <Show when={props.hint}>
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      </Show>
      <Show when={props.fault}>
        <p class="field-error" id={`${id}-fault`}>
          {props.fault}
        </p>
      </Show>
      <input
        id={id}
        name={props.name}
        type={props.type ?? 'text'}
        value={props.value ?? ''}
        min={props.min}
        max={props.max}
        step={props.step}
        maxlength={props.maxlength ?? 200}
        aria-invalid={props.fault ? 'true' : undefined}
        aria-describedby={described() === '' ? undefined : described()}
        onInput={(event) => props.input?.(event.currentTarget.value)}
      />
    </div>
  )
}

/** A labelled choice. */
export function SelectField(
  props: ParentProps<{ label: string; name: string; hint?: string; change?: (value: string) => void }>,
) {
  const id = createUniqueId()
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <Show when={props.hint}>
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      </Show>
      <select
        id={id}
        name={props.name}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => props.change?.(event.currentTarget.value)}
      >
        {props.children}
      </select>
    </div>
  )
}

/** Facts as terms and their values; those without a value are left out. */
export function Facts(props: { of: readonly (readonly [string, JSX.Element])[] }) {
  return (
    <dl class="facts">
      <For each={props.of}>
        {([term, value]) => (
          <div>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}

/** A part of a whole as a bar; the words beside it say the same. */
export function Progress(props: { part: number; whole: number; label: string }) {
  return (
    <progress
      class="progress"
      aria-label={props.label}
      max={Math.max(1, props.whole)}
      value={Math.min(props.part, props.whole)}
    />
  )
}
