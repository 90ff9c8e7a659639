/** Runs below a workspace root that nobody is at work on: what they hold, and their removal when somebody asks for it. */
import { join } from 'node:path'
import { isRunKey } from './decide/identity.ts'
import { readSummary } from './decide/read-back.ts'
import { unlandedWork } from './decide/unlanded.ts'
import { readText } from './world/files.ts'
import { readJournal } from './world/journal.ts'
import { foldersIn, holdsUnlanded, removeRun } from './world/kept-runs.ts'
import { isRun, lastChange } from './world/leftovers.ts'
import { liveRuns } from './world/lock.ts'
import { ownPower, unmountBelow } from './world/mounts.ts'
import { runToEnd } from './world/spawn.ts'

export interface OldRun {
  readonly path: string
  /** Milliseconds since the epoch of the last change. */
  readonly changedAt: number
  /** On disk; null: it cannot be told. */
  readonly bytes: number | null
  /** Address of the repository and branch; null: its journal cannot be read. */
  readonly about: { readonly origin: string; readonly branch: string } | null
  /** Tasks whose work did not land; null: it holds such work, and nothing tells whose. */
  readonly unlanded: readonly string[] | null
}

/** The oldest first. `live`: how many are at work, which are none of them. */
export async function oldRuns(
  root: string,
): Promise<{ readonly runs: readonly OldRun[]; readonly live: number }> {
  const alive = await liveRuns(join(root, 'locks'), '')
  const keys = (await foldersIn(root)).filter(isRunKey)
  const runs: OldRun[] = []
  for (const key of keys) {
    const path = join(root, key)
    if (!alive.has(key) && (await isRun(path))) runs.push(await look(path))
  }
  return {
    runs: runs.sort((a, b) => a.changedAt - b.changedAt),
    live: keys.filter(key => alive.has(key)).length,
  }
}

/** How many runs of a repository lie below a root. */
export async function countRuns(root: string, origin: string): Promise<number> {
  const keys = (await foldersIn(root)).filter(isRunKey)
  const journals = await Promise.all(
    keys.map(key => readJournal(join(root, key, 'journal.ndjson')).catch(() => null)),
  )
  return journals.filter(read => read?.kind === 'read' && read.text.head.origin === origin).length
}

async function look(path: string): Promise<OldRun> {
  const [read, changedAt, bytes, holds] = await Promise.all([
    readJournal(join(path, 'journal.ndjson')).catch(() => null),
    lastChange(path),
    sizeOf(path),
    holdsUnlanded(path),
  ])
  const text = read?.kind === 'read' ? read.text : null
  const named = text === null ? [] : await unlandedIn(path, unlandedWork(text.events).keys())
  return {
    ...{ path, changedAt, bytes },
    about: text === null ? null : { origin: text.head.origin, branch: text.head.branch },
    unlanded: named.length > 0 || !holds ? named : null,
  }
}

/** What the summary says of tasks counts, where there is one: it knows of markers too. */
async function unlandedIn(path: string, fromJournal: Iterable<string>): Promise<readonly string[]> {
  const summary = await readText(join(path, 'summary.json')).catch(() => null)
  const read = summary === null ? null : readSummary(summary)
  if (!read?.ok) return [...fromJournal]
  return read.value.tasks
    .filter(
      ({ outcome, files }) =>
        outcome !== 'landed' && files.some(file => /work(-secret)?(-\d+)?\.bundle$/.test(file)),
    )
    .map(({ id }) => id)
}

/** With `du`: node would look at each file by itself. What it cannot read it does not count. */
async function sizeOf(path: string): Promise<number | null> {
  const { stdout } = await runToEnd('du', ['-sk', '--', path]).catch(() => ({ stdout: '' }))
  const kilobytes = Number.parseInt(stdout, 10)
  return Number.isNaN(kilobytes) ? null : kilobytes * 1024
}

/** All of it. Rejects where something cannot be removed. */
export async function removeOldRun({ path }: OldRun): Promise<void> {
  const power = ownPower()
  await unmountBelow(path, power)
  await removeRun(path, Number.POSITIVE_INFINITY, power)
}
