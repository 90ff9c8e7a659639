/** What a candidate changes: in sum, and file by file for people to see. */

export interface Changes {
  readonly files: number
  readonly insertions: number
  readonly deletions: number
}

export interface FileLines {
  readonly path: string
  /** null: git counts no lines in it (a binary file). */
  readonly insertions: number | null
  readonly deletions: number | null
}

/** The first files in git's order, and how many more there are. */
export interface Diffstat {
  readonly files: readonly FileLines[]
  readonly more: number
}

const MOST_FILES = 50
/** The journal holds it for every task: a path is shown, not used. */
const MOST_CHARACTERS = 300

export function diffstatOf(changes: readonly FileLines[]): Diffstat {
  const files = changes.slice(0, MOST_FILES).map(({ path, insertions, deletions }) => ({
    path: path.length > MOST_CHARACTERS ? `${path.slice(0, MOST_CHARACTERS)}…` : path,
    insertions,
    deletions,
  }))
  return { files, more: changes.length - files.length }
}
