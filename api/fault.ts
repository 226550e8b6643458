const FRAMES = 12
const PLACE = /\/((?:api|db|scripts|node_modules)\/[^\s()]*:\d+:\d+)\)?$/

/** What may be logged of a fault: its class, its codes and where it happened. A driver's message can hold submitted values, so it stays out. */
export function faultOf(error: Error): Record<string, string> {
  const {
    code: cause,
    constraint_name: constraint,
    routine,
  } = error as { code?: unknown; constraint_name?: unknown; routine?: unknown }
  const stack = places(error)
  return {
    errorName: word(error.name),
    ...(typeof cause === 'string' ? { cause: word(cause) } : {}),
    ...(typeof constraint === 'string' ? { constraint: word(constraint) } : {}),
    ...(typeof routine === 'string' ? { routine: word(routine) } : {}),
    ...(stack === '' ? {} : { stack }),
  }
}

/** Files and lines of the stack, nearest first, without the message that stands before them. */
function places(error: Error): string {
  const { stack = '', message } = error
  const at = stack.indexOf(message)
  const frames = at < 0 ? stack : stack.slice(at + message.length)
  return frames
    .split('\n')
    .flatMap((line) => (/^\s+at /.test(line) ? (PLACE.exec(line)?.[1] ?? []) : []))
    .slice(0, FRAMES)
    .join(' < ')
}

/** Names of classes, codes and constraints are words; anything else is not shown. */
function word(text: string): string {
  return /^[\w.-]{1,100}$/.test(text) ? text : '?'
}
