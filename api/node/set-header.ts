import type { IncomingMessage } from 'node:http'

/** Gives a request a header in place of whatever its client sent under that name. @param name in lower case */
export function setHeader(request: IncomingMessage, name: string, value: string): void {
  const { headers, rawHeaders } = request
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2)
    if (rawHeaders[at]?.toLowerCase() === name) rawHeaders.splice(at, 2)
  rawHeaders.push(name, value)
  headers[name] = value
}
