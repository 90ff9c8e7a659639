/** The one table of inputs: action.yml, the README's table, `fanout run --help` and the parser come from it. */
import type { Settings } from '../decide/settings.ts'
import type { Kind } from './kinds.ts'
import * as a from './kinds.ts'

interface Entry<T> {
  readonly kind: Kind<T>
  /** As action.yml gives it; '' for none. */
  readonly default: string
  /** What stands in where there is no default. */
  readonly otherwise?: string
  /** An expression only a workflow can have as its default. */
  readonly workflowDefault?: string
  /** For people, as `otherwise`; code between backticks. */
  readonly description: string
}

type Kebab<S extends string> = S extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Kebab<Rest>}`
  : S
type SettingKey = Exclude<keyof Settings, 'verifyIsDefault'>
/** Proof by type: each setting has one input, whose kind reads what the setting holds. */
type Table = { readonly [Key in SettingKey as Kebab<Key>]: Entry<Settings[Key]> }

const WEEK_IN_MINUTES = 7 * 24 * 60
const YEAR_IN_HOURS = 365 * 24
/** Not run where the tree has no such target; any other command is. */
export const DEFAULT_VERIFY = 'make verify'

const command = a.text('a command')
const oneLine = (value: string) => !/[\r\n]/.test(value)
const ident = (value: string) => !/[<>\r\n\0]/.test(value)
/** What the artifact service refuses in a name. */
const artifactName = (value: string) => !/[":<>|*?\\/\r\n]/.test(value)

const TABLE: Table = {
  tasks: {
    kind: a.text('the name of a tasks file, or the tasks themselves'),
    default: '',
    otherwise: 'required',
    description:
      'The tasks to run: the name of a YAML, JSON or JSONC file, or the text itself (several lines, or starting with `[` or `{`).',
  },
  only: {
    kind: a.list('task ids, separated by commas or newlines'),
    default: '',
    otherwise: 'all tasks',
    description: 'Ids of the tasks to run, separated by commas or newlines. What they need is taken as met.',
  },
  run: {
    kind: a.optional(command),
    default: '',
    description: 'The worker command, run with bash, of every task that has none of its own.',
  },
  workers: {
    kind: a.auto(a.integer(1, 256)),
    default: 'auto',
    description: 'Workers that run at the same time, 1 to 256. `auto`: as many as CPUs are available.',
  },
  'max-tasks': {
    kind: a.integer(0, 100_000),
    default: '0',
    description: 'Most tasks started in this run; the others are skipped. 0: no limit.',
  },
  'max-failures': {
    kind: a.integer(0, 100_000),
    default: '0',
    description: 'After so many failed tasks no new one starts. 0: no limit.',
  },
  branch: {
    kind: a.optional(a.branchName),
    default: '',
    otherwise: 'the checked-out branch',
    description: 'The branch on origin where the results land.',
  },
  setup: {
    kind: a.optional(command),
    default: '',
    description: 'Command run once in each fresh workspace and gate checkout, such as `npm ci`.',
  },
  copy: {
    kind: a.globs,
    default: '',
    description:
      'Globs of git-ignored files copied from the checkout into workspaces and gate checkouts, such as `.env*` or `node_modules`.',
  },
  gate: {
    kind: a.optional(command),
    default: '',
    description:
      'Command that every tree must pass before it lands, such as `make test`. Without one, whatever merges lands.',
  },
  'gate-timeout-minutes': {
    kind: a.positive(WEEK_IN_MINUTES),
    default: '30',
    description: 'A gate that runs longer is stopped and counts as red.',
  },
  'gate-slots': {
    kind: a.integer(1, 64),
    default: '1',
    description: 'Gates that run at the same time while the culprit of a red stack is searched for.',
  },
  'gate-retries': {
    kind: a.integer(0, 10),
    default: '1',
    description:
      'How often a red tree is gated again before a task is blamed. Trees that pass then are counted as flakes.',
  },
  'max-batch': {
    kind: a.integer(0, 10_000),
    default: '0',
    description:
      'Most tasks gated and pushed together; 1 gates every single commit. 0: no limit, adapted to what the gate says.',
  },
  remediate: {
    kind: a.optional(command),
    default: '',
    description:
      'Command that repairs a task whose work conflicts or fails the gate. `FANOUT_HANDOFF` names the packet that tells what happened.',
  },
  'max-remediations': {
    kind: a.integer(0, 20),
    default: '2',
    description: 'Most remediations of one task.',
  },
  'max-push-attempts': {
    kind: a.integer(1, 1000),
    default: '50',
    description: 'Most pushes tried for one task, 1 to 1000, while the branch moves or the remote fails.',
  },
  'push-backoff-ms': {
    kind: a.integers(0, 3_600_000),
    default: '500,2000,5000,10000',
    description:
      'Milliseconds to wait before each next push; the last is reused. Each is shortened by up to half at random, and the first lost race is retried at once.',
  },
  verify: {
    kind: command,
    default: DEFAULT_VERIFY,
    description:
      'Command run on the branch after the last task. The default is not run where the Makefile has no such target.',
  },
  'verify-when': {
    kind: a.choice('landed', 'success', 'always', 'never'),
    default: 'landed',
    description:
      'When to verify: `landed` (anything landed), `success` (no task failed), `always`, or `never`.',
  },
  'verify-timeout-minutes': {
    kind: a.positive(WEEK_IN_MINUTES),
    default: '30',
    description: 'A verification that runs longer is stopped and has failed.',
  },
  'on-verify-failure': {
    kind: a.choice('report', 'revert'),
    default: 'report',
    description:
      'What a failed verification leads to: `report` only, or `revert` the landed commits that cause it.',
  },
  'protected-paths': {
    kind: a.globs,
    default: '.github/workflows/**',
    description: 'Globs of files that no task may change, unless its own paths name them.',
  },
  'max-changed-files': {
    kind: a.integer(0, 1_000_000),
    default: '0',
    description: 'Most files one task may change. 0: no limit.',
  },
  'task-timeout-minutes': {
    kind: a.positive(WEEK_IN_MINUTES),
    default: '60',
    description: 'A worker that runs longer is stopped, unless its task sets another limit.',
  },
  'idle-timeout-minutes': {
    kind: a.number(WEEK_IN_MINUTES),
    default: '0',
    description: 'A worker that prints nothing for so long is stopped. 0: never.',
  },
  'deadline-minutes': {
    kind: a.number(WEEK_IN_MINUTES),
    default: '0',
    description:
      'No task starts after this time, and running ones are stopped in time to keep their work. 0: no deadline.',
  },
  retries: {
    kind: a.integer(0, 20),
    default: '0',
    description: 'How often a failed worker runs again, each time in a fresh workspace.',
  },
  'workspace-root': {
    kind: a.optional(a.line('a folder', oneLine)),
    default: '',
    otherwise: '`$RUNNER_TEMP/fanout`; in a terminal `~/.local/state/fanout/<repository>-<hash>`',
    description:
      'Folder of the workspaces and run directories; what else lies there is left alone. Inside the repository it must be git-ignored.',
  },
  workspaces: {
    kind: a.choice('auto', 'clone', 'overlay'),
    default: 'auto',
    description:
      'How workspaces are made: `clone`, `overlay` (mounts over one checkout; Linux with root or sudo), or `auto`, which picks.',
  },
  'keep-workspaces': {
    kind: a.choice('never', 'blocked', 'always'),
    default: 'blocked',
    description:
      'Which workspaces stay on disk after the run: `never` any, those of `blocked` work, or `always` all.',
  },
  'workspace-retention-hours': {
    kind: a.number(YEAR_IN_HOURS),
    default: '24',
    description:
      'Workspaces and stores of runs older than this are removed at the start; work that did not land stays until `fanout clean`.',
  },
  bookkeeping: {
    kind: a.choice('off', 'archive'),
    default: 'off',
    description:
      '`archive`: the commit that lands a task also moves it from the tasks file to the done file.',
  },
  'done-file': {
    kind: a.optional(a.insidePath),
    default: '',
    otherwise: '`<tasks file>.done.<ext>`',
    description: 'The file in the repository where landed tasks are kept.',
  },
  resume: {
    kind: a.flag,
    default: 'true',
    description: 'Whether a re-run goes on where the attempt before it ended.',
  },
  'dry-run': {
    kind: a.flag,
    default: 'false',
    description: 'Do everything but the push, with the same report.',
  },
  'save-refs': {
    kind: a.flag,
    default: 'true',
    description:
      'Whether blocked work is also kept on the remote, under `refs/fanout/blocked/`, for a later run to land.',
  },
  'commit-message': {
    kind: a.text('a commit message'),
    default: '{title}',
    description:
      'Template of the commit message; `{id}`, `{title}` and `{prompt}` are replaced. A message the worker wrote wins.',
  },
  'git-user-name': {
    kind: a.line('a name of one line without < or >', ident),
    default: 'github-actions[bot]',
    description: 'Name of the committer.',
  },
  'git-user-email': {
    kind: a.line('an e-mail address of one line without < or >', ident),
    default: '41898282+github-actions[bot]@users.noreply.github.com',
    description: 'E-mail address of the committer.',
  },
  token: {
    kind: a.optional(a.line('a token without white space', value => !/\s/.test(value))),
    default: '',
    workflowDefault: '${{ github.token }}',
    description: "Token for fetching and pushing, used only when the remote's host is the GitHub server's.",
  },
  'fail-on': {
    kind: a.choice('any', 'verify', 'never'),
    default: 'any',
    description: 'What makes the step fail: `any` failure, only a failed `verify`, or `never`.',
  },
  upload: {
    kind: a.flag,
    default: 'true',
    description: 'Whether the run directory is uploaded as an artifact.',
  },
  'artifact-name': {
    kind: a.optional(a.line('a name without " : < > | * ? \\ / or line breaks', artifactName)),
    default: '',
    otherwise: '`fanout-<run key>`',
    description: 'Name of the artifact.',
  },
  'retention-days': {
    kind: a.integer(0, 400),
    default: '0',
    description: "Days the artifact is kept, up to 400. 0: the repository's default.",
  },
  log: {
    kind: a.choice('failures', 'all', 'none'),
    default: 'failures',
    description: 'Worker output in the step log: the end of `failures`, `all`, or `none`.',
  },
}

export interface Input extends Entry<unknown> {
  readonly name: keyof Table
  /** Whether its value is true or false. */
  readonly isFlag: boolean
}

/** All inputs, in the order people read them. */
export const INPUTS: readonly Input[] = Object.entries<Entry<unknown>>(TABLE).map(([name, entry]) => ({
  ...entry,
  name: name as keyof Table,
  isFlag: entry.kind === a.flag,
}))
