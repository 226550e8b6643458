import { readFileSync } from 'node:fs'

/**
 * Seconds of processor time that running processes have taken; null where the system does not tell. On a machine that others use
 * too it says more than the clock.
 */
export function processorSeconds(pids: readonly number[]): number | null {
  if (process.platform !== 'linux') return null
  return pids.reduce((sum, pid) => {
    try {
      // after the name in brackets: state is the first, user and system time the 12th and 13th, in hundredths
      const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
      const fields = rest.split(' ')
      return sum + (Number(fields[11]) + Number(fields[12])) / 100
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
