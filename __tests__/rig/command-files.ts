import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const KINDS = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY'] as const
type Kind = (typeof KINDS)[number]

export type CommandFiles = {
  /** GITHUB_OUTPUT and so on: the paths. */
  readonly env: Record<string, string>
  read(kind: Kind): Promise<string>
}

/** Fresh files for one step, as the runner makes them; one that the step removed reads as empty. */
export async function commandFiles(temp: string): Promise<CommandFiles> {
  const folder = join(temp, '_runner_file_commands')
  await mkdir(folder, { recursive: true })
  const path = Object.fromEntries(
    KINDS.map(kind => [kind, join(folder, `${kind.toLowerCase()}_${randomUUID()}`)]),
  ) as Record<Kind, string>
  await Promise.all(KINDS.map(kind => writeFile(path[kind], '')))
  return {
    env: Object.fromEntries(KINDS.map(kind => [`GITHUB_${kind}`, path[kind]])),
    read: kind => readFile(path[kind], 'utf8').catch(() => ''),
  }
}

/** The grammar of GITHUB_OUTPUT, GITHUB_ENV and GITHUB_STATE: `NAME=VALUE`, or a heredoc. Throws with the runner's words. */
export function parsePairs(text: string): Record<string, string> {
  const pairs: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`)
      pairs[line.slice(0, equals)] = line.slice(equals + 1)
    } else if (heredoc > 0) {
      const delimiter = line.slice(heredoc + 2)
      const end = lines.indexOf(delimiter, i + 1)
      if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
      pairs[line.slice(0, heredoc)] = lines.slice(i + 1, end).join('\n')
      i = end
    } else {
      throw new Error(`Invalid format '${line}'`)
    }
  }
  return pairs
}
