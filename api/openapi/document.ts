/** The OpenAPI 3.1 document of every endpoint in the table role × endpoint. */
export function openApiDocument(): {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, object>
} {
  return { openapi: '3.1.0', info: { title: 'Lắng Nghe', version: '0.1.0' }, paths: {} }
}
