import { render } from 'solid-js/web'
import './rate.css'
import { RatingPage } from './rating-page.tsx'
import { setLanguage } from './words.ts'

const root = document.getElementById('app')
const token = /^\/r\/([^/]+)/.exec(location.pathname)?.[1]
if (token === undefined) location.replace('/r')
else if (root !== null) {
  // The skeleton in rate.html is what is seen until here.
  root.textContent = ''
  setLanguage('vi')
  render(() => <RatingPage token={token} />, root)
}
