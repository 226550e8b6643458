// The style of the respondent's page, which must hold inside the preview's frame alone.
import surveyStyle from '../../survey/survey.css?inline'

/** What the page has on `html`, `body` and `main`, which are not inside the frame. */
const SCREEN = `
  .screen { font: 1rem/1.5 var(--font-system); color: var(--color-text); }
  .screen > h3 { margin: var(--space-2) 0; font-size: 1.25rem; line-height: 1.3; }
  .screen > form > .question:first-child { margin-top: var(--space-4); }
`
let made: CSSStyleSheet | null = null

/** The style of the respondent's page as a phone applies it, however wide the window of the office is. */
export function phoneStyle(): CSSStyleSheet {
  if (made) return made
  made = new CSSStyleSheet()
  made.replaceSync(surveyStyle + SCREEN)
  for (const rule of made.cssRules) {
    if (!(rule instanceof CSSMediaRule)) continue
    if (/min-width|width\s*>/.test(rule.conditionText)) rule.media.mediaText = 'not all'
    else if (/max-width|width\s*</.test(rule.conditionText)) rule.media.mediaText = 'all'
  }
  return made
}
