import { render } from 'solid-js/web'
import { CodePage } from './code-page.tsx'
import './survey.css'
import { SurveyPage } from './survey-page.tsx'
import { setLanguage } from './words.ts'

const root = document.getElementById('app')
const token = /^\/s\/([^/]+)/.exec(location.pathname)?.[1]
if (root !== null) {
  // The skeleton in survey.html is what is seen until here.
  root.textContent = ''
  setLanguage('vi')
  render(() => (token === undefined ? <CodePage /> : <SurveyPage token={token} />), root)
}
