/** A run directory as somebody finds it later: of a run that goes on, that has ended, or that was cut off. */
import { realpath, stat } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { readState, readSummary, type SavedState } from './decide/read-back.ts'
import type { Summary } from './decide/summary.ts'
import { journalVersion, type Obstacle } from './run/preflight.ts'
import { formerRoot, stateFolder } from './world/default-root.ts'
import { namesIn, readText } from './world/files.ts'
import { type JournalText, readJournal } from './world/journal.ts'
import { liveRuns } from './world/lock.ts'

export interface RunDirectory {
  /** Absolute, and no link. */
  readonly path: string
  readonly journal: JournalText
  /** It has a process that is alive. */
  readonly alive: boolean
  /** The end report; null: it has not come to its end. */
  readonly summary: Summary | null
  /** null: nothing had happened yet. */
  readonly state: SavedState | null
  /** The store is there: it lies where it ran, and is no artifact. */
  readonly inPlace: boolean
}

export async function openRunDirectory(given: string, cwd: string): Promise<RunDirectory | Obstacle> {
  const path = await realpath(resolve(cwd, given)).catch(() => null)
  if (given === '' || path === null) return notThere(given)
  const journalFile = join(path, 'journal.ndjson')
  const read = await readJournal(journalFile)
  if (read.kind === 'other-version') return journalVersion(journalFile, path, read.version)
  if (read.kind !== 'read') return noRun(path, read.kind === 'broken')
  const summary = await readSaved(path, 'summary.json', readSummary)
  if (summary !== null && 'what' in summary) return summary
  const state = await readSaved(path, 'state.json', readState)
  const { run_key: key } = read.text.head
  return {
    path,
    journal: read.text,
    summary,
    // It only tells more of what the journal knows.
    state: state !== null && 'what' in state ? null : state,
    alive: summary === null && (await liveRuns(join(dirname(path), 'locks'), '')).has(key),
    inPlace: (await readText(join(path, 'store.git', 'HEAD'))) !== null,
  }
}

async function readSaved<T>(
  dir: string,
  name: string,
  read: (
    text: string,
  ) => { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string },
): Promise<T | Obstacle | null> {
  const text = await readText(join(dir, name))
  if (text === null) return null
  const found = read(text)
  if (found.ok) return found.value
  return {
    what: `${join(dir, name)} cannot be read: ${found.why}.`,
    why: 'Another version of Fanout wrote it, or it was changed since.',
    fix: 'Use the version that ran, or look at journal.ndjson and the folders below tasks/ yourself.',
  }
}

async function notThere(given: string): Promise<Obstacle> {
  const latest = await latestRuns(await knownRoots(process.env))
  return {
    what: given === '' ? 'The run directory is missing.' : `There is no folder ${given}.`,
    why: 'It says which run is meant.',
    fix: `Give the folder that the run named as its run directory, or an unpacked artifact.${latest.length > 0 ? ` The latest here: ${latest.join(', ')}.` : ''}`,
  }
}

function noRun(path: string, broken: boolean): Obstacle {
  return {
    what: `${path} is no run directory.`,
    why: broken ? 'Its journal.ndjson is broken from the first line on.' : 'It holds no journal.ndjson.',
    fix: 'Give the folder that the run named as its run directory, or an unpacked artifact.',
  }
}

const SHOWN_RUNS = 3

/** Folders that hold runs, of any repository. */
async function knownRoots(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  if (env.RUNNER_TEMP) return [join(env.RUNNER_TEMP, 'fanout')]
  const state = stateFolder(env, homedir())
  return [...(await namesIn(state)).map(name => join(state, name)), formerRoot(tmpdir())]
}

async function latestRuns(roots: readonly string[]): Promise<readonly string[]> {
  const paths = await Promise.all(
    roots.map(async root => (await namesIn(root)).map(name => join(root, name))),
  )
  const runs = await Promise.all(
    paths.flat().map(async path => {
      return { path, at: (await stat(join(path, 'journal.ndjson')).catch(() => null))?.mtimeMs ?? 0 }
    }),
  )
  return runs
    .filter(run => run.at > 0)
    .sort((a, b) => b.at - a.at)
    .slice(0, SHOWN_RUNS)
    .map(run => run.path)
}
