// Runs a TypeScript file of this repository: `node scripts/run.mjs <file> [words]`.
// Plain JavaScript for the oldest Node that npm may run on, so that a wrong Node is told in one line.
import { argv, exit, stderr, version } from 'node:process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const majorMin = 24
if (Number.parseInt(version.slice(1), 10) < majorMin) {
  stderr.write(
    `Lắng Nghe runs on Node ${majorMin}, which comes with its npm packages, but this is Node ${version}: ` +
      'run npm install without --ignore-scripts, then start it through npm.\n',
  )
  exit(2)
}

const [node, , file, ...words] = argv
const target = resolve(file)
argv.splice(0, argv.length, node, target, ...words)
await import(pathToFileURL(target).href)
