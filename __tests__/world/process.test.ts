import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Command, type Ended, endSurvivors, runCommand } from '../../src/world/process.ts'
import { processesWith } from '../rig/leftovers.ts'
import { type TempDir, tempDir } from '../rig/temp.ts'

let temp: TempDir
let dir: string

beforeEach(async () => {
  temp = await tempDir('process')
  dir = temp.path
})
afterEach(async () => {
  // What a failed test left behind must not disturb the next.
  await endSurvivors(`cookie-of-${process.pid}`, 0)
  await temp[Symbol.asyncDispose]()
})

function command(script: string, more: Partial<Command> = {}): Command {
  return {
    script,
    scriptFile: join(dir, 'script.sh'),
    cwd: dir,
    // The cookie makes every process of this file's commands known to `leftovers`.
    env: { PATH: process.env.PATH ?? '', FANOUT_PROCESS: `cookie-of-${process.pid}` },
    stdin: null,
    logFile: join(dir, 'log'),
    timeoutMs: null,
    idleMs: null,
    signal: new AbortController().signal,
    graceMs: 5000,
    ...more,
  }
}
const run = (script: string, more: Partial<Command> = {}) => runCommand(command(script, more))
const log = (name = 'log') => readFile(join(dir, name), 'utf8')
const leftovers = () => processesWith(`FANOUT_PROCESS=cookie-of-${process.pid}`)

/** Aborts when the child prints `ready`: it has done by then what the test needs. */
function abortWhenReady(script: string, more: Partial<Command> = {}): Promise<Ended> {
  const controller = new AbortController()
  const onLine = (line: string) => {
    if (line === 'ready') controller.abort()
  }
  return run(script, { signal: controller.signal, onLine, ...more })
}

/** The same in a node process of its own, which `wrap` (arguments for bash) may start with limits. */
function runInOwnNode(script: string, wrap: readonly string[]): Ended & { lines: number; peak: number } {
  const module = pathToFileURL(join(import.meta.dirname, '../../src/world/process.ts')).href
  const { signal: _, ...rest } = command(script)
  const code = `
    import { runCommand } from ${JSON.stringify(module)}
    let lines = 0
    const command = { ...${JSON.stringify(rest)}, signal: new AbortController().signal, onLine: () => lines++ }
    const ended = await runCommand(command)
    const peak = process.resourceUsage().maxRSS * 1024
    console.log(JSON.stringify({ ...ended, lines, peak }))`
  const args = [...wrap, process.execPath, '--input-type=module', '-e', code]
  return JSON.parse(execFileSync('bash', args, { encoding: 'utf8' }))
}

describe.runIf(process.platform === 'linux')('when memory runs out', () => {
  const score = 'cat /proc/self/oom_score_adj'

  it('a command and what it starts go before the run', async () => {
    expect((await run(`${score}; (bash -c '${score}')`)).tail).toBe('500\n500\n')
    expect(await readFile('/proc/self/oom_score_adj', 'utf8')).not.toBe('500\n')
  })

  it('a run that is to go first keeps its score, and its commands have it', () => {
    const { tail } = runInOwnNode(score, ['-c', 'echo 700 > /proc/self/oom_score_adj; exec "$@"', 'bash'])
    expect(tail).toBe('700\n')
  })

  it('the command is the very process that was started, with arguments and environment as ever', async () => {
    const { tail } = await run('echo "$0 $# $SHLVL $-"; cat /proc/$$/cmdline | tr "\\0" " "')
    const file = join(dir, 'script.sh')
    expect(tail).toBe(`${file} 0 1 ehB\nbash --noprofile --norc -eo pipefail ${file} `)
  })
})

