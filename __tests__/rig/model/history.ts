/** Trees, commits and three-way merges small enough for thousands of runs: a file holds a number, 0 is absent. */
import type { RefusalCode } from '../../../src/decide/failure.ts'
import type { Sha, TaskId } from '../../../src/decide/task.ts'

export type Files = Readonly<Record<string, number>>

export interface Commit {
  readonly id: Sha
  readonly tree: Sha
  readonly parent: Sha | null
  /** The task in its trailers; null: somebody else's commit. */
  readonly task: TaskId | null
  /** What the remote says to this commit, wherever it stands in a stack. */
  readonly refused: RefusalCode | null
}

export interface History {
  readonly tree: (files: Files) => Sha
  readonly files: (tree: Sha) => Files
  readonly filesOf: (commit: Sha) => Files
  readonly commit: (made: Omit<Commit, 'id'>) => Sha
  readonly at: (commit: Sha) => Commit
  /** The commits after `from` up to `to`, newest first; all of them if `from` is none of its ancestors. */
  readonly since: (from: Sha | null, to: Sha) => readonly Commit[]
  /** null: a conflict. */
  readonly merge: (top: Sha, candidate: Sha, base: Sha) => Sha | null
}

export function emptyHistory(): History {
  const trees = new Map<Sha, Files>()
  const commits = new Map<Sha, Commit>()
  const tree = (files: Files): Sha => {
    const kept = Object.entries(files).filter(([, value]) => value !== 0)
    const id = `tree(${kept
      .map(([name, value]) => `${name}=${value}`)
      .sort()
      .join(' ')})` as Sha
    trees.set(id, Object.fromEntries(kept))
    return id
  }
  const files = (id: Sha): Files => trees.get(id)!
  const at = (id: Sha): Commit => commits.get(id)!
  return {
    tree,
    files,
    filesOf: id => files(at(id).tree),
    at,
    commit: made => {
      const id = `c${commits.size}${made.task === null ? '' : `-${made.task}`}` as Sha
      commits.set(id, { id, ...made })
      return id
    },
    since: (from, to) => {
      const found: Commit[] = []
      for (let id: Sha | null = to; id !== null && id !== from; id = at(id).parent) found.push(at(id))
      return found
    },
    merge: (top, candidate, base) => {
      const [ours, theirs, old] = [files(top), files(candidate), files(base)]
      const merged: Record<string, number> = { ...ours }
      for (const name of new Set([...Object.keys(theirs), ...Object.keys(old)])) {
        const [a, b, o] = [ours[name] ?? 0, theirs[name] ?? 0, old[name] ?? 0]
        if (a === b || b === o) continue
        if (a !== o) return null
        merged[name] = b
      }
      return tree(merged)
    },
  }
}
