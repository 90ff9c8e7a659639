/**
 * A machine that has no process, thread or open file to spare: trouble that passes, and that no task, key or remote is to
 * blame for. Read from the codes of node's errors and from the words of git and of what git starts.
 */
import { plainLine } from './plain.ts'

const ALWAYS = ['EMFILE', 'ENFILE']
/** Elsewhere these say something else. */
const OF_SPAWN = ['EAGAIN', 'ENOMEM']

/** Ends of lines: what stands before may be anybody's, such as the name of a file. */
const WORDS: readonly RegExp[] = [
  /\bspawn .*\b(?:EAGAIN|EMFILE|ENFILE|ENOMEM)$/,
  /(?:: |=)too many open files(?: in system)?$/i,
  /(?:fork|\bexec|\brun\b|\bspawn|thread|\bpipe).*: (?:resource temporarily unavailable|cannot allocate memory)$/i,
  /\bcannot fork$/i,
  /\bgetaddrinfo\(\) thread failed to start$/,
  /\bfailed to create new OS thread\b.*errno=11\)$/,
]

/** What an error says of it; null: it is about something else. */
export function shortageOf(error: unknown): string | null {
  const { code, syscall, message } = (error ?? {}) as { code?: unknown; syscall?: unknown; message?: unknown }
  const spawned = /^spawn\b/.test(String(syscall))
  if (typeof code === 'string' && (ALWAYS.includes(code) || (spawned && OF_SPAWN.includes(code))))
    return String(message)
  return shortageIn(String(message ?? ''))
}

/** The line of a program's words that says so, and not what a remote says of its own machine; null: none does. */
export function shortageIn(words: string): string | null {
  if (words === '') return null
  const lines = words.split(/[\r\n]+/).map(line => line.trim())
  return lines.find(line => !line.startsWith('remote:') && WORDS.some(pattern => pattern.test(line))) ?? null
}

/** For people: what is waited for, and how to need less of it. */
export function saysShortage(words: string): string {
  return `This machine has no process or open file to spare: ${plainLine(words, 200)}. Fanout waits until it has, and no task is blamed for it. Fewer \`workers\` need fewer of them; \`ulimit -u\`, \`ulimit -n\` and the container's \`pids.max\` are the limits.`
}
