import { Icon } from './icon.tsx'
import { say } from './words.ts'

/** Up, down and away, for an entry of a list. At an end the button stays, and says by its state that it does nothing. */
export function MoveButtons(props: {
  name: string
  first: boolean
  last: boolean
  move: (by: 1 | -1) => void
  remove?: () => void
}) {
  const go = (button: HTMLElement, by: 1 | -1, stays: boolean) => {
    if (stays) return
    props.move(by)
    // Moving an element takes the focus from it.
    queueMicrotask(() => button.focus())
  }
  const away = (button: HTMLElement) => {
    const around = button.closest('ol')?.parentElement ?? button.closest('.outline')
    props.remove?.()
    queueMicrotask(() => around?.querySelector<HTMLElement>('.entry-open, [data-move], button')?.focus())
  }
  return (
    <div class="move-buttons">
      <button
        type="button"
        class="icon-button"
        data-move="up"
        aria-disabled={props.first}
        aria-label={say('move.up', { name: props.name })}
        onClick={(event) => go(event.currentTarget, -1, props.first)}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        class="icon-button"
        data-move="down"
        aria-disabled={props.last}
        aria-label={say('move.down', { name: props.name })}
        onClick={(event) => go(event.currentTarget, 1, props.last)}
      >
        <Icon name="down" />
      </button>
      {props.remove && (
        <button
          type="button"
          class="icon-button"
          aria-label={say('move.remove', { name: props.name })}
          onClick={(event) => away(event.currentTarget)}
        >
          <Icon name="remove" />
        </button>
      )}
    </div>
  )
}
