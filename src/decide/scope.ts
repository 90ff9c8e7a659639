/** Whether a candidate's changed files are ones that its task may change. */
import type { Failure } from './failure.ts'
import { literalPart, matcher } from './globs.ts'
import { foldPath, linkProblem, pathProblem, shownPath } from './place.ts'

export interface FileChange {
  readonly path: string
  readonly kind: 'added' | 'modified' | 'deleted' | 'type'
  /** Octal, as git prints it; `000000` when there is no file. */
  readonly mode: string
  readonly oldMode: string
  /** A symbolic link's text. */
  readonly target?: string
  /** In bytes, where it is known. */
  readonly size?: number
}

export interface ScopeRules {
  /** The task's own globs; empty: any file. */
  readonly paths: readonly string[]
  readonly protectedPaths: readonly string[]
  /** 0: no limit. */
  readonly maxChangedFiles: number
  /** Of a file; null: no limit. */
  readonly maxFileBytes: number | null
}

const SHOWN_PROBLEMS = 20
const SUBMODULE = '160000'
const SYMLINK = '120000'

/** What a file system that ignores case puts at the same place as a path. */
export type Twin =
  /** A file, or a folder (with a `/` at its end), of the same name but for case. */
  | { readonly kind: 'name'; readonly other: string }
  /** A file where the path has this folder. */
  | { readonly kind: 'folder'; readonly folder: string; readonly file: string }

/**
 * The first 20 problems of all changed files and a count of the others, or too many files, or files that the remote would
 * refuse, or null. `twins`: of added paths that have one, in the tree that holds the changes.
 */
export function checkScope(
  changes: readonly FileChange[],
  rules: ScopeRules,
  twins: ReadonlyMap<string, Twin> = new Map(),
): Failure | null {
  const allowed = rules.paths.length === 0 ? () => true : matcher(rules.paths, { ignoreCase: false })
  const isProtected = protection(rules)
  const problems = changes.flatMap(change => {
    const found = [
      pathProblem(change.path),
      kindProblem(change),
      allowed(change.path) ? null : "it is outside the task's paths",
      isProtected(change.path) ? 'it is protected (protected-paths)' : null,
      twinProblem(change, twins),
    ].filter(problem => problem !== null)
    return found.map(problem => `${shownPath(change.path)}: ${problem}`)
  })
  if (problems.length > 0) {
    const rest = problems.length - SHOWN_PROBLEMS
    const more = rest > 0 ? [`and ${rest} more`] : []
    return { code: 'out-of-scope', problems: [...problems.slice(0, SHOWN_PROBLEMS), ...more] }
  }
  const limit = rules.maxChangedFiles
  if (limit > 0 && changes.length > limit) return { code: 'too-large', files: changes.length, limit }
  return tooLargeForRemote(changes, rules.maxFileBytes)
}

/** In the remote's own words for it: it would refuse the push. */
function tooLargeForRemote(changes: readonly FileChange[], limit: number | null): Failure | null {
  const large = changes.filter(({ size }) => limit !== null && size !== undefined && size > limit)
  if (limit === null || large.length === 0) return null
  const inMebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(2)} MB`
  const lines = large
    .slice(0, SHOWN_PROBLEMS)
    .map(
      ({ path, size = 0 }) =>
        `File ${shownPath(path)} is ${inMebibytes(size)}; this exceeds GitHub's file size limit of ${inMebibytes(limit)}`,
    )
  return { code: 'refused', refusal: 'large-file', output: lines.join('\n') }
}

function kindProblem(change: FileChange): string | null {
  if (change.mode === SUBMODULE || change.oldMode === SUBMODULE)
    return 'it is a submodule, which tasks cannot change'
  if (change.kind === 'deleted' || change.mode !== SYMLINK) return null
  // Git follows .gitmodules where a checkout put it, so a link there could point anywhere.
  if (/(^|\/)\.gitmodules$/i.test(change.path))
    return 'it is a symbolic link in place of a file that git reads'
  const problem = linkProblem(change.path, change.target)
  return problem === null ? null : `it is a symbolic link and ${problem}`
}

/**
 * The protected globs that a task with these paths may change all the same: those whose literal part one of its paths
 * begins with. A glob that begins with a special character has none: there only the very same glob lifts it.
 */
export function liftedBy(paths: readonly string[], protectedPaths: readonly string[]): readonly string[] {
  return protectedPaths.filter(glob => {
    const literal = literalPart(glob)
    return paths.some(own => (literal === '' ? own === glob : literalPrefix(own).startsWith(literal)))
  })
}

function protection(rules: ScopeRules): (path: string) => boolean {
  const lifted = liftedBy(rules.paths, rules.protectedPaths)
  const held = rules.protectedPaths.filter(glob => !lifted.includes(glob))
  if (held.length === 0) return () => false
  const matches = matcher(held, { ignoreCase: true })
  const literals = held.map(glob => foldPath(literalPart(glob)))
  // A file in place of a directory on the way to protected ones would take them all away.
  return path => matches(path) || literals.some(literal => literal.startsWith(`${foldPath(path)}/`))
}

/** Where a glob leads; a plain name leads to all below it. */
function literalPrefix(glob: string): string {
  const literal = literalPart(glob)
  return literal === glob ? `${literal}/` : literal
}

/** A checkout on such a file system would hold one of the two. */
function twinProblem({ path, kind }: FileChange, twins: ReadonlyMap<string, Twin>): string | null {
  const twin = twins.get(path)
  if (kind !== 'added' || twin === undefined) return null
  if (twin.kind === 'name') return `its name differs from ${shownPath(twin.other)} only in case`
  return `its folder ${shownPath(twin.folder)}/ differs from the file ${shownPath(twin.file)} only in case`
}
