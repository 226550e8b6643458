import axe from 'axe-core'
import type { Page } from 'playwright-core'

const RUN = `axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations'],
}).then((found) => found.violations.flatMap((one) => one.nodes.map((node) => one.id + ': ' + node.target.join(' '))))`

/** What a page breaks of WCAG 2.2 AA, as `rule: element`; nothing is excused. */
export async function wcagFaults(page: Page): Promise<string[]> {
  // Not as a script element: the page's own policy rightly refuses that.
  await page.evaluate(axe.source)
  return page.evaluate<string[]>(RUN)
}
