/** The words about a refused push: for each code, and closer where the remote's own words tell more. */
import type { Explanation } from './explain.ts'
import type { RefusalCode } from './failure.ts'
import { listed, plainLine } from './plain.ts'
import { suspectPaths } from './refusal.ts'
import { unreachable } from './task.ts'

/** `output`: the remote's lines and the reason, secrets masked; `branch`: its name or 'the branch'. */
export function explainRefusal(code: RefusalCode, output: string, branch: string): Explanation {
  const lines = output.split(/[\r\n]+/).map(bareLine)
  const said = quoted(code, lines)
  switch (code) {
    case 'race':
      return {
        what: `The push to ${branch} lost a race`,
        why: 'Somebody else moved the branch between the fetch and the push',
        fix: `Run again, and let fewer others push to ${branch} meanwhile (one \`concurrency\` group for all jobs that do)`,
      }
    case 'network':
      return {
        what: `The remote could not be reached or broke off${said}`,
        why: 'The connection failed, or the server was down or limits the rate of requests',
        fix: 'Check https://www.githubstatus.com and the network of the runner, then run again',
      }
    case 'auth':
      return {
        what: `The remote did not let us in${said}`,
        ...closer(output, AUTH, {
          why: 'The token is missing, has expired, or may not write to this repository',
          fix: 'Give the job `permissions: contents: write`, or pass a `token:` that may push and lives as long as the run',
        }),
      }
    case 'protected-branch':
    case 'ruleset': {
      const rule = code === 'ruleset' ? 'A ruleset' : 'Branch protection'
      return {
        what: `${code === 'ruleset' ? 'A repository rule' : 'The remote'} refused the push to ${branch}${said}`,
        ...closer(output, BRANCH_RULES, {
          why: `${rule} for ${branch} forbids this push to the account of this token`,
          fix: BYPASS,
        }),
      }
    }
    case 'workflow-scope': {
      const { paths } = suspectPaths(lines)
      return {
        what: `The remote refused a change to ${paths.length > 0 ? listed(paths) : 'a workflow file'}`,
        why: 'GitHub takes changes under .github/workflows/ only from a token with the workflows permission, which GITHUB_TOKEN never has',
        fix: 'Pass `token:` from a GitHub App with `workflows: write` (or a personal access token with the `workflow` scope), or keep the task away from these files',
      }
    }
    case 'secret': {
      const { paths } = suspectPaths(lines)
      const link = output.match(/https:\/\/\S+\/unblock-secret\/[\w-]+/)?.[0]
      const kind = lines
        .find(line => /^—— .+ ——/.test(line))
        ?.replaceAll('—', '')
        .trim()
      return {
        what: `GitHub push protection found a secret in the work${kind ? ` (${kind})` : ''}${paths.length > 0 ? ` in ${listed(paths)}` : ''}`,
        why: `A commit that holds a secret is not accepted, and taking it out in a later commit does not help`,
        fix: `Take the secret out of the kept work, revoke it if it is a real one, and run the task again${link ? `; if it is none, allow it at ${link}` : ''}`,
      }
    }
    case 'large-file': {
      const { paths } = suspectPaths(lines)
      return {
        what: `The work is too large for the remote${paths.length > 0 ? `: ${listed(paths)}` : said}`,
        ...closer(output, LARGE, {
          why: 'GitHub takes no file over 100 MiB and no push over 2 GiB',
          fix: 'Add files made by a build to .gitignore, or keep large ones in Git LFS',
        }),
      }
    }
    case 'hook':
      return {
        what: `A hook on the server declined the push${said}`,
        why: 'The server runs a check of its own on every push, and this work did not pass it',
        fix: 'Change the work so that it meets what the hook says, or ask who runs the server',
      }
    case 'unknown': {
      if (GONE.test(output)) return gone(branch)
      return {
        // Only where git reports a ref was there a push to refuse; all else may as well have been a fetch.
        what: `${/^!\t|\[(?:remote )?rejected\]/m.test(output) ? 'The remote refused the push' : 'Git could not work with the remote'}${said}`,
        ...closer(output, UNKNOWN, {
          why: 'It gave no reason that Fanout knows, and trying again did not help',
          fix: "Read `remote_output` in blocked-push.json for the remote's own words, then run again",
        }),
      }
    }
    default:
      return unreachable(code)
  }
}

/** git's words when it is to fetch a branch that is not there. */
const GONE = /couldn't find remote ref|could not find remote branch/i

function gone(branch: string): Explanation {
  return {
    what: `${branch === 'the branch' ? 'The branch' : `The branch ${branch}`} is no longer on the remote`,
    why: 'It was there when the run began: somebody deleted or renamed it meanwhile',
    fix: 'Push the branch again, or let `branch:` name another one, then run again: a later run with the same task tries the kept work first',
  }
}

export type Cause = Omit<Explanation, 'what'>

/** All causes that are told from the remote's own words; the troubleshooting page has a sample of each. */
export function knownCauses(): readonly Cause[] {
  return [AUTH, BRANCH_RULES, LARGE, UNKNOWN].flatMap(known => known.map(([, cause]) => cause))
}

function closer(output: string, known: readonly (readonly [RegExp, Cause])[], otherwise: Cause): Cause {
  return known.find(([pattern]) => pattern.test(output))?.[1] ?? otherwise
}

const BYPASS =
  'Put the GitHub App whose token you pass as `token:` on the bypass list of that rule, or let `branch:` name a branch without it'

