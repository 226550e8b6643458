import { readFileSync } from 'node:fs'

/**
 * Seconds of processor time that running processes and the children that they have waited for have taken (of a database: connections
 * and workers that have ended); null where the system does not tell. On a machine that others use too it says more than the clock.
 */
export function processorSeconds(pids: readonly number[]): number | null {
  if (process.platform !== 'linux') return null
  return pids.reduce((sum, pid) => {
    try {
      // after the name in brackets: state is the first, user and system time the 12th and 13th, then those of children, in hundredths
      const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
      const hundredths = rest.split(' ').slice(11, 15).map(Number)
      return sum + hundredths.reduce((total, one) => total + one, 0) / 100
    } catch {
      return sum
    }
  }, 0)
}

/** Processor time of this process with its threads, in seconds. */
export function ownProcessorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
