/** The way out of `out-of-scope`: it depends on what is wrong with the files, not only on where they are. */

const FILTER = /^'.*' is stored through the filter '/s

/** Each kind of problem by its words in `scope.ts`, `place.ts` and `candidate.ts`, with what cures it. */
const CURES: readonly (readonly [RegExp, string])[] = [
  [
    /: it is outside the task's paths$/,
    'add these files to the `paths` of the task if they are wanted, else tell the worker to leave them alone',
  ],
  [
    /: it is protected \(protected-paths\)$/,
    'name the protected files in the `paths` of the task if it may change them, else tell the worker to leave them alone',
  ],
  [
    /: it is a symbolic link /,
    'let the worker make links that are relative and stay inside the repository, or files in their place',
  ],
  [/: it is a submodule, /, 'leave submodules to a person: a task cannot move them'],
  [
    /: its (?:name|folder .*) differs from .* only in case$/,
    'give the file another name: file systems that ignore case cannot hold both',
  ],
  [
    /: (?:it reaches into git's own directory|its path is (?:not a plain path|longer than))/,
    'give the file a plain name: no repository of ours can hold this one',
  ],
  [
    /: it is a git repository of its own/,
    'let the worker remove the `.git` of what it made there, so that its files can land, or ignore that folder',
  ],
  [
    /: it is a pipe, a socket or a device/,
    'let the worker leave a plain file there: git keeps neither pipes nor sockets nor devices',
  ],
  [
    FILTER,
    'define the filter where the run starts, as `git lfs install` or `git-crypt unlock` do in the checkout or in `setup`',
  ],
  [/^the workspace itself: /, 'tell the worker to stay in its folder, and neither remove nor replace it'],
]

/** git's own words on a file that it could not take. */
const OTHERWISE =
  'tell the worker to leave only files there that `git add` can take, or cure what git says of them (a filter, an encoding, rights)'

/** What to change, for the problems of an `out-of-scope`: one cure a kind. */
export function scopeFix(problems: readonly string[]): string {
  const kinds = CURES.filter(([pattern]) => problems.some(problem => pattern.test(problem)))
  const cures = [...kinds.map(([, cure]) => cure), ...(problems.every(isKnown) ? [] : [OTHERWISE])]
  const fix = cures.join('; ')
  return fix.charAt(0).toUpperCase() + fix.slice(1)
}

function isKnown(problem: string): boolean {
  return /^and \d+ more$/.test(problem) || CURES.some(([pattern]) => pattern.test(problem))
}

/** Whether some files are nowhere but in the workspace. */
export function isPartlyTaken(problems: readonly string[]): boolean {
  return problems.some(problem => !isKnown(problem) || FILTER.test(problem))
}

/** Whether it is all about files that could not be taken, and not about what the task may change. */
export function isNotTaken(problems: readonly string[]): boolean {
  return problems.every(problem => !isKnown(problem) || FILTER.test(problem))
}
