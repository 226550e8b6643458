/** What can be known of a case that has not answered. */
export const DISPOSITIONS = ['none', 'reached', 'refused', 'ineligible', 'noncontact', 'other', 'quota_full'] as const
