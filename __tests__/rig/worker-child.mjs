// The process that Fanout starts as a worker (or gate) in tests: connects to the hub (worker.ts), says who it is, and does
// what the test tells it, one order at a time. Usage: node worker-child.mjs <socket> <label>
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'

const [socketPath, label] = process.argv.slice(2)
const socket = connect(socketPath)
const tell = message => socket.write(`${JSON.stringify(message)}\n`)
// The hub is gone: the test has ended, and so does its worker.
socket.on('error', () => process.exit(97))
socket.on('close', () => process.exit(98))

const stdin = readFileSync(0, 'utf8')
tell({ hello: { pid: process.pid, label, stdin, cwd: process.cwd(), env: process.env } })

const ORDERS = {
  write({ path, content }) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  },
  remove: ({ path }) => rmSync(path, { recursive: true }),
  read: ({ path }) => readFileSync(path, 'utf8'),
  print: ({ text, to }) => new Promise(resolve => process[to].write(text, resolve)),
  ignore: ({ signal }) => void process.on(signal, () => {}),
  sh: ({ script }) =>
    new Promise((resolve, reject) => {
      const child = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'] })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', chunk => (stdout += chunk))
      child.stderr.on('data', chunk => (stderr += chunk))
      child.on('error', reject)
      child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
    }),
  exit: ({ code }) => process.exit(code),
}

for await (const line of createInterface({ input: socket })) {
  const { id, order, ...rest } = JSON.parse(line)
  try {
    tell({ id, value: (await ORDERS[order](rest)) ?? null })
  } catch (error) {
    tell({ id, error: String(error) })
  }
}
