import { A, createAsync, useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createUniqueId, For, Show } from 'solid-js'
import { findForm, type FoundForm } from '../api/paper.ts'
import { instant } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { PrintForms } from './print.tsx'
import { say } from './words.ts'

/** The form that lies on the table, by its code: typing it, and comparing what was typed. Administrators print forms here. */
export function PaperPage() {
  const params = useParams<{ id: string }>()
  const [search] = useSearchParams<{ ma?: string }>()
  const navigate = useNavigate()
  const me = useSession()
  const id = createUniqueId()
  const campaign = () => Number(params.id)
  return (
    <div class="page paper">
      <PageHeading title={say('find.heading')} />
      <form
        class="paper-find"
        onSubmit={(event) => {
          event.preventDefault()
          navigate(path.paper(campaign(), String(new FormData(event.currentTarget).get('code') ?? '').trim()))
        }}
      >
        <div class="field">
          <label for={id}>{say('find.code')}</label>
          <p class="field-hint" id={`${id}-hint`}>
            {say('find.hint')}
          </p>
          <input
            id={id}
            type="text"
            name="code"
            maxlength="64"
            required
            autocomplete="off"
            spellcheck={false}
            value={search.ma ?? ''}
            aria-describedby={`${id}-hint`}
          />
        </div>
        <button class="button">{say('find.find')}</button>
      </form>
      <Show keyed when={search.ma}>
        {(code) => (
          <Boundary>
            <Found campaign={campaign()} code={code} />
          </Boundary>
        )}
      </Show>
      <Show when={me().role === 'administrator'}>
        <PrintForms campaign={campaign()} />
      </Show>
    </div>
  )
}

function Found(props: { campaign: number; code: string }) {
  const found = createAsync(() => findForm(props.campaign, props.code))
  return <Show when={found()}>{(form) => <Passes campaign={props.campaign} form={form()} />}</Show>
}

function Passes(props: { campaign: number; form: FoundForm }) {
  const line = (pass: number) => props.form.passes.find((one) => one.pass === pass)
  const isOpen = () => props.form.case.state !== 'complete'
  return (
    <section aria-labelledby="form">
      <h2 id="form">
        {say('find.form', { code: props.form.case.code })}
        {props.form.case.form === null ? '' : say('find.which', { form: props.form.case.form })}
      </h2>
      <p>{say(`state.${props.form.case.state}`)}</p>
      <ul class="paper-passes">
        <For each={[1, 2]}>
          {(pass) => (
            <li>
              <Show when={line(pass)} fallback={say('pass.none', { pass })}>
                {(one) => say('pass.by', { pass, name: one().typist, at: instant(one().enteredAt, locale()) })}
              </Show>{' '}
              <Show when={isOpen()}>
                <A href={path.paperEntry(props.campaign, props.form.case.id, pass)}>
                  {say(line(pass) === undefined ? 'pass.type' : 'pass.again', { pass })}
                </A>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.form.passes.length === 2}>
        <p>
          <A class="button" href={path.paperDifferences(props.campaign, props.form.case.id)}>
            {say('pass.compare')}
          </A>
        </p>
      </Show>
    </section>
  )
}
