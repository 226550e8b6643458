import { Boundary } from '../shell/boundary.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { ManySlips } from './many-slips.tsx'
import { OneSlip } from './one-slip.tsx'
import { WalkInForm } from './walk-in-form.tsx'
import { say } from './words.ts'

/** Slips for the counter: of finished dossiers, of one dossier again, and for somebody who was turned away. */
export function SlipsPage() {
  return (
    <div class="page">
      <PageHeading title={say('title')} />
      <p class="lead">{say('lead')}</p>
      <p class="caution">{say('secret')}</p>
      <Boundary>
        <ManySlips />
      </Boundary>
      <OneSlip />
      <Boundary>
        <WalkInForm />
      </Boundary>
    </div>
  )
}
