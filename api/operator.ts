import { sha256, toHex } from './invitations/token.ts'
import type { Services } from './services.ts'

const HERE = /^(127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/
const PASSED_ON = ['x-forwarded-for', 'forwarded', 'via']

/**
 * Whether the caller operates this instance: by `Authorization: Bearer METRICS_TOKEN`, or, where no such key is set, by
 * calling from this machine and not through a proxy. `x-real-ip` is the connection's own address, set by the front door.
 */
export async function isOperator({ metricsToken }: Services, headers: Headers): Promise<boolean> {
  if (metricsToken === null)
    return HERE.test(headers.get('x-real-ip') ?? '') && !PASSED_ON.some((name) => headers.has(name))
  const given = /^Bearer (\S{1,200})$/.exec(headers.get('authorization') ?? '')?.[1]
  // hashes, so that the time of the comparison tells nothing about the key
  return given !== undefined && toHex(await sha256(given)) === toHex(await sha256(metricsToken))
}
