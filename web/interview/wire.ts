import { call, isObject } from '../offline/call.ts'
import type { Reply } from '../offline/sender.ts'
import type { Campaign, GivenCase, Item, Outcome, Told } from './kept.ts'

/** Who is signed in. */
export interface Me {
  readonly user: { readonly id: string; readonly name: string; readonly email: string }
  readonly tenant: { readonly name: string; readonly sample: boolean }
  readonly role: string
}
export interface Assignment {
  readonly items: readonly GivenCase[]
  readonly next: string | null
  readonly campaigns: readonly Campaign[]
}
export interface Receipts {
  readonly device: Omit<Told, 'at'> & { readonly lastSeq: number }
  readonly results: readonly Outcome[]
}
const PAGE = 100

export const getMe = (): Promise<Reply<Me>> =>
  call('/api/me', undefined, (body) => isObject(body) && isObject(body['user']) && 'role' in body, 'signed')

export const signIn = (email: string, password: string): Promise<Reply<unknown>> =>
  call('/api/auth/sign-in/email', { email, password }, (body) => isObject(body) && 'user' in body, 'signed')

export const signOut = (): Promise<Reply<unknown>> => call('/api/auth/sign-out', {}, isObject, 'signed')

/** Registers the tablet; again, it changes nothing. */
export const postDevice = (id: string, label: string): Promise<Reply<unknown>> =>
  call('/api/interviews/devices', { id, label }, (body) => isObject(body) && body['id'] === id, 'signed')

/** Sends a batch; what counts as taken is said item by item. */
export const postInterviews = (device: string, sentAt: string, items: readonly Item[]): Promise<Reply<Receipts>> =>
  call(
    '/api/interviews',
    { device, sentAt, items },
    (body) => isObject(body) && isObject(body['device']) && Array.isArray(body['results']),
    'signed',
  )

/** One page of the assignment, with the campaigns of its cases. */
export const getAssignment = (cursor: string | null): Promise<Reply<Assignment>> =>
  call(
    `/api/interviews/assignment?limit=${PAGE}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    undefined,
    (body) => isObject(body) && Array.isArray(body['items']) && Array.isArray(body['campaigns']),
    'signed',
  )
