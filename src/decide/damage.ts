/** git's words on a file of a repository that is torn or broken: no remote, key or task is to blame for that. */
import { plainLine } from './plain.ts'

/** The first group is the file. */
const WORDS: readonly RegExp[] = [
  /object file (.+) is empty$/,
  /loose object [0-9a-f]+ \(stored in (.+)\) is corrupt$/,
  /pack ?file (.+) (?:does not match index|cannot be (?:accessed|mapped).*|is far too short to be a packfile|is truncated.*)$/,
  /index file (.+\.idx) (?:is too small|is corrupt.*|wrong index .*)$/,
  /(?:unterminated|unexpected) line in (.+packed-refs)\b/,
  /bad config line \d+ in file (.+)$/,
]

export interface Damage {
  readonly file: string
  /** What git said. */
  readonly words: string
}

/** null: the words are about something else, or a remote's about itself. */
export function damageIn(words: string): Damage | null {
  for (const line of words.split('\n').map(each => each.trim())) {
    if (line.startsWith('remote:')) continue
    const file = WORDS.flatMap(pattern => pattern.exec(line)?.[1] ?? [])[0]
    if (file !== undefined) return { file, words: plainLine(line.replace(/^(?:fatal|error): /, ''), 300) }
  }
  return null
}

export const DAMAGED = {
  why: 'git cannot read a file of that repository, as after a machine lost its power; nothing in it was changed',
  fix: 'Run `git fsck` there, and fetch what it misses or make a new clone, then run again',
} as const
