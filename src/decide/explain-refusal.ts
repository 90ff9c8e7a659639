/** The words about a refused push: for each code, and closer where the remote's own words tell more. */
import type { Explanation } from './explain.ts'
import type { Failure, RefusalCode } from './failure.ts'
import { listed, plainLine } from './plain.ts'
import { suspectPaths, tells } from './refusal.ts'
import { AUTH, BRANCH_RULES, BYPASS, closer, LARGE, NETWORK, UNKNOWN } from './refusal-causes.ts'
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
        ...closer(output, NETWORK, {
          why: 'The connection failed, or the server was down or limits the rate of requests',
          fix: 'Check https://www.githubstatus.com and the network of the runner, then run again',
        }),
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
        what: `The remote refused a change to ${paths.length > 0 ? listed(paths) : 'a workflow file'}${said}`,
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
        what: `GitHub push protection found a secret in the work${kind ? ` (${kind})` : ''}${paths.length > 0 ? ` in ${listed(paths)}` : ''}${kind || paths.length > 0 ? '' : said}`,
        why: `A commit that holds a secret is not accepted, and taking it out in a later commit does not help`,
        fix: `Take the secret out of the kept work, revoke it if it is a real one, and run the task again${link ? `; if it is none, allow it at ${link}` : ''}`,
      }
    }
    case 'large-file': {
      const { paths } = suspectPaths(lines)
      return {
        what: `The work is too large for the remote${paths.length > 0 ? ` (${listed(paths)})` : ''}${said}`,
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

/** What was said, as `: "..."`; empty when there is nothing worth reading. */
function quoted(code: RefusalCode, lines: readonly string[]): string {
  const told = lines.filter(line => line !== '' && !NOISE.test(line))
  const rules = told.filter(line => line.startsWith('- ')).map(line => line.slice(2))
  const reasons = lines.map(line => line.match(/^!.*\[[^\]]*\] \((.+)\)$/)?.[1] ?? '')
  const words =
    code === 'ruleset' && rules.length > 0
      ? rules
      : told.length > 0
        ? toTheFore(code, told).map(line => line.replace(/^(?:error|fatal): /, ''))
        : reasons.filter(reason => reason !== '' && !NOISE.test(reason))
  if (words.length === 0) return ''
  const shown = words.slice(0, MOST_LINES).map(line => plainLine(line, 200).replace(/[.\s]+$/, ''))
  return `: "${shown.join('; ')}"`
}

/** Of what is quoted. */
const MOST_LINES = 3

/** A greeting, or what ssh tells on its way, must not push the line out that says it. */
function toTheFore(code: RefusalCode, lines: readonly string[]): readonly string[] {
  const meaning = lines.filter(line => !DIED.test(line))
  const told = meaning.length > 0 ? meaning : lines
  const at = told.findIndex(line => tells(line, code))
  return at < MOST_LINES ? told : told.slice(at)
}

/** What git adds to whatever a transport died of. */
const DIED = /^fatal: Could not read from remote repository/

/** All attempts were used up; `kept` and `later`: what became of the work. */
export function explainAttempts(
  failure: Extract<Failure, { code: 'attempts' }>,
  branch: string,
  kept: string,
  later: string,
): Explanation {
  const tries = `${failure.attempts} ${failure.attempts === 1 ? 'attempt' : 'attempts'}`
  const what = `It could not be pushed in ${tries}`
  if (failure.last === 'race') {
    return {
      what,
      why: `Somebody else moved ${branch} each time before the push arrived; ${kept}`,
      fix: `Let fewer others push to ${branch} meanwhile (one \`concurrency\` group for all jobs that do), make the gate faster, or raise \`max-push-attempts\`; ${later}`,
    }
  }
  const output = failure.output ?? ''
  const otherwise = {
    why: failure.last === 'network' ? 'The connection or the server failed' : 'The remote refused it',
    fix: 'Check the state of the remote (https://www.githubstatus.com) and run again',
  }
  const { why, fix } = closer(output, failure.last === 'network' ? NETWORK : [], otherwise)
  const last = failure.last === 'network' ? '' : ` (the last time as \`${failure.last}\`)`
  return {
    what: `${what}${quoted(failure.last, output.split(/[\r\n]+/).map(bareLine))}`,
    why: `${why} each time${last}; ${kept}`,
    fix: `${fix}: ${later}`,
  }
}

/** Headings that only repeat the code, and what git says beside every failure: its own lines, links, progress. */
const NOISE = new RegExp(
  [
    /^error: GH006: Protected|^error: GH013: Repository|^Review all|^(?:error: )?(?:Trace:|See https)/,
    /(?:hook declined|rule violations|failed to update ref)\)?$/,
    /^[!=*+-]\t|^To |^Done$|^Everything up-to-date|^hint:|^error: failed to push some refs/,
    /^Please make sure you have the correct access rights|^and the repository exists\.|^Warning: Permanently added/,
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
