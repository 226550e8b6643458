import { forgetGuesses, returnGuess, takeGuess } from '../../db/queries/short-codes.ts'
import type { Device } from '../device.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'

/**
 * Wrong codes from one device (address and browser) in an hour. A hall's shared tablet sees a few slips of the finger, and phones
 * behind one wireless network can look like one device: a longer wait would keep the innocent from answering at all.
 */
export const GUESSES_PER_DEVICE_HOUR = 10
/** Wrong codes from one network in an hour, whatever browsers it claims: a hall, or a carrier's gateway before many phones. */
export const GUESSES_PER_SOURCE_HOUR = 60
/** Wrong codes from everybody in an hour, whatever addresses they claim. */
export const GUESSES_PER_HOUR = 600
const HOUR_MS = 3_600_000

/**
 * Looks a short code up within the limits on wrong ones. The limits stand in the database, so both front doors share them, and
 * a guess is taken before the look-up and given back when it was right, so that many at once gain nothing.
 *
 * A code is one of 20⁸ (34.6 bits). At 200,000 printed and unanswered slips a guess is right once in 128,000 times; 600 an hour,
 * day and night, from ten networks or more find one of them in about nine days, without choosing whose; one network alone needs three
 * months. Who only wants to stop others needs ten networks as well: one has a tenth of what everybody has. The price: while a
 * network has used up its hour, others behind the same address wait with it, and ten networks together can make everybody wait to the
 * end of the hour. Tokens (128 bits) are not limited, so links and QR codes keep working while somebody guesses.
 * @param device null where the front door knows no address
 * @throws AppError rate_limited, with the seconds until the next hour begins
 */
export async function withinLimits<T>(
  services: Services,
  device: Device | null,
  look: () => Promise<T | null>,
): Promise<T | null> {
  const { shared } = services.db
  const now = services.now()
  const slot = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS)
  const slots = [
    ...(device === null
      ? []
      : [
          { who: device.hash, slot, limit: GUESSES_PER_DEVICE_HOUR },
          { who: device.source, slot, limit: GUESSES_PER_SOURCE_HOUR },
        ]),
    { who: new Uint8Array(), slot, limit: GUESSES_PER_HOUR },
  ]
  const taken = await takeGuess(shared, slots)
  if (taken.length < slots.length) {
    await returnGuess(shared, taken)
    const waitMs = slot.getTime() + HOUR_MS - now.getTime()
    throw new AppError('rate_limited', [], { retryAfterS: Math.max(1, Math.ceil(waitMs / 1000)) })
  }
  const found = await look()
  if (found !== null) await returnGuess(shared, taken)
  else await forgetGuesses(shared, slot)
  return found
}
