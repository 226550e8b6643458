import { t } from '../lib/locale.ts'
import type { Me } from '../api/types.ts'
import { say } from './words.ts'

/** Who did it: the night's job, a key, whoever is signed in, or another person, whose id is nobody's business. */
export function whoWords(by: string, me: Me): string {
  if (by === 'job') return say('who.job')
  if (by === 'key') return t('import.byKey')
  if (by === me.user.id) return me.user.name || me.user.email
  return say('who.other')
}