describe('how a command ended', () => {
  it('tells the exit code', async () => {
    expect(await run('exit 0')).toMatchObject({ reason: 'exit', exitCode: 0, signal: null })
    expect(await run('exit 7')).toMatchObject({ reason: 'exit', exitCode: 7, signal: null })
  })

  it('stops at the first failing command, also in a pipe', async () => {
    expect(await run('false\necho on')).toMatchObject({ exitCode: 1, tail: '' })
    expect(await run('false | true\necho on')).toMatchObject({ exitCode: 1, tail: '' })
  })

  it('tells a signal apart from the exit code with which bash reports one', async () => {
    expect(await run('kill -9 $$')).toMatchObject({ reason: 'exit', exitCode: null, signal: 'SIGKILL' })
    expect(await run("bash -c 'kill -9 $$'; true")).toMatchObject({ exitCode: 137, signal: null })
  })

  it('says why a command could not be started, and does not throw', async () => {
    const none = join(dir, 'none')
    expect(await run('true', { cwd: none })).toMatchObject({
      reason: 'spawn',
      detail: expect.stringContaining(none),
    })
    expect(await run('true', { env: { PATH: none } })).toMatchObject({
      reason: 'spawn',
      detail: expect.stringContaining('bash'),
    })
    expect(await run('true', { env: { PATH: '/bin', BIG: 'x'.repeat(3_000_000) } })).toMatchObject({
      reason: 'spawn',
      detail: expect.stringContaining('E2BIG'),
    })
    expect(await run('true', { scriptFile: join(none, 'script') })).toMatchObject({ reason: 'spawn' })
    expect(await run('true', { logFile: join(none, 'log') })).toMatchObject({ reason: 'spawn' })
  })

  it('measures the time in seconds', async () => {
    const { seconds } = await run('true')
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThan(30)
  })
})

describe('what a command is given', () => {
  it('is exactly the environment asked for, and a cookie', async () => {
    process.env.FANOUT_TEST_SECRET = 'x'
    const { tail } = await run('env -0 | tr "\\0" "\\n"', {
      env: { PATH: process.env.PATH ?? '', A: '1 2' },
    })
    delete process.env.FANOUT_TEST_SECRET
    const names = tail
      .trim()
      .split('\n')
      .map(line => line.split('=')[0])
    expect(new Set(names)).toEqual(new Set(['PATH', 'A', 'FANOUT_PROCESS', 'PWD', 'SHLVL', '_']))
    expect(tail).toContain('A=1 2\n')
  })

  it('is a script file that only we can write, and its working directory', async () => {
    const { tail } = await run('pwd; stat -c %a "$0"')
    expect(tail).toBe(`${dir}\n700\n`)
  })

  it('is its standard input, whole, once and by name', async () => {
    const stdin = 'prompt with é, "quotes" and $(no command)\n'.repeat(5000)
    expect(await run('cat > copy; cat', { stdin })).toMatchObject({ exitCode: 0, tail: '' })
    expect(await log('copy')).toBe(stdin)
    expect(await run('cat /dev/stdin', { stdin: 'by name' })).toMatchObject({ exitCode: 0, tail: 'by name' })
    expect(await run('cat', { stdin: null })).toMatchObject({ exitCode: 0, tail: '' })
  })

  it('may be left unread', async () => {
    expect(await run('exit 0', { stdin: 'x'.repeat(4_000_000) })).toMatchObject({
      reason: 'exit',
      exitCode: 0,
    })
    expect(await run('exec 0<&-; echo on', { stdin: 'x' })).toMatchObject({ exitCode: 0, tail: 'on\n' })
  })
})

