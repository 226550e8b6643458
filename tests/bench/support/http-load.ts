import { connect, type Socket } from 'node:net'
import { submission } from '../../support/submission.ts'
import { ownProcessorSeconds } from './processor-time.ts'
import { wholeAnswer } from './whole-answer.ts'
import { serve } from './worker.ts'

/** First answers to be sent over connections that are kept open. */
export interface HttpLoad {
  readonly port: number
  /** Of ratings (a first tap), or of surveys (every question of the business survey, complete). */
  readonly door: 'responses' | 'survey-answers'
  readonly tokens: readonly string[]
  readonly connections: number
  /** Ends when the time is over or every token is used, whichever is first. */
  readonly seconds: number
  /** Sends at this steady rate, whatever the answers do; null: each connection sends as soon as it is answered. */
  readonly perSecond: number | null
}
/** What came back. */
export interface LoadResult {
  /** Answers with status 201. */
  readonly created: number
  readonly others: number
  readonly seconds: number
  /** Of the process that made the load, while it did. */
  readonly processorSeconds: number
  /** Milliseconds from when an answer was due to be sent until its reply was read, sorted. */
  readonly latenciesMs: number[]
}

serve<HttpLoad, LoadResult>(async ({ port, door, tokens, connections, seconds, perSecond }) => {
  const bodies = tokens.map((token) => requestOf(door, token))
  const latenciesMs: number[] = []
  let [next, created, others] = [0, 0, 0]
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)))
  const [started, used] = [performance.now(), ownProcessorSeconds()]
  const deadline = started + seconds * 1000
  const dueAt = (index: number) => (perSecond === null ? null : started + (index * 1000) / perSecond)
  await Promise.all(
    sockets.map(async (socket) => {
      const exchange = exchanger(socket)
      for (;;) {
        const index = next
        const body = bodies[index]
        const due = dueAt(index)
        if (body === undefined || (due ?? performance.now()) >= deadline) break
        next += 1
        if (due !== null && due > performance.now())
          await new Promise((done) => setTimeout(done, due - performance.now()))
        const from = due ?? performance.now()
        if ((await exchange(body)) === 201) created += 1
        else others += 1
        latenciesMs.push(performance.now() - from)
      }
      socket.destroy()
    }),
  )
  return {
    created,
    others,
    seconds: (performance.now() - started) / 1000,
    processorSeconds: ownProcessorSeconds() - used,
    latenciesMs: latenciesMs.sort((a, b) => a - b),
  }
})

/** What the browser of a phone sends with it. */
const BROWSER = [
  'Host: 127.0.0.1',
  'Connection: keep-alive',
  'User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Mobile Safari/537.36',
  'Content-Type: application/json',
  'Accept: */*',
  'Accept-Encoding: gzip, deflate, br, zstd',
  'Accept-Language: vi-VN,vi;q=0.9,en;q=0.8',
  'Sec-Fetch-Site: same-origin',
  'Sec-Fetch-Mode: cors',
  'Sec-Fetch-Dest: empty',
]

function requestOf(door: HttpLoad['door'], token: string): Buffer {
  const body = Buffer.from(JSON.stringify(door === 'responses' ? submission(token) : wholeAnswer(token)))
  const head = [`POST /api/${door} HTTP/1.1`, ...BROWSER, `Content-Length: ${body.length}`, '', ''].join('\r\n')
  return Buffer.concat([Buffer.from(head), body])
}

function open(port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => done(socket))
    socket.once('error', fail)
  })
}

/** Sends one request at a time and reads its whole reply: a client this small takes little from what is measured. */
function exchanger(socket: Socket): (request: Buffer) => Promise<number> {
  let text = ''
  let done: ((status: number) => void) | null = null
  let fail: ((error: Error) => void) | null = null
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    const head = text.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1]
    const whole = length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= head + 4 + Number(length)
    if (!whole) return
    const status = Number(text.slice(9, 12))
    text = ''
    done?.(status)
  })
  socket.once('close', () => fail?.(new Error('the server closed the connection')))
  return (request) =>
    new Promise((resolve, reject) => {
      done = resolve
      fail = reject
      socket.write(request)
    })
}
