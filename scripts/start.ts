import { buildWeb, webIsCurrent } from './web.ts'

if (!webIsCurrent()) {
  process.stderr.write('Building the web pages …\n')
  if (!(await buildWeb())) {
    process.stderr.write('The web pages could not be built.\n')
    process.exit(2)
  }
}
// Ctrl-C reaches this process twice, from the terminal and passed on by npm. The server's own handler takes the first and
// stops in order; the second must not cut that short and leave the database running. Before the server has a handler
// there is nothing to stop.
let stopping = false
const onSignal = (name: NodeJS.Signals): void => {
  if (!stopping && process.listenerCount(name) === 1) process.exit(name === 'SIGINT' ? 130 : 143)
  stopping = true
}
process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
await import('../api/server.ts')
