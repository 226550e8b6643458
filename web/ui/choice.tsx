/** One choice: a native radio under a large label. */
export function Choice(props: {
  name: string
  label: string
  checked: boolean
  quiet?: boolean
  onChoose: () => void
}) {
  return (
    <label class="choice" data-quiet={props.quiet ? '' : undefined}>
      <input type="radio" name={props.name} checked={props.checked} onChange={() => props.onChoose()} />
      <span>{props.label}</span>
    </label>
  )
}
