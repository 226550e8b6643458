import { render } from 'solid-js/web'
import './rate.css'
import { RatingPage } from './rating-page.tsx'
import { WithdrawPage } from './withdraw-page.tsx'
import { setLanguage } from './words.ts'

const root = document.getElementById('app')
const token = /^\/r\/([^/]+)/.exec(location.pathname)?.[1]
if (root !== null) {
  // The skeleton in rate.html is what is seen until here.
  root.textContent = ''
  setLanguage('vi')
  render(() => (token === undefined ? <WithdrawPage /> : <RatingPage token={token} />), root)
}
