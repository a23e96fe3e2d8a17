// In a preview: when the service was saved, the page is opened anew as the new version has it. What somebody has typed stays; they are told instead.
const mark = document.querySelector('.preview-mark')
const before = mark.dataset.stamp
let typed = false
addEventListener('input', () => { typed = true })

// The page of the journey that is open, as the map opens it.
function again () {
  const page = location.pathname.match(new RegExp(`^/services/${mark.dataset.service}/(questions|pages|exits|alerts)/([a-z0-9-]+)$`))
  if (page) return `/preview/go/${page[1]}/${page[2]}`
  return location.pathname.endsWith('/check') ? '/preview/go/check/answers' : null
}

async function look () {
  if (document.visibilityState === 'visible') {
    try {
      const answer = await fetch(mark.dataset.saved, { cache: 'no-store' })
      if (answer.ok && await answer.text() !== before) {
        if (typed) {
          const told = mark.querySelector('[data-changed]')
          told.textContent = told.dataset.changed
          return
        }
        const address = again()
        if (address) location.replace(address)
        else location.reload()
        return
      }
    } catch { /* it is not there just now: perhaps it was stopped, perhaps it starts again */ }
  }
  setTimeout(look, 1000)
}

setTimeout(look, 1000)
