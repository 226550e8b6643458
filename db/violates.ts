/** True when an error is the violation of this unique constraint or index. */
export function violates(error: unknown, constraint: string): boolean {
  const { code, constraint_name: name } = (error ?? {}) as { code?: unknown; constraint_name?: unknown }
  return code === '23505' && name === constraint
}
