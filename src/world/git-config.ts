/** The user's own git configuration as it was when the run began: what workers then do to `~/.gitconfig` is not the lane's. */
import { writeAtomic } from './files.ts'
import { git, useGlobalConfig } from './git.ts'

/** From here on our git commands read the user's configuration, as it holds in the checkout, from `file`. */
export async function pinGlobalConfig(checkout: string, file: string): Promise<void> {
  // None at all is an exit code.
  const { stdout } = await git(checkout, ['config', '--global', '--includes', '--list', '-z'])
  const entries = stdout.split('\0').filter(entry => entry !== '')
  await writeAtomic(file, entries.map(configLines).join(''))
  useGlobalConfig(file)
}

/** `section.subsection.name` LF value, or the name alone, which is `true`; what was included is there already. */
function configLines(entry: string): string {
  const end = entry.indexOf('\n')
  const key = end < 0 ? entry : entry.slice(0, end)
  const section = key.slice(0, key.indexOf('.'))
  const name = key.slice(key.lastIndexOf('.') + 1)
  if (/^include(if)?$/i.test(section)) return ''
  const subsection = key.slice(section.length + 1, -name.length - 1)
  const head = subsection === '' ? `[${section}]` : `[${section} ${quoted(subsection)}]`
  return `${head}\n\t${name}${end < 0 ? '' : ` = ${quoted(entry.slice(end + 1))}`}\n`
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`
}
