import type { RouterRoute } from 'hono/types'
import { z } from 'zod'
import { ACCESS, type Access } from '../core/access.ts'
import { STATUS_OF, type ErrorCode } from '../errors.ts'
import { validatorOf } from '../validate.ts'
import { answers } from './answers.ts'
import './campaign-answers.ts'
import './index-answers.ts'
import './interview-answers.ts'
import './questionnaire-answers.ts'
import { campaignOperations } from './campaign-operations.ts'
import { indexOperations } from './index-operations.ts'
import { interviewOperations } from './interview-operations.ts'
import { questionnaireOperations } from './questionnaire-operations.ts'
import { paperOperations } from './paper-operations.ts'
import { authOperations, operations as others, type Operation } from './operations.ts'
import { resultOperations } from './result-operations.ts'
import { surveyOperations } from './survey-operations.ts'

type Json = Record<string, unknown>
const operations = {
  ...others,
  ...indexOperations,
  ...questionnaireOperations,
  ...campaignOperations,
  ...resultOperations,
  ...surveyOperations,
  ...paperOperations,
  ...interviewOperations,
}
/** An OpenAPI document as far as this program looks into it. */
export interface ApiDocument {
  openapi: '3.1.0'
  info: Json
  paths: Record<string, Record<string, Json>>
  components: Json
}

/**
 * Describes every endpoint of the table role × endpoint: who may call it from the table, what it takes from the validators
 * of the mounted route, so that neither can drift from what runs.
 * @param routes the application's mounted routes
 * @throws Error for an endpoint of the table that has no words
 */
export function openApiDocument(routes: readonly RouterRoute[]): ApiDocument {
  const paths: ApiDocument['paths'] = {}
  const add = (method: string, path: string, operation: Json) => {
    const written = path.replaceAll(/:(\w+)/g, '{$1}')
    paths[written] = { ...paths[written], [method.toLowerCase()]: operation }
  }
  for (const access of ACCESS.filter(({ path }) => path.startsWith('/api/') && !path.endsWith('*'))) {
    const operation = operations[`${access.method} ${access.path}`]
    if (!operation) throw new Error(`${access.method} ${access.path} is not described`)
    add(access.method, access.path, describe(access, operation, validators(routes, access)))
  }
  for (const [key, operation] of Object.entries(authOperations)) {
    const [method = '', path = ''] = key.split(' ')
    add(method, path, describe({ method: method as Access['method'], path, callers: ['public'] }, operation, {}))
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lắng Nghe',
      version: '1',
      description:
        'Ratings of administrative procedures. Errors are RFC 9457 problem documents with a stable code; lists are paged by ?cursor=&limit=; every number that answers make is an Estimate.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: { ...answerSchemas(), Problem: PROBLEM },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token' },
        key: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'requestId', 'issues'],
  properties: {
    type: { const: 'about:blank' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { enum: Object.keys(STATUS_OF) },
    requestId: { type: 'string' },
    issues: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'code'],
        properties: { path: { type: 'string' }, code: { type: 'string' } },
      },
    },
  },
}

type Targets = Partial<Record<string, Json>>

/** The schemas of a route's validators by what they look at. */
function validators(routes: readonly RouterRoute[], { method, path }: Access): Targets {
  const found = routes.filter((route) => route.method === method && route.path === path)
  return Object.fromEntries(
    found.flatMap(({ handler }) => {
      const validator = validatorOf(handler)
      return validator ? [[validator.target, inputSchema(validator.schema)]] : []
    }),
  )
}

function describe(access: Access, operation: Operation, targets: Targets): Json {
  const parameters = [...pathParameters(access.path, targets.param), ...properties(targets.query, 'query')]
  const body = operation.body ? inputSchema(operation.body) : targets.json
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [access.path.split('/')[2] ?? ''],
    'x-callers': access.callers,
    security: security(access),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    ...(operation.raw
      ? { requestBody: { required: true, content: Object.fromEntries(operation.raw.map((type) => [type, {}])) } }
      : {}),
    responses: { ...answersOf(operation), ...problemsOf(access, operation) },
  }
}

function security({ callers }: Access): Json[] {
  if (callers.includes('public')) return []
  if (callers.includes('operator')) return [{ key: [] }]
  return callers.includes('importer') ? [{ session: [] }, { key: [] }] : [{ session: [] }]
}

function pathParameters(path: string, schema: Json | undefined): Json[] {
  const described = (schema?.properties ?? {}) as Record<string, Json>
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: described[name] ?? { type: 'string' },
  }))
}

function properties(schema: Json | undefined, where: 'query'): Json[] {
  const required = (schema?.required ?? []) as string[]
  return Object.entries((schema?.properties ?? {}) as Record<string, Json>).map(([name, property]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: property,
  }))
}

function answersOf(operation: Operation): Json {
  return Object.fromEntries(
    Object.entries(operation.answers).map(([status, name]) => [
      status,
      {
        description: name,
        content: { [operation.type ?? 'application/json']: { schema: { $ref: `#/components/schemas/${name}` } } },
      },
    ]),
  )
}

/** Problems by status: the endpoint's own, and those of everything that needs a sign-in, or a database. */
function problemsOf({ callers, method, path }: Access, operation: Operation): Json {
  const open = callers.includes('public')
  const codes: ErrorCode[] = [
    ...(operation.problems ?? []),
    ...(open ? [] : (['not_signed_in', 'forbidden'] as const)),
    ...(open || method === 'GET' ? [] : (['cross_site'] as const)),
    ...(method === 'GET' ? [] : (['too_large'] as const)),
    ...(method === 'GET' || path.startsWith('/api/auth/') ? [] : (['unsupported_media_type'] as const)),
    ...(path === '/api/openapi.json' ? [] : (['internal', 'unavailable'] as const)),
  ]
  const byStatus = Map.groupBy(new Set(codes), (code) => STATUS_OF[code])
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => {
      const schema = { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: list } } }] }
      return [status, { description: list.join(', '), content: { 'application/problem+json': { schema } } }]
    }),
  )
}

/** As input schemas they are open: an answer may gain fields. */
function answerSchemas(): Json {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of answers) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: tidy,
  })
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bare(schema)]))
}

function inputSchema(schema: z.ZodType): Json {
  return bare(z.toJSONSchema(schema, { io: 'input', override: tidy }))
}

/** Takes out the bounds of a double, which say nothing about the field. */
function tidy({ jsonSchema }: { jsonSchema: { minimum?: number; maximum?: number } }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}

/** Without what only a document of its own needs. */
function bare({ $schema: _schema, $id: _id, ...schema }: Json): Json {
  return schema
}
