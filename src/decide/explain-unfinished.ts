/** The words for a worker that ended well and left its repository where no change can be read from. */
import type { Explanation } from './explain.ts'
import type { Failure } from './failure.ts'
import { listed } from './plain.ts'

type Left = Extract<Failure, { code: 'unfinished' | 'history' | 'left-behind' }>

/** `kept`: what is said of the work that was kept, for the middle of a sentence. */
export function explainUnfinished(failure: Left, branch: string, kept: string): Explanation {
  switch (failure.code) {
    case 'unfinished': {
      const { operation, files } = failure
      const what =
        operation === null
          ? 'with files unmerged'
          : `in the middle of ${operation === 'am' ? 'an' : 'a'} ${operation}`
      return {
        what: `The worker ended ${what}${files.length > 0 ? `: ${listed(files)}` : ''}`,
        why: `Conflict markers or half of a change would have landed; ${kept}`,
        fix:
          operation === null
            ? 'Have the worker resolve each file and `git add` it, or exit with another code than 0 where it cannot'
            : `Have the worker finish it (\`git ${operation} --continue\`) or give it up (\`git ${operation} --abort\`), or exit with another code than 0`,
      }
    }
    case 'history':
      return {
        what: `The worker ended on a commit that has no history in common with ${branch}`,
        why: `What it changed cannot be told from what is on ${branch}; compared with the files that it began with, ${kept}`,
        fix: 'Have the worker commit on the branch that it finds, and not start a repository or an orphan branch of its own',
      }
    case 'left-behind':
      return {
        what: `The worker changed nothing where it ended, but left commits elsewhere: ${listed(failure.refs)}`,
        why: 'Only what its folder and its HEAD hold at the end is its result; these commits are kept as `branches.bundle`',
        fix: 'Have the worker end on the branch with its work (`git switch`, `git merge`, `git stash pop`), then run the task again',
      }
  }
}
