/**
 * What a remote said about a push or a fetch -> one of the ten codes. Words are read only where exit code and
 * porcelain flag say that it failed; that a push failed does not prove that nothing landed (read the tip again).
 *
 * What the codes do not name goes to the nearest that serves the user:
 * `protected-branch` also: no forced push (GH003), a bad or clashing branch name (GH002, GH005, `refname conflict`),
 *   a hidden or checked-out ref: this remote takes no commit at all there, and no retry cures it;
 * `ruleset` also: email privacy (GH007). `large-file` also: LFS objects that were never uploaded (GH008), HTTP 413;
 * `secret` also: GH009. `auth` also: archived repository, wrong URL or ssh key, two Authorization headers, a proxy's 407: only
 *   where the words prove it;
 * `network` also: a rate limit, GitHub's own faults, a remote that reported nothing, a transport (ssh, a helper) that died or
 *   could not be started without a word about access;
 * `unknown`: among others `shallow update not allowed`, `src refspec ... does not match any`, a failed atomic push.
 */
import type { RefusalCode } from './failure.ts'
import { redact } from './plain.ts'
import { stripAnsi } from './text.ts'

/** What `git push --porcelain`, `git fetch` or `git ls-remote` left behind, run with LC_ALL=C. */
export interface GitOutput {
  /** null: killed. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}

export interface Refused {
  readonly kind: 'refused'
  readonly code: RefusalCode
  /** The words in parentheses, or the line that told. Tokens redacted. */
  readonly reason: string
  /** The remote's own lines, trimmed and without `remote: `. Tokens redacted. */
  readonly lines: readonly string[]
}
/** `bypassed`: the rules that the remote let us break, in its words. */
export type PushVerdict = { readonly kind: 'accepted'; readonly bypassed: readonly string[] } | Refused
export type FetchVerdict = { readonly kind: 'fetched' } | Refused

interface Rule {
  /** `limited`: at most 3 times. */
  readonly retry: 'yes' | 'no' | 'limited'
  /** `candidate`: one commit of the stack may be the cause, the others may land without it. */
  readonly scope: 'branch' | 'candidate'
}

/** SPEC section 6, the table of refusals. */
export const RULES: Readonly<Record<RefusalCode, Rule>> = {
  race: { retry: 'yes', scope: 'branch' },
  network: { retry: 'yes', scope: 'branch' },
  auth: { retry: 'no', scope: 'branch' },
  'protected-branch': { retry: 'no', scope: 'branch' },
  ruleset: { retry: 'no', scope: 'branch' },
  'workflow-scope': { retry: 'no', scope: 'candidate' },
  secret: { retry: 'no', scope: 'candidate' },
  'large-file': { retry: 'no', scope: 'candidate' },
  hook: { retry: 'no', scope: 'candidate' },
  unknown: { retry: 'limited', scope: 'branch' },
}

/** The scope of one refusal: RULES', but a rule about files or a private address can be one commit's fault. */
export function scopeOf(refusal: { readonly code: RefusalCode; readonly output: string }): Rule['scope'] {
  const fileRule =
    /^\W*(?:remote:\s*)?\W*(?:restricted )?file (?:path|extension|size|name)|\bpath length\b|GH007:/im
  if (refusal.code === 'ruleset' && fileRule.test(refusal.output)) return 'candidate'
  return RULES[refusal.code].scope
}

/** Whether to try again: as in RULES, but what the server can never do is not asked for twice. */
export function retryOf(refusal: { readonly code: RefusalCode; readonly output: string }): Rule['retry'] {
  return CANNOT.test(refusal.output) ? 'no' : RULES[refusal.code].retry
}

/** git itself, about a push that its configuration asks for (`push.pushOption`, `push.gpgSign`). */
const CANNOT = /^fatal: the receiving end does not support /m

type Pattern = readonly [RegExp, RefusalCode]

/** Reasons in parentheses that need no second opinion. */
const REASONS: readonly Pattern[] = [
  [/^(?:fetch first|non-fast-forward|stale info|remote ref updated since checkout)$/, 'race'],
  [/^(?:incorrect old value provided|reference already exists)$/, 'race'],
  [/^cannot lock ref .*(?:: is at [0-9a-f]+ but expected|already exists)/, 'race'],
  [/refname conflict|^cannot lock ref .* exists/, 'protected-branch'],
  [/refusing to allow .* to create or update .*workflow/, 'workflow-scope'],
  [/^branch is currently checked out|^deny updating a hidden ref|^deletion prohibited/, 'protected-branch'],
  [/email privacy/, 'ruleset'],
  [/^(?:atomic|shallow update not allowed)/, 'unknown'],
]

