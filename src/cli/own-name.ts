/** How this very command is called again, for lines that people copy. */
import { basename, dirname, relative, resolve } from 'node:path'
import { shellWord } from '../action/shell-words.ts'

/** `fanout` where PATH leads to it under that name, else node with the path of the bundle. */
export function ownName(
  script = process.argv[1] ?? '',
  cwd = process.cwd(),
  path = process.env.PATH ?? '',
): string {
  const onPath = path.split(':').some(folder => folder !== '' && resolve(folder) === dirname(script))
  if (basename(script) === 'fanout' && onPath) return 'fanout'
  const short = relative(cwd, script)
  const named = short.startsWith('../../../') || short.length > script.length ? script : short
  return `node ${shellWord(named)}`
}
