import { Hono, type Context } from 'hono'
import type { AppEnv } from '../app.ts'
import { AppError } from '../errors.ts'
import { listPage } from './page/list-page.ts'
import { messagePage } from './page/layout.ts'
import { speech } from './page/speech.ts'
import { unitPage } from './page/unit-page.ts'
import { PUBLIC_CACHE, publicUnit, publicUnits } from './public.ts'

const ID = /^[1-9]\d{0,9}$/

const spoken = (c: Context<AppEnv>) => speech(c.req.query('lang') === 'en' ? 'en' : 'vi')

/** The run an address asks for, or null. @throws AppError not_found for what cannot be one */
function askedRun(c: Context<AppEnv>): number | null {
  const run = c.req.query('run')
  if (run === undefined || run === '') return null
  if (!ID.test(run)) throw new AppError('not_found')
  return Number(run)
}

/** From which of the other runs on the address asks to be told of them. @throws AppError not_found for what is no number */
function runsFrom(c: Context<AppEnv>): number {
  const from = c.req.query('runsFrom')
  if (from === undefined || from === '') return 0
  if (!/^\d{1,6}$/.test(from)) throw new AppError('not_found')
  return Number(from)
}

/** Pages for everybody, whole without JavaScript. */
export const publicPageRoutes = new Hono<AppEnv>()
  .get('/cong-khai', async (c) => {
    const words = spoken(c)
    const asked = askedRun(c)
    const found = await publicUnits(c.get('services'), { run: asked ?? undefined, runsFrom: runsFrom(c) })
    c.header('Cache-Control', PUBLIC_CACHE)
    c.header('Content-Language', words.language)
    if (found === null) throw new AppError('not_published')
    return c.html(listPage(words, found, asked), 200)
  })
  .get('/cong-khai/:id', async (c) => {
    const words = spoken(c)
    const asked = askedRun(c)
    const id = c.req.param('id')
    if (!ID.test(id) || Number(id) > 2_147_483_647) throw new AppError('not_found')
    const found = await publicUnit(c.get('services'), Number(id), { run: asked ?? undefined, runsFrom: runsFrom(c) })
    c.header('Cache-Control', PUBLIC_CACHE)
    c.header('Content-Language', words.language)
    return c.html(unitPage(words, found, asked), 200)
  })

/** The page a reader gets instead of a problem document. */
export function problemPage(c: Context<AppEnv>, code: string, status: 404 | 405 | 500 | 503) {
  const words = spoken(c)
  const { say } = words
  const about =
    code === 'not_published'
      ? { title: say('nothingTitle'), text: say('nothingText'), back: false }
      : status === 404 || status === 405
        ? { title: say('notFoundTitle'), text: say('notFoundText'), back: true }
        : { title: say('failedTitle'), text: say('failedText'), back: true }
  c.header('Cache-Control', 'no-store')
  return c.html(messagePage(words, { ...about, tenant: '', sample: false }), status)
}
