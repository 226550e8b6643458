import { For } from 'solid-js'
import type { Piece } from '../i18n/i18n.ts'

/** A sentence whose strong parts come from its template, never from its parameters. */
export function Pieces(props: { of: readonly Piece[] }) {
  return <For each={props.of}>{(piece) => (piece.strong ? <b>{piece.text}</b> : piece.text)}</For>
}
