/** What a backup with names and addresses of survey frames says of their keys: it has none. */
export function contactsNote(tables: readonly { readonly name: string; readonly rows: number }[]): string[] {
  const sealed = tables.find(({ name }) => name === 'campaign_contact')?.rows ?? 0
  return sealed === 0
    ? []
    : [
        `${sealed} contacts of survey frames are in it encrypted. Their keys (CONTACT_KEYS, or contact-keys.json of the data directory) are in no backup: keep a copy apart, or nobody can read them again.`,
      ]
}
