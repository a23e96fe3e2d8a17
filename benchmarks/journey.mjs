#!/usr/bin/env node
// Plays full journeys without script against a running server and measures them:
//   node benchmarks/journey.mjs SPEC.json [CONNECTIONS] [SECONDS] [WARM-UP SECONDS] [JOURNEYS A SECOND]
// Without a rate each connection begins its next journey at once; with one, journeys begin evenly and the time is counted from when each was due,
// so that a slow answer does not hide the ones behind it. SERVER_PID names the process whose processor time is read, POSTGRES_PID the first process of a
// PostgreSQL, whose time is told apart. Prints one line of JSON.
import { readFileSync, readdirSync } from 'node:fs'
import { Agent, request } from 'node:http'

const [file, connections = 16, seconds = 15, warmUp = 5, rate = 0] = process.argv.slice(2).map((word, i) => (i === 0 ? word : Number(word)))
const spec = JSON.parse(readFileSync(file, 'utf8'))
const agent = new Agent({ keepAlive: true, maxSockets: connections })
const times = { get: [], post: [], journey: [] }
let measuring = false, stopping = false, journeys = 0, requests = 0, faults = 0

// One request with the cookies of its journey; what it waited for a free connection counts as time, as it does for a person.
const send = (method, path, cookies, body) => new Promise((answered, failed) => {
  const since = performance.now()
  const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  if (body !== undefined) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) })
  const sent = request({ host: spec.host, port: spec.port, agent, method, path, headers }, (response) => {
    let text = ''
    response.setEncoding('utf8').on('data', (piece) => { text += piece }).on('end', () => {
      for (const cookie of response.headers['set-cookie'] ?? []) {
        const [pair] = cookie.split(';')
        cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
      }
      if (measuring) { requests++; times[method === 'GET' ? 'get' : 'post'].push(performance.now() - since) }
      answered({ status: response.statusCode, location: response.headers.location, text })
    })
  })
  sent.on('error', failed)
  sent.end(body)
})

async function follow (answer, cookies) {
  for (let hops = 0; answer.status >= 300 && answer.status < 400 && hops < 4; hops++) {
    const to = new URL(answer.location, `http://${spec.host}:${spec.port}`)
    answer = await send('GET', to.pathname + to.search, cookies)
  }
  return answer
}

async function journey (due) {
  const cookies = new Map()
  let page = await follow(await send('GET', spec.start, cookies), cookies)
  for (const step of spec.steps) {
    if (page.status !== 200) throw new Error(`the page before ${step.path} was answered with ${page.status}`)
    const form = new URLSearchParams(step.answers)
    if (spec.csrf?.cookie) form.set(spec.csrf.field, cookies.get(spec.csrf.cookie))
    else if (spec.csrf?.field) form.set(spec.csrf.field, page.text.match(new RegExp(`name="${spec.csrf.field}"[^>]*value="([^"]*)"`))?.[1] ?? '')
    const answer = await send('POST', step.path, cookies, form.toString())
    if (answer.status < 300 || answer.status > 399) throw new Error(`${step.path} was answered with ${answer.status}`)
    page = await follow(answer, cookies)
  }
  if (!page.text.includes(spec.done)) throw new Error(`the last page lacks “${spec.done}”`)
  if (measuring) { journeys++; times.journey.push(performance.now() - due) }
}

const play = async (due) => {
  try { await journey(due) } catch (trouble) {
    faults++
    if (faults <= 3) console.error(trouble.message)
    if (faults > 200) stopping = true
  }
}
const untilStopped = async () => { while (!stopping) await play(performance.now()) }
async function atRate () {
  const running = new Set()
  for (let due = performance.now(); !stopping; due += 1000 / rate) {
    const wait = due - performance.now()
    if (wait > 0) await new Promise((go) => setTimeout(go, wait))
    const one = play(due).finally(() => running.delete(one))
    running.add(one)
  }
  await Promise.all(running)
}

const pause = (length) => new Promise((go) => setTimeout(go, length * 1000))
// Seconds of processor as /proc tells them, in hundredths: of a process in its own code and in the system; and of those of its children that have ended.
const stat = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ').map(Number)
  return { parent: fields[1], user: fields[11] / 100, system: fields[12] / 100, ended: (fields[13] + fields[14]) / 100 }
}
const serverSeconds = () => (process.env.SERVER_PID ? stat(process.env.SERVER_PID) : { user: 0, system: 0 })
function postgresSeconds () {
  const first = Number(process.env.POSTGRES_PID ?? 0)
  if (!first) return 0
  let seconds = stat(first).user + stat(first).system + stat(first).ended
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const process = stat(pid)
      if (process.parent === first) seconds += process.user + process.system
    } catch { /* It ended while it was looked at. */ }
  }
  return seconds
}
const at = (list, part) => (list.length ? Number(list[Math.min(list.length - 1, Math.floor(list.length * part))].toFixed(2)) : null)

await journey(performance.now())
const load = rate > 0 ? atRate() : Promise.all(Array.from({ length: connections }, untilStopped))
await pause(warmUp)
const [begin, cpu, databaseCpu, ownCpu] = [performance.now(), serverSeconds(), postgresSeconds(), process.cpuUsage()]
measuring = true
await pause(seconds)
measuring = false
const [length, now, database, own] = [(performance.now() - begin) / 1000, serverSeconds(), postgresSeconds() - databaseCpu, process.cpuUsage(ownCpu)]
const [user, system] = [now.user - cpu.user, now.system - cpu.system]
const each = (time) => (journeys ? Number((time / journeys * 1000).toFixed(2)) : null)
stopping = true
await load
agent.destroy()
const all = [...times.get, ...times.post].sort((a, b) => a - b)
for (const list of Object.values(times)) list.sort((a, b) => a - b)
console.log(JSON.stringify({
  connections, rate: rate || 'as fast as answered', journeys_s: Number((journeys / length).toFixed(1)), requests_s: Math.round(requests / length), faults,
  p50: at(all, 0.5), p99: at(all, 0.99), get_p99: at(times.get, 0.99), post_p99: at(times.post, 0.99), journey_p50: at(times.journey, 0.5),
  server_cores: Number(((user + system) / length).toFixed(2)), server_cpu_ms_a_journey: each(user + system), server_user_ms: each(user), server_system_ms: each(system),
  ...(process.env.POSTGRES_PID ? { postgres_cpu_ms_a_journey: each(database) } : {}),
  client_cores: Number(((own.user + own.system) / 1e6 / length).toFixed(2))
}))
