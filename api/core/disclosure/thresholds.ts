/** Fewer valid answers than this: nothing is shown. GP Patient Survey (England) and Statistics Canada use ten as well. */
export const MIN_SHOW = 10

/** From here a value is shown; between MIN_SHOW and this only its interval. US NCHS asks an effective size of 30. */
export const MIN_POINT = 30

/** A weak spot must have an interval no wider than this (on the 0–1 scale). NCHS suppresses proportions from this width. */
export const MAX_WIDTH = 0.3

/** Minimum for sensitive items, such as informal payments. */
export const MIN_SENSITIVE = 30
