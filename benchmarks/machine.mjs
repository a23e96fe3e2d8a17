#!/usr/bin/env node
// What a core of this machine gives in which circumstances, because milliseconds of processor move with them though the code is the same:
//   taskset -c 0 node benchmarks/machine.mjs [THE OTHER CORE, 1]
// Prints one line of JSON: nanoseconds of processor for a step of a walk in chance order through 1 MiB, without rest and with a rest of 1 ms after each 4,000 steps (whoever else runs on the
// core's caches takes them meanwhile); and milliseconds of processor for the same additions with the other core idle and busy (it may be the other half of one core).
import { spawn } from 'node:child_process'

const places = 1024 * 1024 / 64
const next = new Int32Array(places * 16) // a step a line of 64 bytes
const order = Array.from({ length: places }, (_, i) => i)
for (let i = places - 1; i > 0; i--) {
  const j = Math.floor(Math.random() * (i + 1));
  [order[i], order[j]] = [order[j], order[i]]
}
order.forEach((place, i) => { next[place * 16] = order[(i + 1) % places] * 16 })
const bed = new Int32Array(new SharedArrayBuffer(4))
const rest = (ms) => Atomics.wait(bed, 0, 0, ms)
const processor = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
let at = 0
const walk = (steps) => { for (let i = 0; i < steps; i++) at = next[at] }
function step (rounds, resting) {
  const since = processor()
  for (let i = 0; i < rounds; i++) {
    walk(4000)
    if (resting) rest(1)
  }
  return Number(((processor() - since) * 1e6 / rounds / 4000).toFixed(1))
}
const add = () => { let sum = 0; for (let i = 0; i < 30_000_000; i++) sum = (sum + i * i) | 0; return sum }
function additions () {
  const times = Array.from({ length: 9 }, () => { const since = processor(); add(); return processor() - since })
  return Number(times.sort((a, b) => a - b)[4].toFixed(1))
}

walk(2_000_000)
add()
const [without, with1] = [step(1500, false), step(1500, true)]
const alone = additions()
const busy = spawn('taskset', ['-c', process.argv[2] ?? '1', process.execPath, '-e', 'for (;;) {}'])
rest(300)
const beside = additions()
busy.kill()
console.log(JSON.stringify({ step_ns: without, step_ns_after_a_rest_of_1_ms: with1, additions_ms: alone, additions_ms_with_the_other_core_busy: beside }))
process.exit(at < 0 ? 1 : 0)
