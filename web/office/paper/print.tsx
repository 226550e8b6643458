import { A, createAsync } from '@solidjs/router'
import { createUniqueId, For, Show } from 'solid-js'
import { formAddress, getForms, type PaperForms } from '../api/paper.ts'
import { count } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { createPaged } from '../lib/paged.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { focusRow, MoreButton } from '../shell/more-button.tsx'
import { say } from './words.ts'

/** Where an administrator prints forms: with codes for everybody who has not answered, and blank ones. */
export function PrintForms(props: { campaign: number }) {
  const id = createUniqueId()
  const forms = createAsync(() => getForms(props.campaign, null))
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{say('print.title')}</h2>
      <Boundary>
        <Show keyed when={forms()}>
          {(known) => (
            <Show
              when={known.state === 'open'}
              fallback={<p class="empty">{say(known.state === 'draft' ? 'print.draft' : 'print.closed')}</p>}
            >
              <p>{say('print.lead')}</p>
              <Documents campaign={props.campaign} first={known} />
              <h3>{say('print.blankTitle')}</h3>
              <ul>
                <For each={known.forms.length === 0 ? [null] : known.forms}>
                  {(form) => (
                    <li>
                      <Paper href={formAddress(props.campaign, { kind: 'blank', form })}>
                        {form === null ? say('print.blank') : say('print.blankForm', { form })}
                      </Paper>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          )}
        </Show>
      </Boundary>
      <p>
        <A href={path.campaign(props.campaign)}>{say('find.campaign')}</A>
      </p>
    </section>
  )
}

function Documents(props: { campaign: number; first: PaperForms }) {
  // The list lives exactly as long as its first page (keyed above), so reading the props once is right.
  const list = createPaged(props.first, (cursor) => getForms(props.campaign, cursor))
  let rows: HTMLOListElement | undefined
  return (
    <Show when={list.items().length > 0} fallback={<p class="empty">{say('print.none')}</p>}>
      <ol ref={(element) => (rows = element)}>
        <For each={list.items()}>
          {({ cursor, cases }) => (
            <li>
              <Paper href={formAddress(props.campaign, { kind: 'cases', cursor })}>
                {say('print.cases', { n: count(cases, locale()) })}
              </Paper>
            </li>
          )}
        </For>
      </ol>
      <MoreButton list={list} arrived={(index) => focusRow(rows, index)} />
    </Show>
  )
}

function Paper(props: { href: string; children: string }) {
  return (
    <a href={props.href} target="_blank" rel="noopener noreferrer">
      {props.children}
      <span class="visually-hidden">{`, ${say('print.newTab')}`}</span>
    </a>
  )
}
