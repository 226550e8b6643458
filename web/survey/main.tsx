import { render } from 'solid-js/web'
import { CodePage } from '../ui/code-page.tsx'
import './survey.css'
import { SurveyPage } from './survey-page.tsx'
import { setLanguage, t } from './words.ts'

const root = document.getElementById('app')
const token = /^\/s\/([^/]+)/.exec(location.pathname)?.[1]
if (root !== null) {
  // The skeleton in survey.html is what is seen until here.
  root.textContent = ''
  setLanguage('vi')
  render(
    () => (token === undefined ? <CodePage door="/s" t={t} onLanguage={setLanguage} /> : <SurveyPage token={token} />),
    root,
  )
}
