import { breakable, escapeHtml, qrDrawing, viDay } from '../slip/markup.ts'
import { qrFigure } from '../slip/qr.ts'
import type { Questionnaire } from '../questionnaire/definition.ts'
import { numbersOf } from './numbers.ts'
import { sectionsOnPaper } from './questions.ts'
import { pageRule, paperStyle } from './style.ts'
import { WORDS } from './words.ts'

/** One form on paper: of a case, or blank. */
export interface PaperForm {
  /** Of the firm or household; null on a blank form, which has a line for it. */
  readonly reference: string | null
  /** `XXXX-XXXX`, and the address with its secret. */
  readonly secret: { readonly code: string; readonly url: string } | null
  /** Form of list experiments. */
  readonly form: string | null
}
export interface PaperContent {
  readonly title: string
  readonly sender: string
  readonly population: 'business' | 'citizen'
  /** `YYYY-MM-DD` */
  readonly lastDay: string
  /** Where a code is entered, without scheme. */
  readonly address: string
  readonly sample: boolean
}
const QR_MM = 28

/**
 * Forms as one HTML document for printing on A4, each with pages numbered from 1 and its code at the foot of every page, without
 * script, picture or any other file. Questions and options have the numbers by which they are typed.
 * @throws RangeError when an address is too long for a readable QR code
 */
export function paperDocument(
  questionnaire: Questionnaire,
  forms: readonly PaperForm[],
  content: PaperContent,
): string {
  const numbers = numbersOf(questionnaire)
  const rules = forms.map((form, at) => pageRule(`f${at}`, footOf(form, content)))
  const body = forms.map(
    (form, at) => `<section class="form" style="page:f${at}" aria-label="Phiếu ${escapeHtml(form.reference ?? '')}">
${head(form, content, questionnaire)}${sectionsOnPaper(questionnaire, numbers, form.form)}</section>`,
  )
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Phiếu giấy (${forms.length})</title>
<style>${paperStyle}${rules.join('')}</style></head>
<body><main>${forms.length === 0 ? '<p class="none">Không có phiếu nào để in.</p>' : body.join('')}</main></body></html>
`
}

/** At the foot of each page: loose sheets find together by it. */
function footOf({ reference, secret, form }: PaperForm, { population }: PaperContent): string {
  const code = secret === null ? '' : `  ·  ${secret.code}`
  const which = form === null ? '' : `  ·  ${WORDS.vi.form} ${form}`
  return `${WORDS.vi[population]}: ${reference ?? '....................'}${code}${which}`
}

function head({ reference, secret, form }: PaperForm, content: PaperContent, { notice }: Questionnaire): string {
  const { vi, en } = WORDS
  const known = reference === null ? '<span class="line"></span>' : `<b>${escapeHtml(reference)}</b>`
  const corner =
    secret === null
      ? ''
      : `<div class="corner">${qrDrawing(qrFigure(secret.url, 'medium', QR_MM), 'Mã QR mở phiếu khảo sát')}<p class="code">${escapeHtml(secret.code)}</p></div>`
  const online =
    secret === null
      ? ''
      : `<p>${vi.online} <b>${breakable(content.address)}</b> ${vi.enter} <b>${escapeHtml(secret.code)}</b>. ${vi.once} <i lang="en">${en.online} ${breakable(content.address)} ${en.enter}. ${en.once}</i></p>`
  return `<header><div>${content.sample ? '<p class="sample">DỮ LIỆU MẪU – phiếu thử</p>' : ''}<p class="sender">${escapeHtml(content.sender)}</p>
<h1>${escapeHtml(content.title)}</h1>
<p>${vi[content.population]}: ${known}${form === null ? '' : ` · ${vi.form} <b>${escapeHtml(form)}</b>`}</p></div>${corner}</header>
<div class="how"><p>${vi.how} <i lang="en">${en.how}</i></p>${online}
<p>${vi.until} <b>${viDay(content.lastDay)}</b>. <i lang="en">${en.until} ${viDay(content.lastDay)}.</i></p></div>
<div class="notice">${notice.text.vi
    .split('\n\n')
    .map((text) => `<p>${escapeHtml(text)}</p>`)
    .join('')}<p lang="en">${escapeHtml(notice.text.en)}</p></div>
`
}
