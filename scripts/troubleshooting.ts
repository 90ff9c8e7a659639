/**
 * docs/troubleshooting.md, made from `explain`: for each reason a task can end with, what is shown, why, and what to do.
 * A kind of failure that has no sample here does not compile.
 */
import { type ExplainContext, explain } from '../src/decide/explain.ts'
import { KEPT } from '../src/decide/explain-kept.ts'
import {
  type Failure,
  outcomeOf,
  REFUSAL_CODES,
  type RefusalCode,
  reasonCode,
} from '../src/decide/failure.ts'
import { knownCauses } from '../src/decide/refusal-causes.ts'
import type { Outcome, TaskId } from '../src/decide/task.ts'

type Samples = { readonly [Code in Exclude<Failure['code'], 'refused'>]: readonly Details<Code>[] }
type Details<Code> = Omit<Extract<Failure, { code: Code }>, 'code'>

const SAMPLES: Samples = {
  setup: [
    { exitCode: 1, signal: null },
    { exitCode: 137, signal: null },
  ],
  'worker-exit': [{ exitCode: 1 }, { exitCode: 126 }, { exitCode: 127 }, { exitCode: 137 }],
  'worker-signal': [{ signal: 'SIGKILL' }, { signal: 'SIGSEGV' }],
  timeout: [{ minutes: 60 }],
  idle: [{ minutes: 10 }],
  unfinished: [
    { operation: 'rebase', files: ['src/app.ts'] },
    { operation: null, files: ['src/app.ts'] },
  ],
  history: [{}],
  'left-behind': [{ refs: ['refs/heads/fix'] }],
  'out-of-scope': [
    { problems: ["docs/guide.md: it is outside the task's paths"] },
    { problems: ['.github/workflows/ci.yml: it is protected (protected-paths)'] },
    { problems: ['tool: it is a symbolic link and its target is an absolute path'] },
    { problems: ['vendor/lib: it is a submodule, which tasks cannot change'] },
    { problems: ['Readme.md: its name differs from README.md only in case'] },
    { problems: ["x/.git/config: it reaches into git's own directory"] },
    { problems: ['run.sock: it is a pipe, a socket or a device, which git cannot keep'] },
    {
      problems: [
        'tool: it is a git repository of its own, which a commit cannot hold (the kept work has its files)',
      ],
    },
    { problems: ["invalid path 'sub/.GIT/config'"] },
    { problems: ['the workspace itself: the worker removed or replaced the folder'] },
  ],
  secret: [{ places: ['.env:1', 'src/config.js:12'] }],
  'follow-ups': [{ problems: ["followups.yml:1:11: unknown key 'promt' (did you mean 'prompt'?)"] }],
  'too-large': [{ files: 120, limit: 100 }],
  gate: [
    { exitCode: 1, signal: null, timedOut: false },
    { exitCode: null, signal: 'SIGTERM', timedOut: true },
    { exitCode: 137, signal: null, timedOut: false },
  ],
  workspace: [{ detail: 'No space left on device' }],
  internal: [{ detail: 'TypeError: x is not a function' }],
  conflict: [
    { files: ['src/app.ts'], how: [{ kind: 'lines', files: ['src/app.ts'] }] },
    { files: ['src/app.ts'], how: [{ kind: 'removed', files: ['src/app.ts'] }] },
    { files: ['logo.png'], how: [{ kind: 'binary', files: ['logo.png'] }] },
    { files: ['new/app.ts'], how: [{ kind: 'folder-renamed', files: ['new/app.ts'] }] },
  ],
  attempts: [
    { attempts: 50, last: 'race' },
    { attempts: 50, last: 'network' },
    { attempts: 50, last: 'unknown' },
  ],
  'base-red': [{}],
  dependency: [{ blockedBy: ['bump-zod' as TaskId] }],
  signal: [{}],
  stop: [{}],
  deadline: [{}],
  status: [{ status: 'draft' }],
  'not-before': [{ time: '2027-01-01T00:00:00Z' }],
  'max-tasks': [{}],
  'max-failures': [{}],
  only: [{}],
  'already-landed': [{}],
  verification: [{}],
}

/** What remotes say, by code: the first tells nothing that explain() looks for. */
const SAID: Readonly<Record<RefusalCode, readonly string[]>> = {
  race: [''],
  network: [
    'fatal: Could not resolve host: github.com',
    "fatal: unable to access 'https://github.com/o/r/': CONNECT tunnel failed, response 403",
    'error: cannot fork to run ssh: Resource temporarily unavailable\nfatal: Could not read from remote repository.',
    "fatal: unable to access 'https://github.com/o/r/': SSL certificate problem: unable to get local issuer certificate",
  ],
  auth: [
    '',
    "fatal: unable to access 'https://github.com/o/r/': CONNECT tunnel failed, response 407",
    'fatal: Duplicate header: "Authorization"',
    'This repository was archived so it is read-only.',
    'Permission to o/r.git denied to github-actions[bot].',
    'remote: Repository not found.',
    'git@github.com: Permission denied (publickey).',
    'Host key verification failed.\nfatal: Could not read from remote repository.',
    "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
  ],
  'protected-branch': [
    '',
    '!\tHEAD:refs/heads/main\t[remote rejected] (refname conflict)',
    '!\tHEAD:refs/heads/main\t[remote rejected] (branch is currently checked out)',
  ],
  ruleset: [
    '',
    '- Changes must be made through a pull request.',
    '- Required status check "test" is expected.',
    '- Commits must have verified signatures.',
    '- File path is restricted: secrets/**',
    'error: GH007: Your push would publish a private email address.',
  ],
  'workflow-scope': [
    '!\tHEAD:refs/heads/main\t[remote rejected] (refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission)',
  ],
  secret: ['- GITHUB PUSH PROTECTION\npath: .env:6'],
  'large-file': [
    "error: File big.bin is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB",
    'error: GH008: Your push referenced at least 1 unknown Git LFS object',
    'error: RPC failed; HTTP 413',
  ],
  hook: ['Commit messages need a ticket.'],
  unknown: [
    '!\tHEAD:refs/heads/main\t[remote rejected] (something new)',
    'fatal: something new',
    "fatal: couldn't find remote ref refs/heads/main",
    '!\tHEAD:refs/heads/main\t[remote rejected] (shallow update not allowed)',
    'error: src refspec main does not match any',
    'fatal: the receiving end does not support push options',
  ],
}