/** Lines that the remote prints beside a reason; the first pattern that any line matches decides. */
const BLOCK: readonly Pattern[] = [
  [/^- GITHUB PUSH PROTECTION|^- Push cannot contain secrets|^(?:error: )?GH009:/, 'secret'],
  [/^(?:error: )?GH00[18]:|^error: File .* exceeds GitHub's file size limit/, 'large-file'],
  [/pack exceeds maximum allowed size/, 'large-file'],
  [/^(?:error: )?GH00[2356]:/, 'protected-branch'],
  [/^(?:error: )?GH0(?:07|13):/, 'ruleset'],
  [/refusing to allow .* to create or update .*workflow/, 'workflow-scope'],
  [/cannot lock ref .*(?:: is at [0-9a-f]+ but expected|already exists|File exists)/, 'race'],
  [/Unable to create '.*\.lock'/, 'race'],
  [/cannot lock ref .* (?:exists|cannot create)/, 'protected-branch'],
  [/refusing to update checked out branch/, 'protected-branch'],
  [/^fatal error in commit_refs|Internal Server Error/i, 'network'],
]

/** Reasons that say little: used when the block did not tell. */
const VAGUE: readonly Pattern[] = [
  [/^protected branch hook declined$/, 'protected-branch'],
  [/repository rule violations/, 'ruleset'],
  [/hook declined$/, 'hook'],
  [/^failed to update ref$/, 'race'],
  [/remote failed to report status|internal (?:server )?error/i, 'network'],
]

/** Lines of standard error when no ref was reported. Order matters: a cut connection follows every other fault. */
const LINES: readonly Pattern[] = [
  [/^fatal: the receiving end does not support /, 'unknown'],
  [/pack exceeds maximum allowed size/, 'large-file'],
  [/HTTP 413\b|returned error: 413\b/, 'large-file'],
  // The machine's trouble: no process, memory or file was left to run the transport, or what asks for a password, with.
  [
    /cannot fork|unable to fork|fork failed|unable to create thread|Resource temporarily unavailable/,
    'network',
  ],
  [/Cannot allocate memory|Out of memory|Too many open files|\bspawn \S+ E[A-Z]+/i, 'network'],
  [/rate limit|(?:HTTP|returned error:) (?:408|429|5\d\d)\b/i, 'network'],
  [/Duplicate header: "?Authorization/i, 'auth'],
  [
    /could not read (?:Username|Password) for|Authentication failed for|Invalid username or (?:token|password)/,
    'auth',
  ],
  [
    /^(?:remote: |ERROR: )*Permission to .* denied|Write access to repository not granted|archived so it is read-only/,
    'auth',
  ],
  [
    /repository '.*' not found|Repository not found|auth_error|Permission denied \(|Host key verification failed/,
    'auth',
  ],
  [/does not appear to be a git repository/, 'auth'],
  // Servers that have words of their own over ssh: GitHub, GitLab, Bitbucket, Gitea, Azure DevOps.
  [/key you are authenticating with has been marked as read only|Too many authentication failures/, 'auth'],
  [
    /project you were looking for could not be found|not allowed to (?:push|pull|upload)|repository access denied/i,
    'auth',
  ],
  [/^(?:remote: )?(?:Gitea|Forgejo): Unauthorized|is not authorized to (?:read|write)|TF401019/, 'auth'],
  [/(?:HTTP|returned error:) 40[134]\b|(?:HTTP code|response) 407\b|Proxy Authentication Required/, 'auth'],
  [/src refspec .* does not match any/, 'unknown'],
  [/cannot lock ref .*: is at [0-9a-f]+ but expected/, 'race'],
  [
    /Could not resolve (?:host|proxy)|Temporary failure in name resolution|Empty reply from server/i,
    'network',
  ],
  [/Failed to connect|Couldn't connect|Network is unreachable|No route to host/i, 'network'],
  [/(?:Connection|Operation) (?:timed out|was reset|reset|closed|refused)|Operation too slow/i, 'network'],
  [/SSL_(?:ERROR|read|connect)|gnutls_handshake|TLS connection was non-properly terminated/i, 'network'],
  [
    /RPC failed|early EOF|unexpected disconnect|hung up unexpectedly|unable to rewind rpc post data/,
    'network',
  ],
  [/Internal Server Error|(?:Send|Recv) failure|HTTP\/2 stream|unexpected flush packet/i, 'network'],
  [/from proxy after CONNECT|CONNECT tunnel failed|Proxy CONNECT aborted/, 'network'],
  [/remote end hung up|died of signal|remote helper '[^']*' aborted session/, 'network'],
  [/Broken pipe|cannot run \S+:|unable to access '[a-z]+:\/\/[^']*': (?!The requested URL)/, 'network'],
  // What git says of every transport that died, whatever it died of.
  [/Could not read from remote repository/, 'network'],
]

/** Accepted only on exit code 0 and a ref line without `!`; `Done` and `Everything up-to-date` mean nothing. */
export function classifyPush(output: GitOutput): PushVerdict {
  const lines = remoteLines(output.stderr)
  const refs = refLines(output.stdout)
  if (output.exitCode === 0 && refs.length > 0 && refs.every(ref => ref.flag !== '!')) {
    return { kind: 'accepted', bypassed: bypassedRules(lines) }
  }
  const failed = refs.filter(ref => ref.flag === '!')
  // In an atomic push the innocent refs fail along with the guilty one.
  const guilty = failed.find(ref => !ref.reason.startsWith('atomic')) ?? failed[0]
  if (!guilty) return withoutRef(output, lines)
  const { kind, reason } = guilty
  const code =
    match(REASONS, [reason]) ??
    match(BLOCK, lines) ??
    match(VAGUE, [reason]) ??
    (kind === 'rejected' ? 'race' : kind === 'remote failure' ? 'network' : 'unknown')
  return { kind: 'refused', code, reason: redact(reason || kind), lines }
}

/** The same codes for `git fetch` and `git ls-remote`. */
export function classifyFetch(output: GitOutput): FetchVerdict {
  return output.exitCode === 0 ? { kind: 'fetched' } : withoutRef(output, remoteLines(output.stderr))
}

/** Paths and commits that a refusal's words name. Pass the reason too: there GitHub names a workflow file. */
export function suspectPaths(lines: readonly string[]): {
  readonly paths: readonly string[]
  readonly commits: readonly string[]
} {
  const paths = new Set<string>()
  const commits = new Set<string>()
  let violations = false
  for (const line of lines.map(text => text.trim())) {
    const file = line.match(/\bFile (.+) is [\d.]+ ?[KMG]i?B; this exceeds/)?.[1]
    const place = line.match(/^(?:- )?path: (.+?)(?::\d+)?$/)?.[1]
    const workflow =
      line.match(/create or update workflow `(.+)` without/) ?? line.match(/create or update (\.github\/\S+)/)
    for (const path of [file, place, workflow?.[1]]) if (path) paths.add(path)
    const commit = line.match(/^(?:- )?commit: ([0-9a-f]{7,64})$/)?.[1]
    if (commit) commits.add(commit)
    // Rulesets list what broke a rule below it: commits by their name, files by their path, one a line.
    if (/^Found \d+ violations?:?$/.test(line)) violations = true
    else if (line.startsWith('- ') || /\s|^https?:/.test(line)) violations = false
    else if (violations && line) (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(line) ? commits : paths).add(line)
  }
  return { paths: [...paths], commits: [...commits] }
}

function withoutRef(output: GitOutput, lines: readonly string[]): Refused {
  const told = textLines(output.stderr)
  for (const [pattern, code] of LINES) {
    const line = told.find(text => pattern.test(text))
    if (line !== undefined) return { kind: 'refused', code, reason: bare(line), lines }
  }
  if (output.timedOut) return { kind: 'refused', code: 'network', reason: 'no answer in time', lines }
  const line =
    told.find(text => text.startsWith('fatal:')) ??
    told.find(text => text.startsWith('error:')) ??
    told.at(-1)
  const killed = output.exitCode === null
  const fallback = killed ? 'git was killed' : `git exited with code ${output.exitCode} and said nothing`
  const reason = line === undefined ? fallback : bare(line)
  return { kind: 'refused', code: killed ? 'network' : 'unknown', reason, lines }
}

/** Whether a line of standard error is one of those that such a refusal is known by. */
export function tells(line: string, code: RefusalCode): boolean {
  return LINES.some(([pattern, known]) => known === code && pattern.test(line))
}

function match(patterns: readonly Pattern[], lines: readonly string[]): RefusalCode | undefined {
  return patterns.find(([pattern]) => lines.some(line => pattern.test(line)))?.[1]
}

/** `<flag> TAB <src>:<dst> TAB [<kind>] (<reason>)`, see git-push(1), --porcelain. */
function refLines(stdout: string): { flag: string; kind: string; reason: string }[] {
  return [...stdout.matchAll(/^([ +\-*!=])\t[^\t\n]*\t(?:\[([^\]\n]*)\])?(?:.*?\((.*)\))?/gm)].map(
    ([, flag = '', kind = '', reason = '']) => ({ flag, kind, reason }),
  )
}

function textLines(text: string): string[] {
  return stripAnsi(text)
    .split(/[\r\n]+/)
    .map(line => line.trim())
    .filter(line => line !== '')
}

// Progress comes over the same channel; "(1/1), done." and the like say nothing about the refusal.
const PROGRESS = /^(?:Resolving deltas|Counting objects|Compressing objects):|^Total \d/

function remoteLines(stderr: string): readonly string[] {
  return textLines(stderr)
    .filter(line => line.startsWith('remote:'))
    .map(line => redact(line.slice('remote:'.length).trim()))
    .filter(line => line !== '' && !PROGRESS.test(line))
}

function bypassedRules(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex(line => line.startsWith('Bypassed rule violations'))
  if (start < 0) return []
  return lines
    .slice(start + 1)
    .filter(line => line.startsWith('- '))
    .map(line => line.slice(2))
}

function bare(line: string): string {
  return redact(line.replace(/^(?:(?:fatal|error|remote): )+/, ''))
}
