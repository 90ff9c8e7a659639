/** The lines that one tree has and another has not, looked through as git tells them: however large, none are gathered. */
import type { Sha } from '../decide/task.ts'
import { gitEnvironment } from './git.ts'
import { startProcess } from './spawn.ts'

/** What is to be found in a text. */
export type Seek = (text: string) => readonly string[]

/** A line in which something was found. */
export interface FoundLine {
  /** As git has it: bytes as latin1. */
  readonly name: string
  /** In the file as it is now. */
  readonly line: number
  readonly hits: readonly string[]
}

// Every file as text, whatever it says of itself; a file that only got another name has no lines.
const PATCH = '-p -U0 -M --text --no-ext-diff --no-textconv --no-color --src-prefix=a/ --dst-prefix=b/'.split(
  ' ',
)
/** Longer pieces of a line are looked at one by one, each with the end of the one before. */
const LONGEST = 256 * 1024
const OVERLAP = 64 * 1024

/** What `seek` finds in the lines that `to` adds to `from` and that did not only move, in trees or commits of the repository at `dir`. */
export function seekAdded(dir: string, from: Sha, to: Sha, seek: Seek): Promise<readonly FoundLine[]> {
  return seekIn(dir, ['diff-tree', '-r', ...PATCH, from, to], seek)
}

/** The same in what each of some commits adds; `range` is what `git log` takes. */
export function seekCommits(
  dir: string,
  range: readonly string[],
  seek: Seek,
): Promise<readonly FoundLine[]> {
  return seekIn(dir, ['log', '-m', '--format=commit %H', ...PATCH, ...range], seek)
}

async function seekIn(dir: string, args: readonly string[], seek: Seek): Promise<readonly FoundLine[]> {
  const reader = openReader(seek)
  const options = { cwd: dir, env: gitEnvironment(process.env), detached: true }
  const child = await startProcess('git', ['-c', 'core.quotePath=false', ...args], options)
  child.stdin.end()
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => {
    words = `${words}${chunk}`.slice(-2000)
  })
  const ended = new Promise<number>(resolve => child.on('close', code => resolve(code ?? 128)))
  for await (const chunk of child.stdout) reader.feed(chunk as Buffer)
  const exitCode = await ended
  if (exitCode !== 0) throw new Error(`git ${args[0]} exited with ${exitCode}: ${words.trim()}`)
  return reader.end()
}

interface Reader {
  feed(chunk: Buffer): void
  end(): readonly FoundLine[]
}

function openReader(seek: Seek): Reader {
  const fresh: FoundLine[] = []
  /** Of the commit that is being read. */
  let found: FoundLine[] = []
  const gone = new Map<string, number>()
  let rest: Buffer = Buffer.alloc(0)
  /** Of a line that has been looked at in part. */
  let begun: { readonly sign: number; known: Set<string> } | null = null
  let name = ''
  let line = 0
  /** Lines of the hunk that are still to come: only there is a sign a sign. */
  let minus = 0
  let plus = 0

  function header(text: string): void {
    const [, was = '1', at = '0', now = '1'] = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text) ?? []
    if (text.startsWith('@@ ')) {
      minus = Number(was)
      plus = Number(now)
      line = Number(at)
    } else if (text.startsWith('commit ')) settle()
    else if (text.startsWith('+++ ')) name = nameIn(text.slice(4))
  }
  /** What went elsewhere and came here has moved. */
  function settle(): void {
    fresh.push(...found.filter(each => each.hits.filter(hit => !taken(gone, hit)).length > 0))
    found = []
    gone.clear()
  }
  function content(sign: number, bytes: Buffer, known: Set<string>): void {
    const hits = seek(textOf(bytes)).filter(hit => begun === null || !known.has(hit))
    for (const hit of hits) known.add(hit)
    if (hits.length === 0) return
    if (sign === MINUS) for (const hit of hits) gone.set(hit, (gone.get(hit) ?? 0) + 1)
    else found.push({ name, line, hits })
  }
  function ends(sign: number): void {
    if (sign === PLUS) {
      plus--
      line++
    } else minus--
  }
  function whole(bytes: Buffer): void {
    if (begun !== null) {
      content(begun.sign, bytes, begun.known)
      ends(begun.sign)
      begun = null
    } else if (isContent(bytes[0])) {
      content(bytes[0]!, bytes.subarray(1), new Set())
      ends(bytes[0]!)
    } else header(bytes.toString('latin1'))
  }
  const isContent = (sign: number | undefined): boolean =>
    (sign === PLUS && plus > 0) || (sign === MINUS && minus > 0)
  return {
    feed(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      let start = 0
      for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
        whole(bytes.subarray(start, end))
        start = end + 1
      }
      rest = bytes.subarray(start)
      if (rest.length < LONGEST) return
      begun ??= { sign: rest[0]!, known: new Set() }
      content(begun.sign, rest, begun.known)
      rest = rest.subarray(rest.length - OVERLAP)
    },
    end() {
      if (rest.length > 0) whole(rest)
      settle()
      return fresh
    },
  }
}

const LF = 10
const PLUS = 43
const MINUS = 45

/** Whether one of it was left; there is one less then. */
function taken(gone: Map<string, number>, hit: string): boolean {
  const left = gone.get(hit) ?? 0
  if (left > 0) gone.set(hit, left - 1)
  return left > 0
}

/** Without what UTF-16 puts between the letters. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString()
  return bytes.includes(0) ? `${text}\n${text.replaceAll('\0', '')}` : text
}

/** `b/<name>`, in quotes where it holds a sign that would end it. */
function nameIn(text: string): string {
  const shown = text.replace(/\t$/, '')
  const quoted = /^"b\/(.*)"$/s.exec(shown)?.[1]
  if (quoted === undefined) return shown.replace(/^b\//, '')
  return quoted.replace(/\\([0-7]{3}|.)/g, (_, sign: string) =>
    /^\d/.test(sign) ? String.fromCharCode(Number.parseInt(sign, 8)) : (ESCAPES[sign] ?? sign),
  )
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
}
