/**
 * git's settings as they were when the run began, of the user and of the checkout: what workers then do to `~/.gitconfig`, or a
 * tool to the checkout, is not the lane's.
 */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  isConversion,
  isCoreConversion,
  isInclude,
  isOfRemotes,
  readScopedSettings,
  runIn,
  settingsText,
} from '../decide/git-settings.ts'
import { readText, writeAtomic } from './files.ts'
import { git, gitConfigEnvironment, useSettings } from './git.ts'

/** Files that the configuration names, and their places where it does not. */
const NAMED = [
  ['excludesFile', 'ignore'],
  ['attributesFile', 'attributes'],
] as const

/**
 * From here on our git commands read the user's configuration, as it holds in the checkout, from `file` and copies beside
 * it; and with it what the checkout and the step's `GIT_CONFIG_*` say of filters, merges and conversions. Returns that as
 * text for the configuration of the folders that workers get.
 */
export async function pinSettings(checkout: string, file: string): Promise<string> {
  const env = stepConfiguration(process.env)
  const listed = await git(checkout, ['config', '--list', '-z', '--show-scope', '--includes'], { env })
  const settings = readScopedSettings(listed.stdout)
    .filter(setting => !isInclude(setting))
    .map(setting => ({ ...setting, ...runIn(checkout, setting) }))
  // Passwords are for the commands that need them, and for no file of ours.
  const ofUser = settings.filter(setting => setting.scope === 'global' && !isOfRemotes(setting))
  const ofCheckout = settings.filter(({ scope }) => scope !== 'global' && scope !== 'system')
  const core = ofCheckout.filter(isCoreConversion)
  const drivers = ofCheckout.filter(isConversion)
  const copies = await Promise.all(
    NAMED.map(async ([key, name]) => {
      const copy = `${file}.${name}`
      const place = await placeOf(checkout, key, name, env)
      await writeAtomic(copy, (await readText(place).catch(() => null)) ?? '')
      return { key: `core.${key}`, value: copy }
    }),
  )
  await writeAtomic(file, settingsText([...ofUser, ...drivers, ...copies]))
  const { GIT_CONFIG_SYSTEM, GIT_CONFIG_NOSYSTEM, GIT_CONFIG_GLOBAL } = process.env
  useSettings(
    {
      GIT_CONFIG_GLOBAL: file,
      ...(GIT_CONFIG_SYSTEM === undefined ? {} : { GIT_CONFIG_SYSTEM }),
      ...(GIT_CONFIG_NOSYSTEM === undefined ? {} : { GIT_CONFIG_NOSYSTEM }),
    },
    // Not in the file: each repository has one of its own in force, as git init has written it.
    core.map(({ key, value }) => [key, value ?? 'true']),
  )
  // A worker is given no `GIT_*`: its git reads the user's own file, but none that the step names.
  const named = GIT_CONFIG_GLOBAL === undefined ? [] : ofUser
  return settingsText([
    ...named.filter(each => isCoreConversion(each) || isConversion(each)),
    ...core,
    ...drivers,
  ])
}

/** The step's own configuration and the user's files as they are, which our git commands are not given otherwise. */
export function stepConfiguration(parent: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const count = Number(parent.GIT_CONFIG_COUNT || 0)
  const pairs = Array.from({ length: Number.isInteger(count) ? count : 0 }, (_, i) => {
    return [parent[`GIT_CONFIG_KEY_${i}`] ?? '', parent[`GIT_CONFIG_VALUE_${i}`] ?? ''] as const
  })
  const others = ['GIT_CONFIG_PARAMETERS', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM']
  return {
    // Also where there is none: ours must not take its place.
    ...Object.fromEntries(others.map(name => [name, parent[name]])),
    // Another user's checkout is no less the step's.
    ...gitConfigEnvironment([...pairs.filter(([key]) => key !== ''), ['safe.directory', '*']]),
  }
}

async function placeOf(
  checkout: string,
  key: string,
  name: string,
  env: Record<string, string | undefined>,
): Promise<string> {
  const { exitCode, stdout } = await git(checkout, ['config', '--type=path', '-z', '--get', `core.${key}`], {
    env,
  })
  if (exitCode === 0) return resolve(checkout, stdout.replace(/\0$/, ''))
  return join(process.env.XDG_CONFIG_HOME || join(process.env.HOME || homedir(), '.config'), 'git', name)
}
