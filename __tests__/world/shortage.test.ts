import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { git } from '../../src/world/git.ts'
import { openRemote } from '../../src/world/remote.ts'
import { patiently, waitPatiently } from '../../src/world/shortage.ts'
import { fakeClock } from '../rig/clock.ts'
import { git as rigGit, run } from '../rig/exec.ts'
import { tempDir } from '../rig/temp.ts'

const short = () => Object.assign(new Error('spawn git EAGAIN'), { code: 'EAGAIN', syscall: 'spawn git' })

afterEach(() => waitPatiently(() => {}))

describe('patience', () => {
  it('tries again until it works, waits longer each time and tells once', async () => {
    const clock = fakeClock()
    const told: string[] = []
    waitPatiently(words => told.push(words), clock)
    const at: number[] = []
    const start = clock.now()
    const done = patiently(async () => {
      at.push(clock.now() - start)
      if (at.length < 5) throw short()
      return 'done'
    })
    await clock.pass(750)
    expect(await done).toBe('done')
    expect(at).toEqual([0, 50, 150, 350, 750])
    expect(told).toEqual(['spawn git EAGAIN'])
  })

  it('ends after ten minutes with the reason, and is not begun anew by whoever called', async () => {
    const clock = fakeClock()
    waitPatiently(() => {}, clock)
    const outer = patiently(() => patiently(() => Promise.reject(short())))
    const ended = outer.catch(String)
    await clock.pass(11 * 60_000)
    expect(clock.sleeping).toBe(0)
    expect(await ended).toBe('Error: spawn git EAGAIN')
  })

  it('passes on at once what is something else, and what there is when it is ended', async () => {
    const clock = fakeClock()
    waitPatiently(() => {}, clock)
    await expect(patiently(() => Promise.reject(new Error('no such file')))).rejects.toThrow('no such file')
    const over = new AbortController()
    const said = patiently(async () => 'sh: 1: Cannot fork', { words: text => text, signal: over.signal })
    await clock.pass(0)
    over.abort()
    expect(await said).toBe('sh: 1: Cannot fork')
  })
})

/** A `git` that says these words, once for each name, before it does what it is asked. */
async function shortGit(dir: string, words: string): Promise<{ readonly PATH: string }> {
  const real = (await run('bash', ['-c', 'command -v git'])).stdout.trim()
  const bin = join(dir, 'bin')
  await mkdir(join(dir, 'said'), { recursive: true })
  await mkdir(bin)
  const script = [
    '#!/bin/sh',
    'for each; do case "$each" in -*|*=*) ;; *) break ;; esac; done',
    `if mkdir "${dir}/said/$each" 2>/dev/null; then echo "${words}" >&2; exit 128; fi`,
    `exec ${real} "$@"`,
  ]
  await writeFile(join(bin, 'git'), `${script.join('\n')}\n`, { mode: 0o755 })
  return { PATH: `${bin}:${process.env.PATH}` }
}

describe('a git that could not start what it needs', () => {
  it.each([
    'error: cannot fork() for rev-list: Resource temporarily unavailable',
    'fatal: unable to create thread: Resource temporarily unavailable',
    'error: cannot create standard input pipe for rev-list: Too many open files',
  ])('runs again (%s), also where it talks to the remote', async words => {
    await using temp = await tempDir('shortage')
    const there = join(temp.path, 'there.git')
    const store = join(temp.path, 'store.git')
    await rigGit(temp.path, 'init', '--quiet', '--bare', there)
    await rigGit(temp.path, 'init', '--quiet', '--bare', store)
    const tree = await rigGit(there, 'write-tree')
    const commit = await rigGit(there, 'commit-tree', '-m', 'first', tree)
    await rigGit(there, 'update-ref', 'refs/heads/main', commit)
    const told: string[] = []
    waitPatiently(text => told.push(text))
    const { PATH } = await shortGit(temp.path, words)
    const before = process.env.PATH
    process.env.PATH = PATH
    try {
      const options = { storeDir: store, checkout: store, pushUrl: there, token: null }
      const remote = await openRemote({ ...options, serverUrl: 'https://github.com', timeoutMs: 60_000 })
      const { signal } = new AbortController()
      const { said, refs } = await remote.list(['refs/heads/main'], signal)
      expect([said.exitCode, refs.get('refs/heads/main')]).toEqual([0, commit])
      expect((await remote.fetch(['+refs/heads/main:refs/heads/main'], {}, signal)).exitCode).toBe(0)
      expect(await git(store, ['rev-parse', 'refs/heads/main'])).toMatchObject({ stdout: `${commit}\n` })
    } finally {
      process.env.PATH = before
    }
    expect(told).toEqual([words])
  })
})

