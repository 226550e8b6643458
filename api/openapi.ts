import { Hono } from 'hono'
import type { RouterRoute } from 'hono/types'
import type { AppEnv } from './app.ts'
import { openApiDocument, type ApiDocument } from './openapi/document.ts'

/**
 * `GET /api/openapi.json`: OpenAPI 3.1 of every endpoint, made when it is first asked for.
 * @param routes gives the application's mounted routes, this one among them
 */
export function openApiRoutes(routes: () => readonly RouterRoute[]) {
  let document: ApiDocument | null = null
  return new Hono<AppEnv>().get('/openapi.json', (c) => c.json((document ??= openApiDocument(routes())) as never, 200))
}
