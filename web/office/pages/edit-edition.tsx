import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import { EditionEditor } from '../indices/edition-editor.tsx'
import type { Edition } from '../indices/types.ts'
import { WithEdition } from '../indices/with-edition.tsx'
import { say } from '../indices/words.ts'
import { own } from '../lib/locale.ts'
import { path } from '../path.ts'
import { PageHeading } from '../shell/page-heading.tsx'

/** A draft in the making: names, weights and ways of joining in fields, everything else in the definition itself. */
export function EditEditionPage() {
  return <WithEdition>{(edition) => <Edit edition={edition()} />}</WithEdition>
}

function Edit(props: { edition: Edition }) {
  return (
    <>
      <PageHeading title={say('edit.title', { name: own(props.edition.label) })} />
      <p class="unit-facts">
        <A href={path.edition(props.edition)}>{say('edit.back')}</A>
        <span>{say('edition.key', { id: props.edition.id, edition: props.edition.edition })}</span>
      </p>
      <Show when={props.edition.state === 'draft'} fallback={<p class="empty">{say('edit.notDraft')}</p>}>
        {/* another stored text is another beginning */}
        <Show keyed when={props.edition.sha256}>
          <EditionEditor edition={props.edition} />
        </Show>
      </Show>
    </>
  )
}
