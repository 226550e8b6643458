import { letterDocument } from '../../../api/core/letter/document.ts'
import type { Campaign, CampaignDesign } from '../api/campaign-types.ts'
import { inDays } from './request.ts'
import { say } from './words.ts'

const MINUTES = 15
const ADDRESS_KEPT_MS = 60_000

/** Opens the invitation as it will be printed in a tab of its own: to nobody, with a secret that opens nothing. */
export function previewLetter(campaign: Campaign, letter: CampaignDesign['letter'], isSample: boolean): void {
  const { title, population, closesOn, frame, sample } = campaign
  const contact = { name: say('preview.name'), address: say('preview.address') }
  const html = letterDocument(
    [{ reference: '0000000000', contact, url: `${location.origin}/s/xxx${'0'.repeat(22)}`, code: 'XXXX-XXXX' }],
    {
      title,
      population,
      minutes: MINUTES,
      members: frame?.members ?? 0,
      drawn: sample?.main ?? 0,
      lastDay: closesOn,
      day: inDays(0),
      address: `${location.host}/s`,
      letter,
      sample: isSample,
    },
    { reminder: false },
  )
  const address = URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' }))
  window.open(address)
  setTimeout(() => URL.revokeObjectURL(address), ADDRESS_KEPT_MS)
}
