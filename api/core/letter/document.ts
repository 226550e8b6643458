import { breakable, escapeHtml, qrDrawing, viDay } from '../slip/markup.ts'
import { qrFigure } from '../slip/qr.ts'
import { ENVELOPES, type Addressee, type EnvelopeFormat, type LetterContent } from './letter.ts'
import { envelopeStyle, letterStyle } from './style.ts'
import { english, vietnamese } from './words.ts'

/** Width that a letter leaves for its QR code, quiet zone included. */
const QR_MM = 38

/**
 * Letters as one HTML document for printing, a page of A4 each, without script, picture or any other file. The address stands where
 * windows of DL and C5 envelopes are; without contacts the firm's or household's code stands there alone.
 * @throws RangeError when an address is too long for a readable QR code
 */
export function letterDocument(
  addressees: readonly Addressee[],
  content: LetterContent,
  { reminder }: { readonly reminder: boolean },
): string {
  const words = vietnamese(content, reminder)
  const body = addressees.map((addressee) => letter(addressee, content, words, english(content, reminder)))
  return page(reminder ? 'Thư nhắc' : 'Thư mời', addressees.length, letterStyle(isLong(content)), body)
}

/** Envelopes as one HTML document for printing, a page of their own size each. */
export function envelopeDocument(
  addressees: readonly Addressee[],
  content: LetterContent,
  format: EnvelopeFormat,
): string {
  const body = addressees.map(
    (addressee) => `<section class="envelope" aria-label="Phong bì ${escapeHtml(addressee.reference)}">
${sampleMark(content)}<div class="sender">${senderLines(content)}</div>
<div class="to">${addressLines(addressee, content)}</div></section>`,
  )
  return page('Phong bì', addressees.length, envelopeStyle(ENVELOPES[format]), body)
}

function page(title: string, count: number, style: string, sections: readonly string[]): string {
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} (${count})</title>
<style>${style}</style></head>
<body><main>${count === 0 ? '<p class="none">Không có thư nào để in.</p>' : sections.join('')}</main></body></html>
`
}

function letter(
  addressee: Addressee,
  content: LetterContent,
  words: ReturnType<typeof vietnamese>,
  inEnglish: readonly string[],
): string {
  const { letter: from } = content
  const questions = [from.phone, from.email].filter((part) => part !== '').join(' · ')
  return `<section class="letter" aria-label="Thư ${escapeHtml(addressee.reference)}"><i class="fold one"></i><i class="fold two"></i>
<header class="sender">${sampleMark(content)}${senderLines(content)}</header>
<div class="window">${addressLines(addressee, content)}</div>
<p class="date">${escapeHtml(dateLine(content))}</p>
<h1>${escapeHtml(words.subject)}</h1>
<p>${escapeHtml(words.salutation)}</p>
${paragraphs(words.before)}
<div class="answer">${qrDrawing(qrFigure(addressee.url, 'medium', QR_MM), 'Mã QR mở phiếu khảo sát')}
<div><p>Quét mã, hoặc mở <b class="address">${breakable(content.address)}</b> rồi nhập mã</p>
<p class="code">${escapeHtml(addressee.code)}</p>
<p>Xin trả lời đến hết ngày <b>${viDay(content.lastDay)}</b>.</p></div></div>
${paragraphs(words.after)}
<div class="end"><p class="questions">${questions === '' ? '' : `Giải đáp: <b>${escapeHtml(questions)}</b>`}</p>
<div class="signer"><p>${escapeHtml(from.signerTitle)}</p><p class="name">${escapeHtml(from.signerName)}</p></div></div>
<div class="english" lang="en">${paragraphs(inEnglish)}</div></section>`
}

function senderLines({ letter: from }: LetterContent): string {
  return `<p class="name">${escapeHtml(from.sender)}</p>${from.senderAddress === '' ? '' : `<p>${escapeHtml(from.senderAddress)}</p>`}`
}

function addressLines({ contact, reference }: Addressee, { population }: LetterContent): string {
  const label = population === 'business' ? 'Mã doanh nghiệp' : 'Mã hộ'
  const lines = [contact?.name, contact?.address].filter((line) => line !== undefined)
  const known = lines.map((line, i) => `<p${i === 0 ? ' class="name"' : ''}>${escapeHtml(line)}</p>`).join('')
  return `${known === '' ? '' : `<p class="to-word">Kính gửi:</p>${known}`}<p class="reference">${label}: <b>${escapeHtml(reference)}</b></p>`
}

function dateLine({ day, letter: from }: LetterContent): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const written = `ngày ${date} tháng ${month} năm ${year}`
  return from.place === '' ? written.replace('n', 'N') : `${from.place}, ${written}`
}

function sampleMark({ sample }: LetterContent): string {
  return sample ? '<p class="sample">DỮ LIỆU MẪU – thư thử</p>' : ''
}

function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n')
}

/** What the purpose adds in both languages may need a smaller face for all to stay on one page. */
function isLong({ title, letter: { purpose } }: LetterContent): boolean {
  return title.length + purpose.vi.length + purpose.en.length / 2 > 520
}
