/**
 * The one civil time zone of the product. Vietnam keeps UTC+7 the whole year and has had no summer time since 1975, so for
 * the years we accept (2000–2100) fixed offset arithmetic is exact and needs no time zone database.
 */
export const timeZone = 'Asia/Ho_Chi_Minh'

/** Local time minus UTC, in milliseconds. */
export const utcOffsetMs = 7 * 60 * 60 * 1000

/** Years outside this range are typing errors, not dates of a dossier. */
export const yearMin = 2000
export const yearMax = 2100
