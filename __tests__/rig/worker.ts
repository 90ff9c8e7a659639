import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Deferred, deferred } from './deferred.ts'
import type { RunResult } from './exec.ts'
import { tempDir } from './temp.ts'

/** One process that Fanout started by a hub's command; does nothing until told, each order when the one before is done. */
export type Invocation = {
  readonly pid: number
  /** Of the command line that started it: `worker` unless `hub.line(label)` was used. */
  readonly label: string
  /** FANOUT_TASK_ID; empty for a gate, a setup or a verification. */
  readonly taskId: string
  readonly attempt: number
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly stdin: string
  /** Relative to its working directory, like `read` and `remove`. */
  write(path: string, content: string): Promise<void>
  read(path: string): Promise<string>
  remove(path: string): Promise<void>
  print(text: string): Promise<void>
  printErr(text: string): Promise<void>
  /** Runs a bash script in the worker's place and environment; throws when it fails. What it leaves in the background must not hold its output. */
  sh(script: string): Promise<string>
  ignore(signal: NodeJS.Signals): Promise<void>
  /** Ends the process; resolves when it is gone. */
  exit(code?: number): Promise<void>
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Resolves when the process is gone, whoever ended it. */
  readonly ended: Promise<void>
  /** Whether it still runs. */
  readonly running: boolean
}

export type WorkerHub = AsyncDisposable & {
  /** A shell line that starts a worker: give it to Fanout as `run`. */
  readonly command: string
  /** The same with a label, to tell a gate or a remediation from a worker. */
  line(label: string): string
  /** The next start that no one has taken yet, now or when it comes. */
  next(match?: string | ((invocation: Invocation) => boolean), timeoutMs?: number): Promise<Invocation>
  /** From now on every start that nobody waits for is handled by `handler`; its error is thrown on dispose. */
  each(handler: (invocation: Invocation) => Promise<unknown>): void
  /** Every start so far, in order. */
  readonly starts: readonly Invocation[]
  /** The most that ran at the same time. */
  readonly peak: number
}

type Match = (invocation: Invocation) => boolean
type Waiter = { readonly match: Match; readonly take: (invocation: Invocation) => void }

/** Where the workers of a test report and get their orders. Disposing it ends those that still run. */
export async function startWorkerHub(): Promise<WorkerHub> {
  const temp = await tempDir('hub')
  const socketPath = join(temp.path, 'hub.sock')
  const starts: Invocation[] = []
  const free: Invocation[] = []
  const waiters: Waiter[] = []
  const handled: Promise<unknown>[] = []
  let handler: ((invocation: Invocation) => Promise<unknown>) | null = null
  let peak = 0

  function arrived(invocation: Invocation): void {
    starts.push(invocation)
    peak = Math.max(peak, starts.filter(start => start.running).length)
    const waiter = waiters.find(({ match }) => match(invocation))
    if (waiter) waiter.take(invocation)
    else if (handler) handle(handler, invocation)
    else free.push(invocation)
  }
  function handle(by: NonNullable<typeof handler>, invocation: Invocation): void {
    // A worker that was ended from outside (a timeout, a cancelled run) fails its handler: that is the test's subject.
    const outcome = by(invocation).catch(error => (invocation.running ? Promise.reject(error) : null))
    outcome.catch(() => {}) // told on dispose
    handled.push(outcome)
  }

  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    meet(socket, arrived)
  })
  server.listen(socketPath)
  await once(server, 'listening')

  const child = fileURLToPath(new URL('worker-child.mjs', import.meta.url))
  const line = (label: string) => [process.execPath, child, socketPath, label].map(quote).join(' ')
  return {
    command: line('worker'),
    line,
    starts,
    get peak() {
      return peak
    },
    next(wanted = () => true, timeoutMs = 20_000) {
      const match: Match = typeof wanted === 'string' ? invocation => invocation.taskId === wanted : wanted
      const waiting = free.find(match)
      if (waiting) {
        free.splice(free.indexOf(waiting), 1)
        return Promise.resolve(waiting)
      }
      return new Promise((resolve, reject) => {
        const leave = () => {
          clearTimeout(timer)
          waiters.splice(waiters.indexOf(waiter), 1)
        }
        const waiter: Waiter = {
          match,
          take(invocation) {
            leave()
            resolve(invocation)
          },
        }
        const timer = setTimeout(() => {
          leave()
          const seen = starts.map(start => `${start.label} ${start.taskId}`).join(', ') || 'none'
          reject(new Error(`no start of ${wanted} within ${timeoutMs} ms; so far: ${seen}`))
        }, timeoutMs)
        waiters.push(waiter)
      })
    },
    each(by) {
      handler = by
      for (const invocation of free.splice(0)) handle(by, invocation)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(starts.map(start => start.kill('SIGKILL')))
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
      await temp[Symbol.asyncDispose]()
      await Promise.all(handled)
    },
  }
}

type Hello = { pid: number; label: string; stdin: string; cwd: string; env: Record<string, string> }
type Answer = { hello?: Hello; id?: number; value?: unknown; error?: string }

function meet(socket: Socket, arrived: (invocation: Invocation) => void): void {
  const pending = new Map<number, Deferred<unknown>>()
  const ended = deferred<void>()
  let running = true
  let orders = 0

  function order(name: string, rest: object): Promise<unknown> {
    if (!running) return Promise.reject(new Error(`${name}: the worker has ended`))
    const answer = deferred<unknown>()
    const id = ++orders
    pending.set(id, answer)
    socket.write(`${JSON.stringify({ id, order: name, ...rest })}\n`)
    return answer.promise
  }

  createInterface({ input: socket }).on('line', text => {
    const { hello, id, value, error }: Answer = JSON.parse(text)
    if (hello) return arrived(invocation(hello))
    const answer = pending.get(id ?? 0)
    pending.delete(id ?? 0)
    if (error === undefined) answer?.resolve(value)
    else answer?.reject(new Error(error))
  })
  // The kernel closes the socket when the process is gone, however it went.
  socket.on('close', () => {
    running = false
    ended.resolve()
    for (const answer of pending.values())
      answer.reject(new Error('the worker ended before it had done this'))
  })

  function invocation({ pid, label, stdin, cwd, env }: Hello): Invocation {
    const { FANOUT_TASK_ID: taskId = '', FANOUT_ATTEMPT: attempt = '0' } = env
    return {
      ...{ pid, label, stdin, cwd, env, taskId, attempt: Number(attempt), ended: ended.promise },
      get running() {
        return running
      },
      write: async (path, content) => void (await order('write', { path, content })),
      read: async path => String(await order('read', { path })),
      remove: async path => void (await order('remove', { path })),
      print: async text => void (await order('print', { text, to: 'stdout' })),
      printErr: async text => void (await order('print', { text, to: 'stderr' })),
      ignore: async signal => void (await order('ignore', { signal })),
      async sh(script) {
        const { code, signal, stdout, stderr } = (await order('sh', { script })) as RunResult
        if (code !== 0) throw new Error(`${script} ended with ${code ?? signal}\n${stdout}${stderr}`)
        return stdout
      },
      async exit(code = 0) {
        order('exit', { code }).catch(() => {}) // never answered: the process is gone
        await ended.promise
      },
      async kill(signal = 'SIGKILL') {
        if (!running) return
        try {
          process.kill(pid, signal)
        } catch {
          // gone this moment
        }
        if (signal === 'SIGKILL') await ended.promise
      },
    }
  }
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
