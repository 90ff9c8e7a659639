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
  readonly size?: number
}

export interface ScopeRules {
  /** The task's own globs; empty: any file. */
  readonly paths: readonly string[]
  readonly protectedPaths: readonly string[]
  /** 0: no limit. */
  readonly maxChangedFiles: number
}

const SHOWN_PROBLEMS = 20
const SUBMODULE = '160000'
const SYMLINK = '120000'

/** Paths by their folded form, for `treePaths` of `checkScope`. */
export function foldPaths(paths: Iterable<string>): ReadonlyMap<string, string> {
  const folded = new Map<string, string>()
  for (const path of paths) folded.set(foldPath(path), path)
  return folded
}

/**
 * The first 20 problems of all changed files and a count of the others, or too many files, or null. `treePaths`
 * (from `foldPaths` over the base tree) also finds names that differ only in case from a file already there.
 */
export function checkScope(
  changes: readonly FileChange[],
  rules: ScopeRules,
  treePaths?: ReadonlyMap<string, string>,
): Failure | null {
  const allowed = rules.paths.length === 0 ? () => true : matcher(rules.paths, { ignoreCase: false })
  const isProtected = protection(rules)
  const collision = collisions(changes, treePaths)
  const problems = changes.flatMap(change => {
    const found = [
      pathProblem(change.path),
      kindProblem(change),
      allowed(change.path) ? null : "it is outside the task's paths",
      isProtected(change.path) ? 'it is protected (protected-paths)' : null,
      collision(change),
    ].filter(problem => problem !== null)
    return found.map(problem => `${shownPath(change.path)}: ${problem}`)
  })
  if (problems.length > 0) {
    const rest = problems.length - SHOWN_PROBLEMS
    const more = rest > 0 ? [`and ${rest} more`] : []
    return { code: 'out-of-scope', problems: [...problems.slice(0, SHOWN_PROBLEMS), ...more] }
  }
  const limit = rules.maxChangedFiles
  return limit > 0 && changes.length > limit ? { code: 'too-large', files: changes.length, limit } : null
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

function collisions(
  changes: readonly FileChange[],
  treePaths: ReadonlyMap<string, string> | undefined,
): (change: FileChange) => string | null {
  const kept = changes.filter(change => change.kind !== 'deleted')
  const deleted = new Set(changes.filter(change => change.kind === 'deleted').map(change => change.path))
  const byFold = new Map<string, string[]>()
  for (const { path } of kept) byFold.set(foldPath(path), [...(byFold.get(foldPath(path)) ?? []), path])
  return change => {
    if (change.kind !== 'added') return null
    const folded = foldPath(change.path)
    const there = treePaths?.get(folded)
    const others = [
      ...(byFold.get(folded) ?? []),
      ...(there === undefined || deleted.has(there) ? [] : [there]),
    ]
    const twin = others.find(path => path !== change.path)
    return twin === undefined ? null : `its name differs from ${shownPath(twin)} only in case`
  }
}
