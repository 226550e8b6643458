/** prepared: only the office sees it · published: the public's · superseded: a newer run of the period took its place · withdrawn: taken back, and still shown as such. */
export type RunState = 'prepared' | 'published' | 'superseded' | 'withdrawn'
export type RunAction = 'publish' | 'supersede' | 'withdraw'

/** Reasons for which a run can be withdrawn. */
export const WITHDRAW_REASONS = ['wrong_data', 'wrong_method', 'privacy', 'other'] as const
export type WithdrawReason = (typeof WITHDRAW_REASONS)[number]

const NEXT: Readonly<Record<RunState, Partial<Record<RunAction, RunState>>>> = {
  prepared: { publish: 'published' },
  published: { supersede: 'superseded', withdraw: 'withdrawn' },
  superseded: { withdraw: 'withdrawn' },
  withdrawn: {},
}

/** What an action makes of a run, or null when the run's state does not allow it. What was public never becomes unseen. */
export function nextState(state: RunState, action: RunAction): RunState | null {
  return NEXT[state][action] ?? null
}
