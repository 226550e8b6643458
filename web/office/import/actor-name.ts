import { t } from '../lib/locale.ts'

/** Who imported: a person by name, a one-stop system that signs in with a key, or the command line as it calls itself. */
export function actorName(by: string): string {
  return by === 'key' ? t('import.byKey') : by
}
