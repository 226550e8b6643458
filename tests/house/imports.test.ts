import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

interface Import {
  readonly from: string
  /** Path from the repository's root, or the package's name. */
  readonly to: string
  readonly typeOnly: boolean
}

/** Folders of api that are no rooms: they serve every room, or one front door. */
const shared = ['core', 'middleware', 'node']

const files = globSync('{api,db,web,scripts}/**/*.{ts,tsx}', { cwd: root })
const imports = files.flatMap(importsOf)

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const statements = source.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  )
  return [...statements].map(([, type, named, dynamic]) => {
    const target = named ?? dynamic ?? ''
    const to = target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)) : target
    return { from: file, to, typeOnly: type !== undefined }
  })
}

const under = (path: string, folder: string): boolean => path.startsWith(`${folder}/`)
const isOurs = (path: string): boolean => ['api', 'db', 'web', 'scripts', 'tests'].some((folder) => under(path, folder))
const roomOf = (path: string): string | null => {
  const [top, room, rest] = path.split('/')
  return top === 'api' && rest !== undefined && room !== undefined && !shared.includes(room) ? room : null
}
const show = (list: readonly Import[]): string[] => list.map(({ from, to }) => `${from} → ${to}`)

describe('who may import whom', () => {
  test('core imports only core, and pure packages it was given', () => {
    const pure = ['canonicalize', 'd3-array', 'ml-matrix', 'pure-rand', 'qr', 'yalps', 'zod']
    const wrong = imports.filter(
      ({ from, to }) =>
        under(from, 'api/core') &&
        !under(to, 'api/core') &&
        !pure.some((name) => to === name || under(to, name)) &&
        !under(to, '@stdlib'),
    )
    expect(show(wrong)).toEqual([])
  })

  test('db imports only db and core', () => {
    const wrong = imports.filter(
      ({ from, to }) => under(from, 'db') && isOurs(to) && !under(to, 'db') && !under(to, 'api/core'),
    )
    expect(show(wrong)).toEqual([])
  })

  test('the code that runs on Workers never reaches the embedded server or the file system', () => {
    const onWorkers = reachedFrom(['api/app.ts', 'api/worker.ts'])
    const forbidden = /^(db\/embedded|api\/(node|cli)\/|node:(fs|child_process|net|os)\b)/
    const wrong = imports.filter(({ from, to, typeOnly }) => !typeOnly && onWorkers.has(from) && forbidden.test(to))
    expect(show(wrong)).toEqual([])
  })

  test('kysely is imported by db and, for types alone, by use cases', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => to.startsWith('kysely') && !under(from, 'db') && !typeOnly)
    expect(show(wrong)).toEqual([])
  })

  test('a room calls another through its use cases, never through its queries or routes', () => {
    const wrong = imports.filter(({ from, to }) => {
      const room = roomOf(from)
      if (room === null) return false
      const other = roomOf(to)
      return other !== null && other !== room && to.endsWith('/routes.ts')
    })
    expect(show(wrong)).toEqual([])
  })

  test('only the application mounts routes', () => {
    const wrong = imports.filter(({ from, to }) => /^api\/[^/]+\/routes\.ts$/.test(to) && from !== 'api/app.ts')
    expect(show(wrong)).toEqual([])
  })

  test('web imports of api only the client and core', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        under(from, 'web') && isOurs(to) && !under(to, 'web') && !under(to, 'api/core') && to !== 'api/client.ts',
    )
    expect(show(wrong)).toEqual([])
  })

  test('the pages for phones take nothing from the office or from each other', () => {
    const others: Readonly<Record<string, readonly string[]>> = {
      'web/rate': ['web/office', 'web/survey'],
      'web/survey': ['web/office', 'web/rate'],
    }
    const wrong = imports.filter(({ from, to }) =>
      Object.entries(others).some(([page, rooms]) => under(from, page) && rooms.some((room) => under(to, room))),
    )
    expect(show(wrong)).toEqual([])
  })

  test('there are no circles among modules', () => {
    expect(circles()).toEqual([])
  })
})

test('every relative import names a file with its extension', () => {
  const wrong = imports.filter(({ to }) => isOurs(to) && !/\.(ts|tsx|json|css|svg|woff2)(\?\w+)?$/.test(to))
  expect(show(wrong)).toEqual([])
})

/** Every file that runs when one of these does. */
function reachedFrom(entries: readonly string[]): Set<string> {
  const edges = Map.groupBy(imports, ({ from }) => from)
  const reached = new Set<string>()
  const visit = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    for (const { to, typeOnly } of edges.get(file) ?? []) if (!typeOnly) visit(to)
  }
  entries.forEach(visit)
  return reached
}

/** Circles of imports that exist at run time; type imports vanish and may point back. */
function circles(): string[] {
  const edges = Map.groupBy(
    imports.filter(({ typeOnly }) => !typeOnly),
    ({ from }) => from,
  )
  const done = new Set<string>()
  const found: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file)
    if (at >= 0) found.push([...path.slice(at), file].join(' → '))
    if (at >= 0 || done.has(file)) return
    for (const { to } of edges.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of edges.keys()) visit(file, [])
  return found
}
