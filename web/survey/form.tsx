import { type Component, createSignal, Match, onCleanup, onMount, Show, Switch } from 'solid-js'
import type { Answering, Beginning, ReviewWords } from './answering.ts'
import { Part } from './part.tsx'
import { answeredCount, resumeAt, REVIEW } from './place.ts'
import { Review } from './review.tsx'
import type { Survey } from './survey.ts'

/** The survey while it is answered: its beginning, one part after the other, and the look back before it is sent. */
export function Form(props: { session: Answering; survey: Survey; start: Component<Beginning>; t: ReviewWords }) {
  const { session } = props
  // A page that replaces another takes the focus; the one that the form opens with does not.
  const [hasMoved, setMoved] = createSignal(false)
  const keys = () => session.pages().map(({ key }) => key)
  const go = (to: string | null) => {
    setMoved(true)
    session.go(to)
    history.pushState({ page: to }, '')
    scrollTo(0, 0)
  }
  // The browser's own "back" goes back one page of the survey.
  const onPop = (event: PopStateEvent) => {
    setMoved(true)
    session.go((event.state as { page?: string | null } | null)?.page ?? null)
  }
  onMount(() => {
    history.replaceState({ page: session.page() }, '')
    addEventListener('popstate', onPop)
  })
  onCleanup(() => removeEventListener('popstate', onPop))

  const shown = () => session.pages().find(({ key }) => key === session.page())
  const step = (from: string, by: 1 | -1): string | null => {
    const at = from === REVIEW ? keys().length : keys().indexOf(from)
    if (at + by < 0) return null
    return keys()[at + by] ?? REVIEW
  }
  const answered = () => {
    const draft = session.draft()
    return draft === null ? 0 : answeredCount(session.pages(), draft.answers, draft.hidden)
  }
  const begin = () => {
    const draft = session.draft()
    go(resumeAt(session.pages(), draft?.answers ?? {}, draft?.hidden ?? []))
  }

  return (
    <Switch
      fallback={<props.start parts={session.pages().length} answered={answered()} focus={hasMoved()} onBegin={begin} />}
    >
      <Match when={session.page() === REVIEW}>
        <Review
          session={session}
          survey={props.survey}
          t={props.t}
          focus={hasMoved()}
          onGo={go}
          onBack={() => go(step(REVIEW, -1))}
        />
      </Match>
      <Match when={shown()?.key} keyed>
        {(key) => (
          <Show when={shown()}>
            {(page) => (
              <Part
                session={session}
                survey={props.survey}
                page={page()}
                focus={hasMoved()}
                onNext={() => go(step(key, 1))}
                onBack={() => go(step(key, -1))}
              />
            )}
          </Show>
        )}
      </Match>
    </Switch>
  )
}