describe('what a command says', () => {
  it('comes in the order it was said, from both streams', async () => {
    const script = 'for i in 1 2 3; do echo out $i; echo err $i >&2; done'
    expect((await run(script)).tail).toBe('out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n')
  })

  it('may be said to the streams by name', async () => {
    expect(await run('echo a | tee /dev/stderr; echo b > /dev/stdout')).toMatchObject({
      exitCode: 0,
      tail: 'a\na\nb\n',
    })
  })

  it('is logged byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 * 100 }, (_, i) => i % 256))
    await writeFile(join(dir, 'bytes'), bytes)
    await run('cat bytes')
    expect((await readFile(join(dir, 'log'))).equals(bytes)).toBe(true)
  })

  it('replaces an older log, or is added to it', async () => {
    await run('echo first, and longer')
    await run('echo second')
    expect(await log()).toBe('second\n')
    await run('echo third', { append: true })
    expect(await log()).toBe('second\nthird\n')
  })

  it('is never written through a link or to anything but a file', async () => {
    await writeFile(join(dir, 'precious'), 'mine')
    await symlink(join(dir, 'precious'), join(dir, 'link'))
    expect(await run('echo x', { logFile: join(dir, 'link') })).toMatchObject({ reason: 'spawn' })
    expect(await log('precious')).toBe('mine')
    execFileSync('mkfifo', [join(dir, 'fifo')])
    expect(await run('echo x', { logFile: join(dir, 'fifo') })).toMatchObject({ reason: 'spawn' })
  })

  it('is handed on in whole lines, at LF, CR and CRLF, with what is left at the end', async () => {
    const lines: string[] = []
    await run("printf 'one\\ntw'; printf 'o\\r50%%\\r100%%\\r\\nn\\303'; printf '\\251\\377\\nend'", {
      onLine: line => lines.push(line),
    })
    expect(lines).toEqual(['one', 'two', '50%', '100%', 'né\ufffd', 'end'])
  })

  it('is kept at its end, from the start of a line', async () => {
    const { tail } = await run('seq 1 10000')
    expect(Buffer.byteLength(tail)).toBeLessThanOrEqual(16_384)
    expect(Buffer.byteLength(tail)).toBeGreaterThan(16_000)
    const first = Number(tail.split('\n')[0])
    expect(tail).toBe(Array.from({ length: 10_001 - first }, (_, i) => `${first + i}\n`).join(''))
    const long = (await run("printf 'é%.0s' {1..20000}")).tail
    expect(long).toBe('é'.repeat(8192))
  })

  it('goes on when the disk takes no more of it; the result tells that the log is incomplete', async () => {
    const script = "head -c 100000 /dev/zero | tr '\\0' x; exit 4"
    // A limit on file sizes does what a full disk does.
    const ended = runInOwnNode(script, ['-c', 'ulimit -f 8; exec "$@"', 'bash'])
    expect(ended).toMatchObject({
      reason: 'exit',
      exitCode: 4,
      detail: expect.stringContaining('incomplete: EFBIG'),
    })
  })
})

