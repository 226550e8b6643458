import { createAsync } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { fill, type Params, type Text } from '../../i18n/i18n.ts'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { codebookAddress, exportAddress, getCodebook, type Codebook, type Column, type Part } from '../api/codebook.ts'
import { count } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { CampaignFrame } from '../campaigns/frame-of-campaign.tsx'
import { Boundary } from '../shell/boundary.tsx'
import { kindNames, missingWords, partNames, words } from './codebook-words.ts'

/** Codes of one column on the page; all are in the file. */
const CODES_SHOWN = 20
const say = (text: Text, params?: Params): string => fill(own(text), params)

/** What the files of a campaign's answers hold, how to read them, and where to get them. */
export function CodebookPage() {
  return (
    <CampaignFrame tab="so-ma">
      {(campaign) => (
        <div class="codebook">
          <Boundary>
            <Loaded campaign={campaign().id} />
          </Boundary>
        </div>
      )}
    </CampaignFrame>
  )
}

function Loaded(props: { campaign: number }) {
  const found = createAsync(() => getCodebook(props.campaign))
  return (
    <Show when={found()}>
      {(book) => (
        <>
          <p class="lead">
            {say(words.lead, {
              n: count(book().answers, locale()),
              campaign: book().campaign.title,
              questionnaire: book().questionnaire.code,
              version: book().questionnaire.version,
            })}
          </p>
          <Files book={book()} />
          <Care book={book()} />
          <MissingValues />
          <For each={book().parts}>{({ part, columns }) => <Columns part={part} columns={columns} />}</For>
        </>
      )}
    </Show>
  )
}

function Files(props: { book: Codebook }) {
  const links = (part: Part) => {
    const at = (format: string, labels?: string) =>
      exportAddress(props.book.campaign.id, { part, format, ...(labels === undefined ? {} : { labels }) })
    return [
      { name: say(words.csvCodes), address: at('csv') },
      ...(part === 'texts' ? [] : [{ name: say(words.csvWords), address: at('csv', locale()) }]),
      { name: say(words.xlsx), address: at('xlsx', locale()) },
      ...(part === 'texts' ? [] : [{ name: say(words.sav), address: at('sav', locale()) }]),
    ]
  }
  return (
    <section class="codebook-download" aria-labelledby="files">
      <h2 id="files">{say(words.files)}</h2>
      <p>{say(words.filesLead)}</p>
      <dl class="codebook-files">
        <For each={props.book.parts}>
          {({ part, withheld }) => (
            <div>
              <dt>{say(partNames[part])}</dt>
              <Show when={withheld !== null}>
                <dd>{say(words.untilClosed)}</dd>
              </Show>
              <For each={withheld === null ? links(part) : []}>
                {({ name, address }) => (
                  <dd>
                    <a href={address} rel="external" download="">
                      {name}
                      <span class="visually-hidden">: {say(partNames[part])}</span>
                    </a>
                  </dd>
                )}
              </For>
            </div>
          )}
        </For>
      </dl>
      <p>
        <a href={codebookAddress(props.book.campaign.id)} rel="external" download="">
          {say(words.book)}
        </a>
      </p>
    </section>
  )
}

function Care(props: { book: Codebook }) {
  const risk = () => props.book.risk
  return (
    <section aria-labelledby="care">
      <h2 id="care">{say(words.care)}</h2>
      <p>
        {say(words.risk, {
          small: count(risk().small, locale()),
          n: count(props.book.answers, locale()),
          alone: count(risk().alone, locale()),
          minimum: risk().minimum,
          attributes: risk().attributes.join(', ') || '–',
        })}
      </p>
      <p>{say(words.apart)}</p>
      <p>{say(words.weights)}</p>
    </section>
  )
}

const MISSING = [
  ['dont_know', -97],
  ['skipped', -98],
  ['not_asked', -99],
] as const

function MissingValues() {
  return (
    <section aria-labelledby="missing">
      <h2 id="missing">{say(words.missing)}</h2>
      <p>{say(words.missingLead)}</p>
      <ScrollTable caption={say(words.missing)} captionHidden>
        <thead>
          <tr>
            <th scope="col">{say(words.inCsv)}</th>
            <th scope="col" class="number">
              {say(words.inSav)}
            </th>
            <th scope="col">{say(words.meaning)}</th>
          </tr>
        </thead>
        <tbody>
          <For each={MISSING}>
            {([code, number]) => (
              <tr>
                <th scope="row">
                  <code>{code}</code>
                </th>
                <td class="number">{number}</td>
                <td>{say(missingWords[code])}</td>
              </tr>
            )}
          </For>
        </tbody>
      </ScrollTable>
    </section>
  )
}

function Columns(props: { part: Part; columns: readonly Column[] }) {
  return (
    <section aria-labelledby={`part-${props.part}`}>
      <h2 id={`part-${props.part}`}>{say(partNames[props.part])}</h2>
      <ScrollTable caption={say(partNames[props.part])} captionHidden class="codebook-columns">
        <thead>
          <tr>
            <th scope="col">{say(words.column)}</th>
            <th scope="col">{say(words.label)}</th>
            <th scope="col">{say(words.kind)}</th>
            <th scope="col">{say(words.codes)}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.columns}>{(column) => <Row column={column} />}</For>
        </tbody>
      </ScrollTable>
    </section>
  )
}

function Row(props: { column: Column }) {
  const shown = () => props.column.values.slice(0, CODES_SHOWN)
  const kind = () => (props.column.kind === 'number' ? props.column.measure : props.column.kind)
  return (
    <tr>
      <th scope="row">
        <code>{props.column.name}</code>
      </th>
      <td>{own(props.column.label)}</td>
      <td>{say(kindNames[kind()])}</td>
      <td>
        <Show when={shown().length > 0}>
          <ul class="codebook-codes">
            <For each={shown()}>
              {({ code, number, label }) => (
                <li>
                  <code>{code}</code> <Show when={code !== String(number)}>({number}) </Show>
                  <Show when={own(label) !== code}>{own(label)}</Show>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <Show when={props.column.values.length > CODES_SHOWN}>
          <span class="cell-note">{say(words.more, { n: props.column.values.length - CODES_SHOWN })}</span>
        </Show>
      </td>
    </tr>
  )
}
