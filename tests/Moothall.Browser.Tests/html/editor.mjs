// What an ordinary editor shows of service files: drives yaml-language-server over standard input and output as an editor does. Reads {folder, files: {path: {text, at: [{line, column}]}}} as JSON from
// standard input, opens each file as if it had that text, and prints {path: {underlined: [{line, says}], offered: [[word]]}} as JSON. The schema is found by the files' own first line alone.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

let text = ''
for await (const chunk of process.stdin) text += chunk
const { folder, files } = JSON.parse(text)

const program = join(dirname(createRequire(import.meta.url).resolve('yaml-language-server/package.json')), 'bin', 'yaml-language-server')
const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
const waiting = new Map()
const diagnosed = new Map()
let number = 0
let buffer = Buffer.alloc(0)

function send(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message })
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

const ask = (method, params) => new Promise((answered, failed) => {
  waiting.set(++number, { answered, failed })
  send({ id: number, method, params })
})

// Its settings: only what an editor has that nobody has set up, and nothing is fetched from elsewhere.
const settings = { yaml: { validate: true, completion: true, hover: true, schemaStore: { enable: false } } }

function read(message) {
  if (message.method === 'textDocument/publishDiagnostics') {
    const { uri, diagnostics } = message.params
    diagnosed.get(uri)?.(diagnostics)
  } else if (message.method === 'workspace/configuration') send({ id: message.id, result: message.params.items.map(item => settings[item.section] ?? null) })
  else if (message.method && message.id !== undefined) send({ id: message.id, result: null })
  else if (message.id !== undefined) {
    const { answered, failed } = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) failed(new Error(message.error.message))
    else answered(message.result)
  }
}

server.stdout.on('data', chunk => {
  buffer = Buffer.concat([buffer, chunk])
  for (;;) {
    const head = buffer.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1])
    if (buffer.length < head + 4 + length) return
    const body = buffer.subarray(head + 4, head + 4 + length).toString()
    buffer = buffer.subarray(head + 4 + length)
    read(JSON.parse(body))
  }
})

const root = pathToFileURL(folder).href
await ask('initialize', {
  processId: process.pid, rootUri: root, workspaceFolders: [{ uri: root, name: 'services' }],
  capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } }, publishDiagnostics: {} }, workspace: { configuration: true } },
})
send({ method: 'initialized', params: {} })
send({ method: 'workspace/didChangeConfiguration', params: { settings } })

const shown = {}
for (const [path, { text, at }] of Object.entries(files)) {
  const uri = pathToFileURL(join(folder, path)).href
  const underlined = new Promise(done => diagnosed.set(uri, done))
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } })
  const found = (await underlined).map(d => ({ line: d.range.start.line + 1, says: d.message }))
  const offered = []
  for (const { line, column } of at ?? []) {
    const list = await ask('textDocument/completion', { textDocument: { uri }, position: { line: line - 1, character: column - 1 } })
    offered.push((list.items ?? list).map(item => item.label))
  }
  shown[path] = { underlined: found, offered }
}
console.log(JSON.stringify(shown))
await ask('shutdown', null)
send({ method: 'exit' })