const ENDINGS: readonly (readonly [Outcome, string])[] = [
  ['failed', 'Its work did not come off, or is not fit to land.'],
  ['blocked-push', 'Its work was finished and could not be pushed. It is kept.'],
  ['blocked', 'It was not started.'],
  ['cancelled', 'The run ended before it did.'],
  ['reverted', 'It landed and was taken back.'],
  ['skipped', 'It was not due. This is no failure.'],
]

const failures: readonly Failure[] = [
  ...Object.entries(SAMPLES).flatMap(([code, all]) => all.map(each => ({ code, ...each }) as Failure)),
  ...REFUSAL_CODES.flatMap(refusal =>
    SAID[refusal].map(output => ({ code: 'refused', refusal, output }) as const),
  ),
]

/** Told apart by whether `remediate` has tried. */
const REMEDIABLE: ReadonlySet<Failure['code']> = new Set(['gate', 'conflict'])

/** The whole page. Throws where a cause that `explain` finds in a remote's words has no sample. */
export function troubleshooting(): string {
  const grouped = ENDINGS.map(([outcome, words]) => {
    const own = failures.filter(failure => outcomeOf(failure) === outcome)
    return { outcome, words, reasons: Map.groupBy(own, reasonCode) }
  })
  const lines = [
    '<!-- Made by scripts/generate.ts from src/decide/explain*.ts: edit those, then `make generate`. -->',
    '# Troubleshooting',
    '',
    'A task that did not land has a reason: a code, what happened and why, and the way out. The job summary, the report,',
    '`summary.json` and the markers show it with the names of your files. Here are all of them, for a branch `main`.',
    '',
    'Whatever a task had changed is kept as `work.bundle` and `work.patch` in its folder of the run directory: see',
    '[landing kept work by hand](../README.md#landing-kept-work-by-hand).',
    '',
    '| outcome | reasons |',
    '|---|---|',
    ...grouped.map(
      ({ outcome, reasons }) =>
        `| [\`${outcome}\`](#${outcome}) | ${[...reasons.keys()].map(code => `[\`${code}\`](#${anchor(outcome, code)})`).join(', ')} |`,
    ),
    ...grouped.flatMap(({ outcome, words, reasons }) => [
      '',
      `## ${outcome}`,
      '',
      words,
      ...[...reasons].flatMap(([code, all]) => ['', `### ${heading(outcome, code)}`, ...entries(all)]),
    ]),
  ]
  const page = `${lines.join('\n')}\n`
  const missing = knownCauses().filter(({ why, fix }) => !page.includes(why) || !page.includes(fix))
  if (missing.length > 0) throw new Error(`no sample tells: ${missing.map(({ why }) => why).join('; ')}`)
  return page
}

const isRefusal = (code: string): boolean => REFUSAL_CODES.some(refusal => refusal === code)

/** A code that is an outcome's name, or a remote's reason as well, would share its anchor. */
function heading(outcome: Outcome, code: string): string {
  const isShared = ENDINGS.some(([name]) => name === code) || (outcome === 'failed' && isRefusal(code))
  return isShared ? `${outcome}: ${code}` : code
}

function anchor(outcome: Outcome, code: string): string {
  return heading(outcome, code).replace(': ', '-')
}

/** What can be seen, each with its own way out; a why that they share is said once. */
function entries(all: readonly Failure[]): readonly string[] {
  const told = all.flatMap(failure => [
    words(failure),
    ...(REMEDIABLE.has(failure.code) && failure === all[0] ? [words(failure, 2)] : []),
  ])
  const [first] = told
  const shared = first !== undefined && told.length > 1 && told.every(({ why }) => why === first.why)
  return [
    ...(shared ? ['', first.why] : []),
    ...told.flatMap(({ what, why, fix }) => [
      ...['', `> ${what}`],
      ...(shared ? [] : ['', why]),
      ...['', `**What to do:** ${fix}`],
    ]),
  ]
}

/** Without the words on kept work, which the top of the page says once. */
function words(failure: Failure, remediations = 0): ReturnType<typeof explain> {
  const context: ExplainContext = { branch: 'main', remediations }
  const { what, why, fix } = explain(failure, context)
  return { what, why: why.replace(`; ${KEPT}`, ''), fix: fix.replace(` (${KEPT})`, '') }
}
