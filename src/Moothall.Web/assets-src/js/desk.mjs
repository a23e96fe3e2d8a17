import './session.mjs'

// Makes the desk quicker; every page works without it. Keys as shown on the pages: / search, j next, k previous, o open,
// a assign, n note, ? help, and 1 to 5 why a caller rang. They can be turned off (WCAG 2.2, 2.1.4) and never act while somebody types.
const typing = element => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)
const kept = 'moothall-desk-keys'

// A browser that keeps nothing leaves the keys as they are.
const remembered = () => { try { return localStorage.getItem(kept) } catch { return null } }
const remember = value => { try { localStorage.setItem(kept, value) } catch { /* for this page only */ } }
let on = remembered() !== 'off'

function step (by) {
  const rows = [...document.querySelectorAll('[data-row] a')].filter(link => link.parentElement.closest('[data-row]').querySelector('a') === link)
  if (rows.length === 0) return
  const now = rows.findIndex(row => row.closest('[data-row]').contains(document.activeElement))
  rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(now + by, 0), rows.length - 1)].focus()
}

function open () {
  const link = document.activeElement?.closest('[data-row]')?.querySelector('a')
  if (link) location.assign(link.href)
}

// The fold at the foot of the page becomes a dialog that any page can call.
const fold = document.getElementById('keys')
const said = fold ? [...fold.querySelector('.govuk-details__text').childNodes] : []
let dialog = null
function help () {
  if (!fold) return
  if (!dialog) {
    dialog = document.createElement('dialog')
    dialog.className = 'keys'
    dialog.setAttribute('aria-labelledby', 'keys-title')
    const title = document.createElement('h2')
    title.id = 'keys-title'
    title.className = 'govuk-heading-m'
    title.textContent = fold.querySelector('summary').textContent.trim()
    const words = document.createElement('div')
    words.append(...said.map(node => node.cloneNode(true)))
    const close = document.createElement('button')
    close.type = 'button'
    close.className = 'govuk-button govuk-button--secondary'
    close.textContent = fold.dataset.close
    close.addEventListener('click', () => dialog.close())
    dialog.append(title, words, toggle(), close)
    document.body.append(dialog)
  }
  dialog.showModal()
}

// Said where they are used, and only while they work.
const hints = () => { for (const hint of document.querySelectorAll('[data-keys-hint]')) hint.hidden = !on }
hints()

function toggle () {
  const line = document.createElement('p')
  const box = document.createElement('button')
  box.type = 'button'
  box.className = 'govuk-button govuk-button--secondary'
  const say = () => {
    box.textContent = on ? fold.dataset.off : fold.dataset.on
    box.setAttribute('aria-pressed', String(on))
  }
  box.addEventListener('click', () => {
    on = !on
    remember(on ? 'on' : 'off')
    say()
    hints()
  })
  say()
  line.append(box)
  return line
}
if (fold) fold.querySelector('.govuk-details__text').append(toggle())

document.addEventListener('keydown', event => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog?.open) return
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    '/': () => document.getElementById('q')?.focus(),
    o: open,
    a: () => (document.querySelector('[data-assign] select') ?? document.getElementById('to'))?.focus(),
    n: () => (document.getElementById('note') ?? document.getElementById('_note'))?.focus(),
    '?': help
  }
  const reason = /^[1-9]$/.test(event.key) ? document.querySelector(`.call__reason[accesskey="${event.key}"]`) : null
  const act = acts[event.key] ?? (reason && (() => reason.click()))
  if (!act) return
  act()
  event.preventDefault()
})

// A standard reply goes into the words beside it at once.
for (const reply of document.querySelectorAll('[data-reply]')) {
  const [list, button, field] = [reply.querySelector('select'), reply.querySelector('button'), document.getElementById(reply.dataset.reply)]
  if (!list || !button || !field) continue
  button.addEventListener('click', event => {
    const text = list.selectedOptions[0]?.dataset.text
    event.preventDefault()
    if (!text) return
    field.value = [field.value.trim(), text].filter(part => part.length > 0).join('\n\n')
    field.focus()
  })
}

// The page that comes of a form, read and not shown. The browser itself makes a page of the answer: under Trusted Types no text of ours becomes one.
function pageFor (form, by, body) {
  return new Promise((resolve, reject) => {
    const asking = new XMLHttpRequest()
    asking.open('POST', form.action)
    asking.responseType = 'document'
    asking.setRequestHeader('Moothall-By-Itself', by)
    asking.onload = () => resolve(asking.status >= 200 && asking.status < 300 ? asking.response : null)
    asking.onerror = reject
    asking.send(body)
  })
}

// What is asked next appears as answers are given: the server says which, as for "Update questions".
for (const form of document.querySelectorAll('form[data-update]')) {
  let number = 0
  // By what: a page that was opened is no sign of somebody there, but what they type is.
  const update = async by => {
    const mine = ++number
    const fields = new FormData(form)
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name)
    fields.set(form.dataset.update, 'yes')
    try {
      const page = await pageFor(form, by, form.enctype === 'multipart/form-data' ? fields : new URLSearchParams(fields))
      if (!page || mine !== number) return
      for (const question of form.querySelectorAll('[data-question]')) {
        const there = page.querySelector(`[data-question="${CSS.escape(question.dataset.question)}"]`)
        if (!there) continue
        question.hidden = there.hidden
        if (!there.querySelector('.new__when')) question.querySelector('.new__when')?.remove()
      }
    } catch { /* the button is still there */ }
  }
  form.addEventListener('change', () => update('typed'))
  update('opened')
}
