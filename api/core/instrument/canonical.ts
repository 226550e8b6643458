import canonicalize from 'canonicalize'

/**
 * The canonical text of a definition (RFC 8785: sorted keys, fixed number form, no spaces). Its SHA-256 names the
 * version in evidence columns, so two files that differ only in layout are the same definition.
 * @throws RangeError for a value that JSON cannot hold.
 */
export function canonicalText(definition: unknown): string {
  const text = canonicalize(definition)
  if (text === undefined) throw new RangeError('only a JSON value has a canonical text')
  return text
}
