// Warns two minutes before a session ends. Other tabs make it longer too, so the server is asked before anybody is warned.
const dialog = document.getElementById('session')
const warnBefore = 120
let timer, ends, token

function expect (left) {
  clearTimeout(timer)
  ends = Date.now() + left * 1000
  timer = setTimeout(look, Math.max(0, left - warnBefore) * 1000)
}

async function ask (init) {
  const answer = await fetch(dialog.dataset.ask, { cache: 'no-store', ...init })
  if (!answer.ok) throw new Error(`${answer.status}`)
  return answer.json()
}

function show (when) {
  for (const part of dialog.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== when
  dialog.setAttribute('aria-labelledby', `session-${when}`)
  if (!dialog.open) dialog.showModal()
}

async function look () {
  let left = Math.round((ends - Date.now()) / 1000)
  let canGrow = true
  try {
    ({ secondsLeft: left, canGrow, token } = await ask())
  } catch {
    // Without an answer, what the page knows counts.
  }
  if (left > warnBefore + 5) return expect(left)
  if (left <= 0) return show('over')
  show(canGrow ? 'soon' : 'fixed')
  clearTimeout(timer)
  ends = Date.now() + left * 1000
  timer = setTimeout(look, (left + 1) * 1000)
}

async function stay () {
  try {
    const { secondsLeft } = await ask({ method: 'POST', body: new URLSearchParams({ __RequestVerificationToken: token }) })
    if (secondsLeft <= 0) return show('over')
    dialog.close()
    expect(secondsLeft)
  } catch {
    show('over')
  }
}

if (dialog) {
  expect(Number(dialog.dataset.left))
  dialog.querySelector('[data-stay]').addEventListener('click', stay)
  for (const button of dialog.querySelectorAll('[data-close]')) button.addEventListener('click', () => dialog.close())
  // A machine that slept has missed its timers.
  document.addEventListener('visibilitychange', () => { if (!document.hidden && Date.now() > ends - warnBefore * 1000 && !dialog.open) look() })
}
