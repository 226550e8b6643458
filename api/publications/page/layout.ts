import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Speech } from './speech.ts'

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>
export const STYLE = '/cong-khai/style.css'

/** An address of the public pages that keeps language and chosen run. @param runsFrom which of the other runs are told of */
export function address(
  speech: Pick<Speech, 'language'>,
  unit: number | null,
  run: number | null = null,
  runsFrom = 0,
): string {
  const query = new URLSearchParams()
  if (run !== null) query.set('run', String(run))
  if (runsFrom > 0) query.set('runsFrom', String(runsFrom))
  if (speech.language === 'en') query.set('lang', 'en')
  const text = query.toString()
  return `/cong-khai${unit === null ? '' : `/${unit}`}${text === '' ? '' : `?${text}`}`
}

/** What surrounds every public page. */
export function layout(
  speech: Speech,
  page: { title: string; tenant: string; other: string; home: string; sample: boolean; content: Markup },
): Markup {
  const { say, language } = speech
  const otherLanguage = language === 'vi' ? 'en' : 'vi'
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say('title', { page: page.title })}</title>
        <link rel="stylesheet" href="${STYLE}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">${say('skip')}</a>
        <header class="head">
          <div class="wrap head-bar">
            <p class="brand">
              <a href="${page.home}"><b>${say('site')}</b> <span>${page.tenant}</span></a>
            </p>
            <a class="language" href="${page.other}" lang="${otherLanguage}" hreflang="${otherLanguage}"
              >${say('language')}</a
            >
          </div>
        </header>
        ${
          page.sample
            ? html`<aside class="sample" aria-label="${say('sampleMark')}">
                <p class="wrap"><strong>${say('sampleMark')}</strong> ${say('sampleText')}</p>
              </aside>`
            : ''
        }
        <main id="main" class="wrap" tabindex="-1">${page.content}</main>
        <footer class="foot">
          <div class="wrap">
            <p>${say('internal')}</p>
            <p>${say('footer')}</p>
          </div>
        </footer>
      </body>
    </html>`
}

/** A page that says only why there is nothing to see. */
export function messagePage(
  speech: Speech,
  texts: { title: string; text: string; tenant: string; sample: boolean; back: boolean },
): Markup {
  const { say } = speech
  const other = { language: speech.language === 'vi' ? 'en' : 'vi' } as const
  return layout(speech, {
    title: texts.title,
    tenant: texts.tenant,
    sample: texts.sample,
    other: address(other, null),
    home: address(speech, null),
    content: html`<h1>${texts.title}</h1>
      <p class="lead">${texts.text}</p>
      ${texts.back ? html`<p><a href="${address(speech, null)}">${say('back')}</a></p>` : ''}`,
  })
}
