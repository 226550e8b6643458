import { buildWeb, webIsCurrent } from './web.ts'

if (!webIsCurrent()) {
  process.stderr.write('Building the web pages …\n')
  if (!(await buildWeb())) {
    process.stderr.write('The web pages could not be built.\n')
    process.exit(2)
  }
}
await import('../api/server.ts')
