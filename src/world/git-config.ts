/** The user's own git configuration as it was when the run began: what workers then do to `~/.gitconfig` is not the lane's. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { readText, writeAtomic } from './files.ts'
import { git, useGlobalConfig } from './git.ts'

/** Files that the configuration names, and their places where it does not. */
const NAMED = [
  ['excludesFile', 'ignore'],
  ['attributesFile', 'attributes'],
] as const

/** From here on our git commands read the user's configuration, as it holds in the checkout, from `file` and copies beside it. */
export async function pinGlobalConfig(checkout: string, file: string): Promise<void> {
  const [user, lfs, ...copies] = await Promise.all([
    // None at all is an exit code.
    git(checkout, ['config', '--global', '--includes', '--list', '-z']),
    // Where actions/checkout puts it (`git lfs install --local`).
    git(checkout, ['config', '--local', '-z', '--get-regexp', '^filter\\.lfs\\.']),
    ...NAMED.map(async ([key, name]) => {
      const copy = `${file}.${name}`
      await writeAtomic(copy, (await readText(await placeOf(checkout, key, name)).catch(() => null)) ?? '')
      return `core.${key}\n${copy}`
    }),
  ])
  const entries = `${user.stdout}${lfs.stdout}`.split('\0').filter(entry => entry !== '')
  await writeAtomic(file, [...entries, ...copies].map(configLines).join(''))
  useGlobalConfig(file)
}

async function placeOf(checkout: string, key: string, name: string): Promise<string> {
  const { exitCode, stdout } = await git(checkout, ['config', '--type=path', '-z', '--get', `core.${key}`])
  if (exitCode === 0) return resolve(checkout, stdout.replace(/\0$/, ''))
  return join(process.env.XDG_CONFIG_HOME || join(process.env.HOME || homedir(), '.config'), 'git', name)
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
