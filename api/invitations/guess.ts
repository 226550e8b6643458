import { forgetGuesses, returnGuess, takeGuess, type GuessSlot } from '../../db/queries/short-codes.ts'
import { localDate } from '../core/time/moment.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'

/** Wrong codes from one device in a day. A hall's shared tablet sees a few slips of the finger, a guesser needs millions. */
export const GUESSES_PER_DEVICE_DAY = 10
/** Wrong codes from everybody in a minute, whatever addresses and browsers they claim. */
export const GUESSES_PER_MINUTE = 10
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/**
 * Looks a short code up within the limits on wrong ones. The limits stand in the database, so both front doors share them, and
 * a guess is taken before the look-up and given back when it was right, so that many at once gain nothing.
 *
 * At 200,000 printed and unanswered slips a guess is right once in 128,000 times; ten a minute, day and night, find one of
 * them in about nine days, without choosing whose. Tokens (128 bits) are not limited, so links and QR codes keep working
 * while somebody guesses.
 * @param device daily hash of the device, or null where the front door knows no address
 * @throws AppError rate_limited, with the seconds until the limit that was met begins anew
 */
export async function withinLimits<T>(
  services: Services,
  device: Uint8Array | null,
  look: () => Promise<T | null>,
): Promise<T | null> {
  const { shared } = services.db
  const now = services.now()
  const slots = guessSlots(now, device)
  const taken = await takeGuess(shared, slots)
  if (taken.length < slots.length) {
    await returnGuess(shared, taken)
    throw new AppError('rate_limited', [], { retryAfterS: secondsToEnd(slots[taken.length], now) })
  }
  const found = await look()
  if (found !== null) await returnGuess(shared, taken)
  else await forgetGuesses(shared, new Date(now.getTime() - 2 * DAY_MS))
  return found
}

function secondsToEnd(slot: LimitedSlot | undefined, now: Date): number {
  return slot ? Math.max(1, Math.ceil((slot.slot.getTime() + slot.lengthMs - now.getTime()) / 1000)) : 1
}

interface LimitedSlot extends GuessSlot {
  lengthMs: number
}

function guessSlots(now: Date, device: Uint8Array | null): LimitedSlot[] {
  const minute = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS)
  const day = new Date(`${localDate(now.toISOString())}T00:00:00+07:00`)
  return [
    ...(device === null ? [] : [{ who: device, slot: day, limit: GUESSES_PER_DEVICE_DAY, lengthMs: DAY_MS }]),
    { who: new Uint8Array(), slot: minute, limit: GUESSES_PER_MINUTE, lengthMs: MINUTE_MS },
  ]
}
