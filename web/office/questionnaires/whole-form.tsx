import { For, Show } from 'solid-js'
import type { SurveySection } from '../../../api/core/questionnaire/definition.ts'
import { minutesOf } from '../../../api/core/questionnaire/minutes.ts'
import { ConditionForm } from './condition-form.tsx'
import { put, type Path } from './edit.ts'
import { useEditing } from './editing.ts'
import { FaultsAt, Field, fieldAttributes } from './field.tsx'
import { LineField, TextPair, ValueField } from './fields.tsx'
import { say } from './words.ts'

/** Title, notice, whom it is for: what belongs to the questionnaire as a whole. */
export function WholeForm() {
  const editing = useEditing()
  const whole = () => editing.definition.definition
  return (
    <div class="item-form">
      <TextPair path={['title']} label={say('whole.title')} value={whole().title} longest={200} />
      <TextPair
        path={['notice', 'text']}
        label={say('whole.notice')}
        value={whole().notice.text}
        rows={6}
        longest={6000}
      />
      <div class="row">
        <LineField
          path={['notice', 'version']}
          label={say('whole.noticeVersion')}
          value={whole().notice.version}
          longest={32}
        />
        <Field path="population" label={say('whole.population')}>
          <select
            {...fieldAttributes('population')}
            onChange={(event) => editing.put(['population'], event.currentTarget.value)}
          >
            <For each={['business', 'citizen'] as const}>
              {(one) => (
                <option value={one} selected={one === whole().population}>
                  {say(`population.${one}`)}
                </option>
              )}
            </For>
          </select>
        </Field>
        <ValueField
          path={['minutes']}
          label={say('whole.minutes')}
          hint={say('whole.minutesHint', { n: minutesOf({ ...editing.plain(), minutes: undefined } as never) })}
          kind="number"
          value={whole().minutes}
        />
        <LineField
          path={['forms']}
          label={say('whole.forms')}
          hint={say('whole.formsHint')}
          value={(whole().forms ?? []).join(', ')}
          longest={60}
          leave={(text) => {
            const forms = text.split(/[\s,;]+/).filter((one) => one !== '')
            editing.change((before) => put(before, ['forms'], forms.length === 0 ? undefined : forms))
          }}
        />
      </div>
    </div>
  )
}

/** Title, introduction, condition and repetition of a section. */
export function SectionForm(props: { section: SurveySection; path: Path; n: number }) {
  const editing = useEditing()
  const choosers = () =>
    editing.definition.definition.sections.flatMap(({ items }) => items.filter(({ type }) => type === 'units'))
  const repeat = () => [...props.path, 'repeat'].join('.')
  return (
    <div class="item-form">
      <TextPair
        path={[...props.path, 'title']}
        label={say('section.title')}
        value={props.section.title}
        longest={200}
      />
      <TextPair
        path={[...props.path, 'intro']}
        label={say('section.intro')}
        value={props.section.intro}
        rows={3}
        longest={3000}
      />
      <LineField path={[...props.path, 'code']} label={say('section.code')} value={props.section.code} longest={32} />
      <ConditionForm path={props.path} condition={props.section.when} of={say('place.section', { n: props.n })} />
      <Show when={choosers().length > 0 || props.section.repeat !== undefined} fallback={<FaultsAt path={repeat()} />}>
        <Field path={repeat()} label={say('section.repeat')} hint={say('section.repeatHint')}>
          <select
            {...fieldAttributes(repeat())}
            onChange={(event) => editing.put([...props.path, 'repeat'], event.currentTarget.value || undefined)}
          >
            <option value="">{say('section.once')}</option>
            <For each={choosers()}>
              {({ code }) => (
                <option value={code} selected={code === props.section.repeat}>
                  {code}
                </option>
              )}
            </For>
          </select>
        </Field>
      </Show>
    </div>
  )
}
