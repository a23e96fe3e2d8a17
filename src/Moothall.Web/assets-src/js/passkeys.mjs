// Asks the browser to make a passkey or to sign in with one, and sends its answer as the page's own form.
const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0))
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const known = list => (list ?? []).map(key => ({ ...key, id: bytes(key.id) }))

async function create (asked) {
  const key = await navigator.credentials.create({
    publicKey: { ...asked, challenge: bytes(asked.challenge), user: { ...asked.user, id: bytes(asked.user.id) }, excludeCredentials: known(asked.excludeCredentials) }
  })
  return said(key, { attestationObject: text(key.response.attestationObject), transports: key.response.getTransports?.() ?? [] })
}

async function get (asked) {
  const key = await navigator.credentials.get({ publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) } })
  const { authenticatorData, signature, userHandle } = key.response
  return said(key, { authenticatorData: text(authenticatorData), signature: text(signature), userHandle: userHandle ? text(userHandle) : null })
}

const said = (key, response) => JSON.stringify({
  id: key.id,
  rawId: text(key.rawId),
  type: key.type,
  authenticatorAttachment: key.authenticatorAttachment ?? null,
  clientExtensionResults: {},
  response: { clientDataJSON: text(key.response.clientDataJSON), ...response }
})

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const { passkey, options, cancelled, known: knownHere, unable, failed } = form.dataset
  const says = form.querySelector('[role=alert]')
  if (!window.PublicKeyCredential) {
    says.textContent = unable
    continue
  }
  form.querySelector('[data-needs-script]').hidden = false
  const button = form.querySelector('button')
  button.addEventListener('click', async () => {
    says.textContent = ''
    button.disabled = true
    try {
      form.elements.credential.value = await (passkey === 'create' ? create : get)(JSON.parse(options))
      form.submit()
    } catch (error) {
      button.disabled = false
      says.textContent = { NotAllowedError: cancelled, AbortError: cancelled, InvalidStateError: knownHere, NotSupportedError: unable }[error.name] ?? failed
    }
  })
}
