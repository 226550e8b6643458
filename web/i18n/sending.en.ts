import type { SendingWords } from './sending.vi.ts'

export const sendingEn: SendingWords = {
  saved: 'Saved.',
  saving: 'Saving…',
  unsent: 'Not sent yet: {n}. Kept on this device, to be sent when there is a connection.',
  held: 'Not sent yet: {n}. Kept on this device; the system is busy, and it will be sent again by itself in a few minutes.',
  unsentMemory: 'Not sent yet: {n}. This device cannot keep them; please do not close the page.',
  sending: 'Sending…',
  retry: 'Send again now',
  faultTitle: 'The form could not be opened',
  fault: 'No connection to the system. The page will try again by itself.',
  faultBusy: 'The system is busy or being maintained. The page will try again by itself.',
  faultLimited:
    'Too many wrong codes have been typed. Please try again in {wait}, or scan the QR code on the paper: that works at once.',
  waitSeconds: '{n} s',
  waitMinutes: '{n} min',
  waitHours: '{n} h',
  again: 'Try again',
}
