/** What git prints, as values. */
import type { Changes } from '../decide/changes.ts'
import type { Sha } from '../decide/task.ts'

export interface CommitText {
  /** `Name <mail> seconds zone`, as in the commit object. */
  readonly author: string
  readonly committer: string
  readonly message: string
}

export interface SavedCommit extends CommitText {
  readonly parents: readonly Sha[]
}

/** A path that one tree has otherwise than another. */
export interface TreeChange {
  readonly path: string
  /** Its bytes as latin1, for a name need not be text. */
  readonly name: string
  /** Octal, six digits; `000000`: there is nothing on that side. */
  readonly oldMode: string
  readonly mode: string
  readonly oldBlob: Sha
  readonly blob: Sha
  /** `A`, `D`, `M`, or `T` where a file became a link and the like; `U`: unmerged in an index. */
  readonly status: string
}

export interface RawChange extends TreeChange {
  /** null: git counts no lines in it (a binary file). */
  readonly insertions: number | null
  readonly deletions: number | null
}

export function commitText(body: string): SavedCommit {
  const blank = body.indexOf('\n\n')
  const header = blank < 0 ? body : body.slice(0, blank)
  return {
    // As the object says: what a shallow history leaves out is in it.
    parents: [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent]) => parent as Sha),
    author: /^author (.*)$/m.exec(header)?.[1] ?? '',
    committer: /^committer (.*)$/m.exec(header)?.[1] ?? '',
    message: blank < 0 ? '' : body.slice(blank + 2),
  }
}

export interface TreeChanges {
  readonly stat: Changes
  readonly raw: readonly RawChange[]
}

/**
 * `--raw -z` records (`:mode mode sha sha status NUL path NUL`), then the `--numstat -z` ones of the same files; the text
 * is bytes as latin1.
 */
export function parseDiff(output: string): TreeChanges {
  return changesIn(output.split('\0'))
}

/** Many of them, each behind a line with the two trees, as `diff-tree --stdin` tells them apart. */
export function parseDiffs(output: string): readonly TreeChanges[] {
  const diffs: string[][] = []
  const parts = output.split('\0')
  for (let i = 0; i < parts.length; i++) {
    let part = parts[i] ?? ''
    for (let head = HEAD.exec(part); head !== null; head = HEAD.exec(part)) {
      diffs.push([])
      part = part.slice(head[0].length)
    }
    diffs.at(-1)?.push(part)
    // The name of a file may look like anything.
    if (part.startsWith(':')) diffs.at(-1)?.push(parts[++i] ?? '')
  }
  return diffs.map(changesIn)
}

const HEAD = /^[0-9a-f]{40,64} [0-9a-f]{40,64}\n/

function changesIn(parts: readonly string[]): TreeChanges {
  const raw: Omit<TreeChange, 'path'>[] = []
  const lines = new Map<string, Pick<RawChange, 'insertions' | 'deletions'>>()
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? ''
    if (part.startsWith(':')) {
      const [oldMode = '', mode = '', oldBlob = '', blob = '', status = ''] = part.slice(1).split(' ')
      raw.push({ name: parts[++i] ?? '', oldMode, mode, oldBlob: oldBlob as Sha, blob: blob as Sha, status })
    } else if (part !== '') {
      const [, added = '', removed = '', name = ''] = /^(\S+)\t(\S+)\t(.*)$/s.exec(part) ?? []
      lines.set(name, added === '-' ? NO_LINES : { insertions: Number(added), deletions: Number(removed) })
    }
  }
  const changes = raw.map(change => ({
    ...change,
    path: Buffer.from(change.name, 'latin1').toString(),
    ...(lines.get(change.name) ?? NO_LINES),
  }))
  const sum = (side: 'insertions' | 'deletions'): number =>
    changes.reduce((total, change) => total + (change[side] ?? 0), 0)
  const stat = { files: raw.length, insertions: sum('insertions'), deletions: sum('deletions') }
  return { stat, raw: changes }
}

const NO_LINES = { insertions: null, deletions: null }
