/** Objects of a repository, asked one by one and answered by one git process. */
import { gitEnvironment } from './git.ts'
import { patiently } from './shortage.ts'
import { type Piped, startProcess } from './spawn.ts'

/** The content of the object with that name (`<id>`, `<id>^{tree}`); rejects where git has none. */
export type ReadObject = (name: string) => Promise<Buffer>

/** A process that nobody has asked for so long is let go: the next question starts another. */
const IDLE_MS = 50

interface Question {
  readonly name: string
  readonly resolve: (content: Buffer) => void
  readonly reject: (error: Error) => void
}

interface Reader {
  readonly ask: (question: Question) => void
}

export function openObjects(dir: string): ReadObject {
  let reader: Reader | null = null
  const start = (): Reader => {
    const started = startReader(dir, () => {
      if (reader === started) reader = null
    })
    return started
  }
  const ask = (name: string): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      reader ??= start()
      reader.ask({ name, resolve, reject })
    })
  return name => patiently(() => ask(name))
}

/** `onClosed`: it takes no more questions. */
function startReader(dir: string, onClosed: () => void): Reader {
  // A group of its own, as all of git has.
  const options = { cwd: dir, env: gitEnvironment(process.env), detached: true }
  /** null: it is being started. */
  let child: Piped | null = null
  const asked: Question[] = []
  const answers = openAnswers()
  let words = ''
  let idle: NodeJS.Timeout | undefined
  const fail = (why: string, cause?: unknown): void => {
    onClosed()
    for (const { name, reject } of asked.splice(0))
      reject(new Error(`git has not read ${name}: ${why}`, { cause }))
  }
  const listen = ({ stdin, stdout, stderr }: Piped): void => {
    stdout.on('data', (chunk: Buffer) => {
      for (const answer of answers.take(chunk)) {
        const { name, resolve, reject } = asked.shift()!
        // What it says of a file that it could not open.
        if (answer === null) reject(new Error(`git has no object ${name}${words && `: ${words.trim()}`}`))
        else resolve(answer)
      }
      if (asked.length > 0) return
      words = ''
      idle = setTimeout(() => {
        onClosed()
        stdin.end()
      }, IDLE_MS)
    })
    stderr.on('data', (chunk: Buffer) => {
      words += chunk
    })
    // What it does not read any more it says by its end.
    stdin.on('error', () => {})
  }
  startProcess('git', ['cat-file', '--batch'], options).then(
    started => {
      child = started
      listen(started)
      started.on('close', code => fail(words.trim() || `it ended with ${code}`))
      for (const { name } of asked) started.stdin.write(`${name}\n`)
    },
    error => fail(String(error), error),
  )
  return {
    ask: question => {
      clearTimeout(idle)
      asked.push(question)
      child?.stdin.write(`${question.name}\n`)
    },
  }
}

/** `<id> <type> <size> LF content LF`, or `<name> missing LF`, in pieces as they come. */
function openAnswers(): { readonly take: (chunk: Buffer) => readonly (Buffer | null)[] } {
  let chunks: Buffer[] = []
  let length = 0
  /** Nothing can be told before so many bytes are there. */
  let needed = 1
  return {
    take(chunk) {
      chunks.push(chunk)
      length += chunk.length
      if (length < needed) return []
      let rest = Buffer.concat(chunks)
      const found: (Buffer | null)[] = []
      needed = 1
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        const size = /^\S+ \w+ (\d+)$/.exec(rest.toString('latin1', 0, end))?.[1]
        const next = size === undefined ? end + 1 : end + 1 + Number(size) + 1
        if (rest.length < next) {
          needed = next
          break
        }
        found.push(size === undefined ? null : rest.subarray(end + 1, next - 1))
        rest = rest.subarray(next)
      }
      chunks = [rest]
      length = rest.length
      return found
    },
  }
}
