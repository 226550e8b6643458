import { describe, expect, it } from 'vitest'
import { toApiError } from '../../../web/office/api/errors.ts'
import { unwrap } from '../../../web/office/api/http.ts'

describe('a refusal of the API', () => {
  it('keeps code, request and issues of its problem document', () => {
    const error = toApiError(422, {
      code: 'invalid_file',
      requestId: 'r1',
      issues: [{ path: 'ma_tthc', code: 'missing_column' }],
    })
    expect(error).toMatchObject({ status: 422, code: 'invalid_file', requestId: 'r1' })
    expect(error.issues).toEqual([{ path: 'ma_tthc', code: 'missing_column' }])
  })

  it('has a usable code even when something else answered', () => {
    expect(toApiError(413, null).code).toBe('too_large')
    expect(toApiError(502, '<html>').code).toBe('internal')
    expect(toApiError(422, { code: 5, issues: 'x' })).toMatchObject({ code: 'internal', issues: [] })
  })

  it('is thrown for every answer that is not a success', async () => {
    const response = new Response('<html>', { status: 503 })
    await expect(unwrap(response)).rejects.toMatchObject({ status: 503, code: 'unavailable' })
  })
})
