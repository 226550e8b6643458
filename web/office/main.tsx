import { Router } from '@solidjs/router'
import { render } from 'solid-js/web'
import '../styles/office.css'
import { speak, storedLocale } from './lib/locale.ts'
import { routes } from './routes.tsx'

const root = document.getElementById('app')
if (root !== null) {
  // English is a file of its own; should it not arrive, the page still opens, in Vietnamese.
  void speak(storedLocale())
    .catch(() => undefined)
    .then(() => {
      // The skeleton in office.html is what is seen until here.
      root.textContent = ''
      render(() => <Router>{routes}</Router>, root)
    })
}
