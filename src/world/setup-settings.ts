/** What `setup` has defined in a folder's own configuration: it unlocks (git-crypt) or installs (nbstripout) as a person would in a clone. */
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  isConversion,
  isCoreConversion,
  isInclude,
  readScopedSettings,
  runIn,
  settingsText,
} from '../decide/git-settings.ts'
import { namesIn } from './files.ts'
import { git, gitEnvironment } from './git.ts'
import { type CheckoutOptions, hasConfigAsWritten } from './new-git-directory.ts'
import { type Checkout, settingsOf } from './staging.ts'

/** What git itself, and we, put into a `.git`, and what holds contents that are no setting. */
const NO_STATE =
  /^(?:.*HEAD|.*_(?:MSG|RR|MODE|EDITMSG|INDEX_FILE)|config.*|description|hooks|index.*|sharedindex\..*|info|logs|objects|refs|packed-refs|shallow.*|modules|worktrees|lfs|annex|rr-cache|branches|rebase-.*|sequencer|gc\..*)$/

/**
 * Keeps it beside the folder, with the keys and the like that such a tool has put into its `.git`: from then on it holds for
 * our git commands in there, whatever the worker makes of it. What the checkout defines as well is as there.
 */
export async function keepSetupSettings(at: Checkout, options: CheckoutOptions): Promise<void> {
  if (await hasConfigAsWritten(at, options)) return
  const { exitCode, stdout } = await git(at.dir, ['config', '--list', '-z', '--show-scope', '--includes'])
  if (exitCode !== 0) return
  const settings = readScopedSettings(stdout).filter(setting => !isInclude(setting))
  const ours = new Set(settings.filter(({ scope }) => scope === 'global').map(({ key }) => key))
  const own = settings.filter(({ scope }) => scope === 'local' || scope === 'worktree')
  const found = own.filter(each => !ours.has(each.key) && (isConversion(each) || isCoreConversion(each)))
  if (!found.some(isConversion)) return
  const { folder, file } = settingsOf(at)
  const gitDir = join(folder, '.git')
  for (const name of ['objects', 'refs']) await mkdir(join(gitDir, name), { recursive: true })
  await writeFile(join(gitDir, 'HEAD'), 'ref: refs/heads/none\n')
  await writeFile(join(gitDir, 'config'), settingsText(own))
  for (const name of await namesIn(join(at.dir, '.git'))) {
    if (NO_STATE.test(name)) continue
    await cp(join(at.dir, '.git', name), join(gitDir, name), { recursive: true })
  }
  const pinned = gitEnvironment(process.env).GIT_CONFIG_GLOBAL
  const base = pinned === undefined ? [] : [{ key: 'include.path', value: pinned }]
  await writeFile(file, settingsText([...base, ...found.map(each => runIn(folder, each))]))
}
