import { render } from 'solid-js/web'
import { CodePage } from '../ui/code-page.tsx'
import './rate.css'
import { WithdrawPage } from './withdraw-page.tsx'
import { typed } from './typed-words.ts'
import { setLanguage, t } from './words.ts'

const root = document.getElementById('app')
if (root !== null) {
  // The skeleton in rate-typed.html is what is seen until here.
  root.textContent = ''
  setLanguage('vi')
  render(() => (location.pathname === '/withdraw' ? <WithdrawPage /> : <SlipCodePage />), root)
}

/** Where the code of a slip is typed. The code of a receipt, which withdraws, has a page of its own. */
function SlipCodePage() {
  return (
    <CodePage door="/r" t={typed} onLanguage={setLanguage}>
      <p>
        <a href="/withdraw">{t('haveCode')}</a>
      </p>
    </CodePage>
  )
}