describe('a log over its limit', () => {
  const text = Array.from({ length: 2000 }, (_, i) => `line ${i}\n`).join('')

  async function shape(limit: number) {
    const bytes = await readFile(join(dir, 'log'))
    expect(bytes.length).toBeLessThanOrEqual(limit)
    const [head, tail, ...more] = bytes.toString().split(/\n\[\.\.\. \d+ bytes cut by fanout \.\.\.\]\n/)
    const cut = /\[\.\.\. (\d+) bytes cut/.exec(bytes.toString())?.[1]
    return { head: head ?? '', tail: tail ?? '', more, cut: Number(cut) }
  }

  it.each([1000, 1001, 4096, 12_345])(
    'keeps head and tail within %i bytes and marks the cut',
    async limit => {
      await writeFile(join(dir, 'text'), text)
      await run('cat text', { logLimit: limit })
      const { head, tail, cut, more } = await shape(limit)
      expect(text.startsWith(head)).toBe(true)
      expect(text.endsWith(tail)).toBe(true)
      expect(head.length).toBe(Math.floor(limit / 2))
      expect(tail.length).toBeGreaterThan(limit / 2 - 100)
      expect(head.length + cut + tail.length).toBe(text.length)
      expect(more).toEqual([])
      expect(await readdir(dir)).not.toContain('log.cut')
    },
  )

  it('is whole at the limit', async () => {
    await writeFile(join(dir, 'text'), text)
    await run('cat text', { logLimit: text.length })
    expect(await log()).toBe(text)
    await run('echo -n x; cat text', { logLimit: text.length })
    expect((await shape(text.length)).tail.endsWith('line 1999\n')).toBe(true)
  })

  it('keeps its limit and its end when it is added to', async () => {
    await writeFile(join(dir, 'text'), text)
    await run('cat text', { logLimit: 4000 })
    await run('echo second', { logLimit: 4000, append: true })
    const bytes = await log()
    expect(bytes.length).toBeLessThanOrEqual(4000)
    expect(bytes.startsWith(text.slice(0, 2000))).toBe(true)
    expect(bytes.endsWith('line 1999\nsecond\n')).toBe(true)
  })
})

describe('limits', () => {
  it('ends a command at its time limit', async () => {
    const ended = await run('sleep 1000', { timeoutMs: 300 })
    expect(ended).toMatchObject({ reason: 'timeout', exitCode: null, signal: 'SIGTERM' })
    expect(await leftovers()).toEqual([])
  })

  it('calls it a timeout also when the command exits well upon the signal', async () => {
    const ended = await run("trap 'echo bye; exit 0' TERM; sleep 1000 & wait", { timeoutMs: 3000 })
    expect(ended).toMatchObject({ reason: 'timeout', exitCode: 0, signal: null, tail: 'bye\n' })
  })

  it('ends a command that has been silent for too long, counted from its last output', async () => {
    const ended = await run('echo a; echo b; sleep 1000', { idleMs: 1000, timeoutMs: 60_000 })
    expect(ended).toMatchObject({ reason: 'idle', signal: 'SIGTERM', tail: 'a\nb\n' })
    expect(ended.seconds).toBeGreaterThanOrEqual(1)
  })

  it('does not take a limit beyond what a timer can hold for one that is over', async () => {
    expect(await run('true', { timeoutMs: 1e15, idleMs: 1e15 })).toMatchObject({
      reason: 'exit',
      exitCode: 0,
    })
  })

  it('never starts what is cancelled already', async () => {
    expect(await run('touch started', { signal: AbortSignal.abort() })).toMatchObject({
      reason: 'abort',
      exitCode: null,
    })
    expect(await readdir(dir)).toEqual([])
  })

  it('kills what ignores SIGTERM when the grace is over', async () => {
    const ended = await abortWhenReady("trap '' TERM; echo ready; while :; do sleep 1000; done", {
      abortGraceMs: 200,
    })
    expect(ended).toMatchObject({ reason: 'abort', exitCode: null, signal: 'SIGKILL' })
    expect(await leftovers()).toEqual([])
  })

  it('shortens the grace when a cancel comes after the end', async () => {
    const controller = new AbortController()
    // The survivor ignores SIGTERM and would be given an hour; the test cancels when it knows that it was told.
    const script = `(trap 'echo told' TERM; echo up > fifo; while :; do sleep 1000 & wait; done) & read x < fifo`
    execFileSync('mkfifo', [join(dir, 'fifo')])
    const ended = await run(script, {
      graceMs: 3_600_000,
      abortGraceMs: 100,
      signal: controller.signal,
      onLine: () => controller.abort(),
    })
    expect(ended).toMatchObject({ reason: 'exit', exitCode: 0 })
    expect(await leftovers()).toEqual([])
  })

  it('cancels many at once without a word about listeners', async () => {
    const warnings: Error[] = []
    const hear = (warning: Error) => warnings.push(warning)
    process.on('warning', hear)
    const controller = new AbortController()
    let ready = 0
    const onLine = () => {
      if (++ready === 20) controller.abort()
    }
    const all = Array.from({ length: 20 }, (_, i) => {
      const own = {
        scriptFile: join(dir, `s${i}`),
        logFile: join(dir, `l${i}`),
        signal: controller.signal,
        onLine,
      }
      return run('echo ready; sleep 1000', own)
    })
    expect(new Set((await Promise.all(all)).map(ended => `${ended.reason} ${ended.signal}`))).toEqual(
      new Set(['abort SIGTERM']),
    )
    await new Promise(setImmediate)
    process.off('warning', hear)
    expect(warnings).toEqual([])
    expect(await leftovers()).toEqual([])
  })
})

describe('when a command ends, everything it started ends', () => {
  beforeEach(() => {
    execFileSync('mkfifo', [join(dir, 'fifo')])
  })

  it('a child in the background, with its pipe still open', async () => {
    const ended = await run('sleep 1000 & exit 3')
    expect(ended).toMatchObject({ reason: 'exit', exitCode: 3 })
    expect(ended.seconds).toBeLessThan(4)
    expect(await leftovers()).toEqual([])
  })

  it('a daemon that left the group and closed its output', async () => {
    const daemon = "(setsid bash -c 'exec >/dev/null 2>&1 0<&-; echo up > fifo; exec sleep 1000' &)"
    expect(await run(`${daemon}; read x < fifo`)).toMatchObject({ reason: 'exit', exitCode: 0 })
    expect(await leftovers()).toEqual([])
  })

  it('a daemon that was about to start', async () => {
    for (let i = 0; i < 20; i++) {
      expect(
        (await run('setsid sleep 1000 & (setsid sleep 1000 &) ; sleep 1000 & exit 0')).seconds,
      ).toBeLessThan(4)
      expect(await leftovers()).toEqual([])
    }
  })

  it('a daemon that ignores SIGTERM', async () => {
    const daemon = `setsid bash -c "trap '' TERM; echo up > fifo; while :; do sleep 1000; done" &`
    expect(await run(`${daemon} read x < fifo`, { graceMs: 200 })).toMatchObject({
      reason: 'exit',
      exitCode: 0,
    })
    expect(await leftovers()).toEqual([])
  })

  it.each(['', 'setsid'])(
    'a chain in which each link ignores SIGTERM and starts the next (%s)',
    async how => {
      // Ends by itself, should we lose it.
      const link = `trap '' TERM; [ "$1" -gt 20000 ] || ${how} bash ${dir}/link $(($1 + 1)) & exit`
      await writeFile(join(dir, 'link'), link)
      const ended = await run(`bash ${dir}/link 1`, { graceMs: 100 })
      expect(ended.detail).toBeUndefined()
      expect(ended).toMatchObject({ reason: 'exit', exitCode: 0 })
      expect(await leftovers()).toEqual([])
    },
  )

  it('but what it cannot find does not keep it waiting by an open pipe', async () => {
    // Out of the group and with another environment; only its pipe is left of it.
    const ended = await run(
      "env -i setsid bash -c 'echo $$ > pid; echo up > fifo; exec sleep 1000' & read x < fifo",
    )
    const pid = Number(await log('pid'))
    try {
      expect(ended).toMatchObject({ reason: 'exit', exitCode: 0 })
      expect(() => process.kill(pid, 0)).not.toThrow()
    } finally {
      process.kill(pid, 'SIGKILL')
    }
  })

  it('at a cancel too, in and out of the group', async () => {
    const script = `sleep 1000 & setsid bash -c 'echo up > fifo; exec sleep 1000' & read x < fifo; echo ready; sleep 1000`
    expect(await abortWhenReady(script)).toMatchObject({ reason: 'abort', signal: 'SIGTERM' })
    expect(await leftovers()).toEqual([])
  })

  it('and nobody waits for a command that left nothing', async () => {
    const times = []
    for (let i = 0; i < 10; i++) times.push((await run('true')).seconds)
    expect(Math.min(...times)).toBeLessThan(0.15)
  })

  it('and no descriptor of ours stays open', async () => {
    const count = async () => (await readdir('/proc/self/fd')).length
    await run('echo warm', { stdin: 'x' })
    const before = await count()
    // Pipes are made eight at a time: when sixteen have been used, as many wait as before.
    for (let i = 0; i < 15; i++) await run('echo x; sleep 1000 &', { stdin: 'x' })
    await run('true', { cwd: '/none', stdin: 'x' })
    await run('true', { logFile: join(dir, 'none', 'log') })
    // Fewer where something of an earlier test is only closed now.
    expect(await count()).toBeLessThanOrEqual(before)
  })
})

describe('endSurvivors', () => {
  async function survivor(cookie: string) {
    const child = spawn('sleep', ['1000'], {
      env: { ...process.env, FANOUT_PROCESS: cookie },
      detached: true,
      stdio: 'ignore',
    })
    await once(child, 'spawn')
    return child
  }

  it('ends what carries the cookie or one below it, and nothing else', async () => {
    const own = `cookie-of-${process.pid}`
    const [mine, below, other] = await Promise.all([
      survivor(own),
      survivor(`${own}/a/b`),
      survivor(`${own}0`),
    ])
    const ends = Promise.all([once(mine, 'exit'), once(below, 'exit')])
    expect(await endSurvivors(own)).toEqual({ ended: true })
    expect(await ends).toEqual([
      [null, 'SIGTERM'],
      [null, 'SIGTERM'],
    ])
    expect(other.exitCode ?? other.signalCode).toBeNull()
    other.kill('SIGKILL')
    await once(other, 'exit')
  })

  it('takes no cookie for none, not for any', async () => {
    expect(await endSurvivors('')).toEqual({ ended: true })
  })
})

describe('a flood', () => {
  it('of 200 MB in one line costs no memory', async () => {
    const said = runInOwnNode("head -c 200000000 /dev/zero | tr '\\0' x", ['-c', 'exec "$@"', 'bash'])
    expect(said).toMatchObject({ lines: 1, reason: 'exit', exitCode: 0, tail: 'x'.repeat(16_384) })
    expect(said.peak).toBeLessThan(200e6)
    const { size } = await stat(join(dir, 'log'))
    expect(size).toBeLessThanOrEqual(64 * 1024 * 1024)
    expect(size).toBeGreaterThan(64 * 1024 * 1024 - 100)
  })
})