const AUTH: readonly (readonly [RegExp, Cause])[] = [
  [
    /Duplicate header/,
    {
      why: 'Two Authorization headers were sent: actions/checkout left one in the configuration of git',
      fix: 'Set `persist-credentials: false` on actions/checkout',
    },
  ],
  [
    /archived/,
    {
      why: 'The repository is archived, so nobody can push to it',
      fix: 'Unarchive the repository, or stop the schedule of this workflow',
    },
  ],
  [
    /Permission to .* denied|Write access to repository not granted|\b403\b/,
    {
      why: 'The token may read this repository but not write to it',
      fix: 'Give the job `permissions: contents: write`, or pass a `token:` that may push (a run from a fork never may)',
    },
  ],
  [
    /not found|does not appear to be a git repository|\b404\b/i,
    {
      why: 'There is no such repository, or the token may not see it (GitHub says the same for both)',
      fix: 'Check the URL of `origin`, and pass a `token:` that may read and write that repository',
    },
  ],
  [
    /Permission denied \(|Host key verification|Could not read from remote repository/,
    {
      why: 'The remote is used over ssh, and its key was not accepted',
      fix: 'Give the runner a deploy key with write access, or use an https URL for `origin` and `token:`',
    },
  ],
  [
    /could not read (?:Username|Password)|Authentication failed|Invalid username|\b401\b|auth_error/,
    {
      why: 'The token is missing, wrong or has expired (the token of a GitHub App lives one hour)',
      fix: 'Pass a `token:` that lives as long as the run, for example `token: ${{ github.token }}` with `permissions: contents: write`',
    },
  ],
]

const BRANCH_RULES: readonly (readonly [RegExp, Cause])[] = [
  [
    /GH007|email privacy/,
    {
      why: 'The author of a commit uses an e-mail address that its owner keeps private',
      fix: 'Set `git-user-email` (and the e-mail that the worker commits with) to a noreply address',
    },
  ],
  [
    /through (?:a|the) (?:pull request|merge queue)|approving review/i,
    {
      why: 'The branch takes changes only through pull requests or its merge queue',
      fix: BYPASS,
    },
  ],
  [
    /verified signatures|valid signatures/i,
    {
      why: 'The branch takes signed commits only, and these are not signed',
      fix: BYPASS,
    },
  ],
  [
    /required status check|status checks? .*expected|Code scanning is waiting/i,
    {
      why: 'The branch takes only commits whose checks have passed on GitHub, and those of a new commit have not run yet',
      fix: 'Put the GitHub App whose token you pass as `token:` on the bypass list of that rule (the `gate` takes its place), or let `branch:` name a branch without it',
    },
  ],
  [
    /\bfile (?:path|extension|size|name)|path length/i,
    {
      why: 'A push rule of the repository forbids such files',
      fix: 'Take these files out of the kept work, and narrow the `paths` of the task so that it leaves them alone',
    },
  ],
  [
    /checked out/,
    {
      why: 'The remote is a repository with a working tree that has this branch checked out',
      fix: 'Push to a bare repository, or check out another branch there',
    },
  ],
  [
    /refname conflict|cannot lock ref|GH002|GH005|hidden ref/,
    {
      why: 'The remote cannot hold a branch of this name, or another branch is in its way (a and a/b exclude each other)',
      fix: 'Let `branch:` name another branch, or delete the one in the way',
    },
  ],
]

const LARGE: readonly (readonly [RegExp, Cause])[] = [
  [
    /GH008|LFS object/,
    {
      why: 'A Git LFS pointer was committed whose content was never uploaded',
      fix: 'Let the worker write the file itself, not a pointer, on a runner that has git-lfs: Fanout then uploads its content before the commit',
    },
  ],
  [
    /\b413\b/,
    {
      why: 'A proxy before the server takes no request of this size',
      fix: 'Split the task into smaller ones, or raise the limit of the proxy',
    },
  ],
]

const UNKNOWN: readonly (readonly [RegExp, Cause])[] = [
  [
    /shallow update not allowed/,
    {
      why: 'The checkout is shallow and this server takes no shallow history',
      fix: 'Set `fetch-depth: 0` on actions/checkout',
    },
  ],
  [
    /src refspec|does not match any/,
    {
      why: 'The branch or commit does not exist where git looked for it',
      fix: 'Check that `branch:` names a branch that exists on the remote',
    },
  ],
]

/** The remote's own words for this code, as `: "..."`; empty when there are none worth reading. */
function quoted(code: RefusalCode, lines: readonly string[]): string {
  const told = lines.filter(line => line !== '' && !NOISE.test(line))
  const rules = told.filter(line => line.startsWith('- ')).map(line => line.slice(2))
  const reasons = lines.map(line => line.match(/^!.*\[[^\]]*\] \((.+)\)$/)?.[1] ?? '')
  const words =
    code === 'ruleset' && rules.length > 0
      ? rules
      : told.length > 0
        ? told.map(line => line.replace(/^(?:error|fatal): /, ''))
        : reasons.filter(reason => reason !== '' && !NOISE.test(reason))
  if (words.length === 0) return ''
  const shown = words.slice(0, 3).map(line => plainLine(line, 200).replace(/[.\s]+$/, ''))
  return `: "${shown.join('; ')}"`
}

/** Headings that only repeat the code, and what git says beside every failure: its own lines, links, progress. */
const NOISE = new RegExp(
  [
    /^error: GH006: Protected|^error: GH013: Repository|^Review all|^(?:error: )?(?:Trace:|See https)/,
    /(?:hook declined|rule violations|failed to update ref)\)?$/,
    /^[!=*+-]\t|^To |^Done$|^Everything up-to-date|^hint:|^error: failed to push some refs/,
    /^send-pack:|^fatal: the remote end hung up|^- GITHUB PUSH PROTECTION/,
    /^(?:Resolving deltas|Counting objects|Compressing objects|Writing objects|Total) /,
  ]
    .map(({ source }) => source)
    .join('|'),
)

function bareLine(line: string): string {
  return line
    .trim()
    .replace(/^remote: ?/, '')
    .trim()
}
