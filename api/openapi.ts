import { Hono } from 'hono'
import type { AppEnv } from './app.ts'
import { openApiDocument } from './openapi/document.ts'

let document: ReturnType<typeof openApiDocument> | null = null

/** `GET /api/openapi.json`: OpenAPI 3.1 of every endpoint. */
export const openApiRoutes = new Hono<AppEnv>().get('/openapi.json', (c) =>
  c.json((document ??= openApiDocument()), 200),
)