/** `body` in a node of its own; it has what is exported there and `tell`, and its last line is its result. */
function inOwnNode(body: string, wrap: readonly string[] = []): ChildProcess {
  const world = (name: string) =>
    JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src/world', name)).href)
  const code = `
    import { openSync, closeSync } from 'node:fs'
    import { git } from ${world('git.ts')}
    import { runCommand } from ${world('process.ts')}
    import { openObjects } from ${world('objects.ts')}
    import { namesIn, removeAll, writeAtomic } from ${world('files.ts')}
    import { waitPatiently } from ${world('shortage.ts')}
    const command = (scriptFile, script) => ({
      script, scriptFile, cwd: '/', env: { PATH: process.env.PATH }, stdin: 'in', logFile: null, timeoutMs: null, idleMs: null,
      signal: new AbortController().signal, graceMs: 1000,
    })
    ${body}`
  const args = [...wrap, process.execPath, '--input-type=module', '-e', code]
  return spawn(args[0]!, args.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] })
}

async function* linesOf(child: ChildProcess): AsyncGenerator<string> {
  for await (const line of createInterface({ input: child.stdout! })) yield line
}

describe('a machine without', () => {
  it('open files: everything waits for one, and gives what it gives', async () => {
    await using temp = await tempDir('shortage')
    const { path } = temp
    await rigGit(path, 'init', '--quiet', '--bare', 'store.git')
    const child = inOwnNode(
      `
      const held = []
      let told = 0
      waitPatiently(() => {
        told++
        for (const file of held) closeSync(file)
      })
      await writeAtomic(${JSON.stringify(join(path, 'gone/file'))}, 'x')
      const read = openObjects(${JSON.stringify(join(path, 'store.git'))})
      try {
        for (;;) held.push(openSync('/dev/null', 'r'))
      } catch {}
      const results = await Promise.all([
        git('/', ['--version']).then(said => said.exitCode),
        runCommand(command(${JSON.stringify(join(path, 'script.sh'))}, 'cat')).then(ended => [ended.reason, ended.tail]),
        read('4b825dc642cb6eb9a060e54bf8d69288fbee4904').then(content => content.length),
        writeAtomic(${JSON.stringify(join(path, 'file'))}, 'text'),
        namesIn(${JSON.stringify(join(path, 'gone'))}),
      ])
      await removeAll(${JSON.stringify(join(path, 'gone'))})
      console.log(JSON.stringify({ told, results, left: await namesIn(${JSON.stringify(path)}) }))`,
      ['bash', '-c', 'ulimit -n 100; exec "$@"', 'bash'],
    )
    const lines: string[] = []
    for await (const line of linesOf(child)) lines.push(line)
    expect(JSON.parse(lines.at(-1) ?? '{}')).toEqual({
      told: 1,
      results: [0, ['exit', 'in'], 0, null, ['file']],
      left: ['file', 'script.sh', 'store.git'],
    })
  })

  it.runIf(process.platform === 'linux')('processes: git and the worker wait for one', async () => {
    await using temp = await tempDir('shortage')
    await chmod(temp.path, 0o777)
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    const limit = (soft: number) =>
      execFileSync('prlimit', ['--pid', String(child.pid), `--nproc=${soft}:`], user)
    // No limit of that kind holds for root.
    const child = inOwnNode(`
      if (process.getuid() === 0) {
        process.setgid(65534)
        process.setuid(65534)
      }
      let told = 0
      waitPatiently(() => {
        told++
        console.log('short')
      })
      // Its threads are there when the machine runs short.
      await namesIn('/')
      console.log('ready')
      await new Promise(go => process.stdin.once('data', go))
      process.stdin.destroy()
      const results = await Promise.all([
        git('/', ['--version']).then(said => said.exitCode),
        runCommand(command(${JSON.stringify(join(temp.path, 'script.sh'))}, 'cat')).then(ended => [ended.reason, ended.tail]),
      ])
      console.log(JSON.stringify({ told, results }))`)
    let last = ''
    for await (const line of linesOf(child)) {
      last = line
      if (line === 'ready') {
        limit(1)
        child.stdin?.end('go\n')
      }
      if (line === 'short') limit(10_000)
    }
    expect(JSON.parse(last)).toEqual({ told: 1, results: [0, ['exit', 'in']] })
  })
})
