/** Why a file of two sides could not be merged, and how people are told. */
import { listed } from './plain.ts'

export type ConflictKind =
  | 'lines'
  | 'both-added'
  | 'removed'
  | 'binary'
  | 'renamed'
  | 'renamed-and-removed'
  | 'folder-renamed'
  | 'file-and-folder'
  | 'modes'
  | 'submodule'
  | 'other'

/** A file that could not be merged. */
export interface Conflict {
  readonly file: string
  readonly kind: ConflictKind
}

/** Of one kind all files, for whoever keeps or shows them. */
export interface ConflictGroup {
  readonly kind: ConflictKind
  readonly files: readonly string[]
}

export function groupConflicts(conflicts: readonly Conflict[]): readonly ConflictGroup[] {
  const groups = Map.groupBy(conflicts, ({ kind }) => kind)
  return [...groups].map(([kind, some]) => ({ kind, files: some.map(({ file }) => file) }))
}

const WORDS: Readonly<Record<ConflictKind, string>> = {
  lines: 'others changed the same lines',
  'both-added': 'others added a file of the same name with other content',
  removed: 'one side removed a file that the other one changed',
  binary: 'both sides changed a binary file, whose lines cannot be merged',
  renamed: 'both sides renamed the same file, or two files to one name',
  'renamed-and-removed': 'one side renamed a file that the other one removed',
  'folder-renamed': 'one side renamed a folder in which the other one added files',
  'file-and-folder': 'one side has a file where the other one has a folder',
  modes: 'one side made a link or a submodule of a file that the other one changed',
  submodule: 'both sides moved the same submodule',
  other: 'others changed the same files',
}

/** What happened since the task started, for the middle of a sentence. Without groups (an older journal): the same lines. */
export function conflictWords(groups: readonly ConflictGroup[] = []): string {
  const [first, ...rest] = groups
  if (first === undefined) return WORDS.lines
  if (rest.length === 0) return WORDS[first.kind]
  return groups.map(({ kind, files }) => `${WORDS[kind]} (${listed(files)})`).join('; ')
}
