/** One of several that may be chosen together: a native checkbox under a large label. */
export function Tick(props: {
  name: string
  label: string
  checked: boolean
  quiet?: boolean
  /** Cannot be chosen now. */
  off?: boolean
  onChoose: () => void
}) {
  return (
    <label class="choice" data-quiet={props.quiet ? '' : undefined}>
      <input
        type="checkbox"
        name={props.name}
        checked={props.checked}
        disabled={props.off}
        onChange={() => props.onChoose()}
      />
      <span>{props.label}</span>
    </label>
  )
}
