import './passkeys.mjs'
import './session.mjs'

// Keys of the desk, as shown on its pages: / search, j next, k previous, ? help. Never required.
const typing = element => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)

function step (by) {
  const rows = [...document.querySelectorAll('[data-row] a')]
  if (rows.length === 0) return
  const now = rows.indexOf(document.activeElement)
  rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(now + by, 0), rows.length - 1)].focus()
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
  if (event.key === 'j') step(1)
  else if (event.key === 'k') step(-1)
  else if (event.key === '/') document.getElementById('q')?.focus()
  else if (event.key === '?') {
    const help = document.getElementById('keys')
    if (!help) return
    help.open = !help.open
    if (help.open) help.scrollIntoView({ block: 'nearest' })
  } else return
  event.preventDefault()
})
