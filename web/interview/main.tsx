import { render } from 'solid-js/web'
import { App } from './app.tsx'
import './interview.css'

const root = document.getElementById('app')
if (root !== null) {
  // The skeleton in interview.html is what is seen until here.
  root.textContent = ''
  render(() => <App />, root)
}
