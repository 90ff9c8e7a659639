/** Where runs lie unless `workspace-root` says otherwise. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { withoutUser } from '../decide/address.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * In a workflow the runner's temporary folder, which goes with the job. In a terminal a folder of the user's for each
 * repository: work that did not land is kept for days, and a system clears its temporary folder.
 */
export function defaultRoot(env: Env, home: string, origin: string): string {
  if (env.RUNNER_TEMP) return join(env.RUNNER_TEMP, 'fanout')
  return join(stateFolder(env, home), repositoryFolder(origin))
}

/** By the XDG Base Directory Specification, which has a path that is not absolute ignored. */
export function stateFolder({ XDG_STATE_HOME: given }: Env, home: string): string {
  return join(given?.startsWith('/') ? given : join(home, '.local', 'state'), 'fanout')
}

/** `<repository>-<hash>`: two clones of one repository have the same, two repositories of one name have not. */
function repositoryFolder(origin: string): string {
  const address = withoutUser(origin).replace(/\/+$/, '')
  const last =
    address
      .replace(/\.git$/, '')
      .split(/[/:]/)
      .at(-1) ?? ''
  const name =
    last
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 60) || 'repository'
  return `${name}-${createHash('sha256').update(address).digest('hex').slice(0, 8)}`
}

/** Where earlier versions had the runs of a terminal, of all repositories together. */
export function formerRoot(temp: string): string {
  return join(temp, 'fanout')
}
