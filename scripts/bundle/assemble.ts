import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runtimePackages } from './packages.ts'

/** Of the product's own folders: sources, which Node runs as they are, the built pages, and what an operator reads. */
const OURS = ['api', 'db', 'dist/client', 'docs/operations', 'docs/operations.md', 'LICENSE']
/** Of packages: what only a compiler, a debugger or a linker reads. */
const UNUSED = /(\.d\.[cm]?ts|\.map|\.a)$|\/native\/include\//

/** Puts everything that runs into a folder: the product, its packages, Node, and the script that starts them. */
export function assemble(root: string, folder: string, version: string): void {
  for (const path of OURS) copy(join(root, path), join(folder, path))
  for (const path of runtimePackages(root)) {
    const own = join(root, path)
    // packages within it are copied as their own entries, where they are needed at all
    copy(own, join(folder, path), (from) => !UNUSED.test(from) && !from.slice(own.length).startsWith('/node_modules'))
  }
  const node = nodePackage(root)
  copy(join(node, 'bin/node'), join(folder, 'bin/node'))
  copy(join(node, 'LICENSE'), join(folder, 'bin/node.LICENSE'))
  for (const name of ['lang-nghe', 'INSTALL.txt']) copy(join(import.meta.dirname, name), join(folder, name))
  chmodSync(join(folder, 'lang-nghe'), 0o755)
  const description = { name: 'lang-nghe', version, license: 'Apache-2.0', private: true, type: 'module' }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(description, null, 2)}\n`)
}

function copy(from: string, to: string, filter: (from: string) => boolean = () => true): void {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter })
}

/** The package with the Node of this platform, which npm puts below the package `node`. */
function nodePackage(root: string): string {
  const wrapper = createRequire(join(root, 'package.json')).resolve('node/package.json')
  return dirname(createRequire(wrapper).resolve(`node-${process.platform}-${process.arch}/package.json`))
}
