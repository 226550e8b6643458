/** The events whose answers are the headline: one per dossier, at its end. */
export const FINISHED: string[] = ['returned', 'refused']
/** From this day provinces, communes and districts are others; a series breaks here. */
export const MERGER_DAY = '2025-07-01'
