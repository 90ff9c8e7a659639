/** A repository like a real one: text that packs as source does, folders of fifty files, two hundred commits. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Sha } from '../src/decide/task.ts'
import { gitOk } from '../src/world/git.ts'

const COMMITS = 200
/** Of the files, changed by each commit but the first. */
const CHANGED = 0.004

/** A checkout of `main` with so many files of 1 to 15 kB; the same bytes on every machine. */
export async function makeRepository(dir: string, files: number): Promise<Sha> {
  await gitOk('/', ['init', '--quiet', '--initial-branch=main', '--template=', dir])
  const child = spawn('git', ['fast-import', '--quiet', '--done'], {
    cwd: dir,
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = once(child, 'exit')
  const write = async (text: string): Promise<void> => {
    if (!child.stdin.write(text)) await once(child.stdin, 'drain')
  }
  const random = randomNumbers(1)
  const prose = sourceText(random, 3_000_000)
  for (let commit = 0; commit < COMMITS; commit++) {
    const few = Array.from({ length: Math.max(5, files * CHANGED) }, () => Math.floor(random() * files))
    const changed = commit === 0 ? Array.from({ length: files }, (_, i) => i) : few
    const committer = `bench <bench@example.test> ${1_700_000_000 + commit} +0000`
    await write(`commit refs/heads/main\ncommitter ${committer}\ndata 5\nbench\n`)
    for (const file of changed) {
      const length = 1000 + Math.floor(random() * 14_000)
      const from = Math.floor(random() * (prose.length - length))
      const content = `file ${file}, commit ${commit}\n${prose.slice(from, from + length)}`
      await write(`M 100644 inline ${pathOf(file)}\ndata ${content.length}\n${content}\n`)
    }
  }
  await write('done\n')
  child.stdin.end()
  const [code] = await ended
  if (code !== 0) throw new Error(`git fast-import exited with ${code}`)
  await gitOk(dir, ['reset', '--hard', '--quiet'])
  return (await gitOk(dir, ['rev-parse', 'HEAD'])).trim() as Sha
}

export function pathOf(file: number): string {
  return `src/d${Math.floor(file / 1000)}/e${Math.floor(file / 50)}/f${file}.txt`
}

/** Words of a vocabulary, so that it packs to about a third, as source code does. */
function sourceText(random: () => number, length: number): string {
  const letter = (): string => String.fromCharCode(97 + Math.floor(random() * 26))
  const word = (): string => Array.from({ length: 2 + Math.floor(random() * 9) }, letter).join('')
  const words = Array.from({ length: 4000 }, word)
  const lines: string[] = []
  for (let size = 0; size < length; ) {
    const line = Array.from({ length: 8 }, () => words[Math.floor(random() * words.length)]).join(' ')
    lines.push(line)
    size += line.length + 1
  }
  return lines.join('\n')
}

/** xorshift32: from 0 to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
