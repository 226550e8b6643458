/** Whether PostgreSQL can hold a text: its texts have no U+0000, and half of a surrogate pair is no character. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && !/\p{Surrogate}/u.test(text)

/** Whether a text is storable and has no control character, line breaks included: a name, a title, a code. */
export const isOneLine = (text: string): boolean => !/[\p{Cc}\p{Surrogate}]/u.test(text)
