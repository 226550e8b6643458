import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * For commands that stream: what they keep is small, whatever the size of the file, and their garbage is to stay small too.
 * V8 lets the old part of the heap grow to four times what is in use before it collects; half as much again is enough here, at
 * about one percent of the time. The limit is set anew by a collection, so one is asked for. The young part would grow to 128 MB
 * for whoever makes much garbage; it stays at the two megabytes that the collection leaves.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=50')
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}
