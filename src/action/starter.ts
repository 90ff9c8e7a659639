/** What `fanout init` writes into a repository, and the steps it names afterwards. Pure. */
import { shellLine } from './shell-words.ts'

export const TASKS_FILE = 'tasks.yml'
export const WORKFLOW_FILE = '.github/workflows/fanout.yml'
/** Where the action lives, as a workflow names it. */
const ACTION = 'OWNER/fanout@v1'

const TASKS = `# yaml-language-server: $schema=https://raw.githubusercontent.com/OWNER/fanout/v1/schema/tasks.schema.json
#
# The tasks that Fanout runs: each in a clone of its own, all at once. What a task changes becomes one commit.
# All keys: https://github.com/OWNER/fanout#tasks
version: 1

# For every task that does not say otherwise.
defaults:
  timeout-minutes: 30

tasks:
  # A task is a command (bash, in the root of a fresh clone). Exit code 0 means done.
  - id: editorconfig
    title: Add an .editorconfig
    run: |
      test -e .editorconfig || printf '%s\\n' 'root = true' '' '[*]' 'charset = utf-8' \\
        'end_of_line = lf' 'insert_final_newline = true' > .editorconfig
    # The only files that it may change.
    paths: [.editorconfig]

  # A task for a coding agent: it finds the prompt on its standard input. Any agent will do that can be called like this.
  # A draft does not run: take \`status\` out when the prompt is yours and the agent is installed.
  - id: first-prompt
    title: Explain how to build and test
    status: draft
    prompt: |
      Find out how this repository is built and tested, and explain it in a section "Development" of README.md.
      Change nothing else.
    run: claude --print --permission-mode acceptEdits
    paths: [README.md]
    # Starts when that one has landed.
    needs: editorconfig
`

const WORKFLOW = `# Runs the tasks of ${TASKS_FILE} and lands what they change on this branch: https://github.com/OWNER/fanout
name: fanout
on:
  # By hand, under Actions.
  workflow_dispatch:
    inputs:
      dry-run: { type: boolean, default: false, description: Do everything but the push }
  # Every night, when you are ready for it:
  # schedule:
  #   - cron: '23 3 * * *'

# To push what lands. Nothing else is needed.
permissions:
  contents: write

# One run at a time.
concurrency:
  group: fanout

jobs:
  fanout:
    runs-on: ubuntu-latest
    timeout-minutes: 120
    steps:
      - uses: actions/checkout@v7
        with:
          # Tasks must not find a token; Fanout pushes with its own.
          persist-credentials: false
      - uses: ${ACTION}
        with:
          tasks: ${TASKS_FILE}
          dry-run: \${{ inputs.dry-run || false }}
          # What every tree must pass before it lands:
          # gate: make test
          # Ends in time to save what is unfinished, before the job's own limit:
          deadline-minutes: 110
        # The keys of your agent:
        # env:
        #   ANTHROPIC_API_KEY: \${{ secrets.ANTHROPIC_API_KEY }}
`

/** Path from the root of the repository -> text. */
export const STARTER_FILES: Readonly<Record<string, string>> = {
  [TASKS_FILE]: TASKS,
  [WORKFLOW_FILE]: WORKFLOW,
}

export interface InitFacts {
  /** Paths as the reader sees them from where they stand. */
  readonly written: readonly string[]
  readonly kept: readonly string[]
  readonly tasksFile: string
  readonly workflowFile: string
  /** null: none is checked out. */
  readonly branch: string | null
  readonly hasCommit: boolean
  readonly hasOrigin: boolean
  /** How this command is called, such as \`fanout\`. */
  readonly self: string
}

interface Step {
  readonly what: string
  readonly commands: readonly string[]
}

/** For a terminal; commands are indented by six, and work in the order they stand. */
export function initLines(facts: InitFacts): readonly string[] {
  return [
    ...facts.written.map(path => `wrote ${path}`),
    ...facts.kept.map(path => `${path} is there already: left as it is`),
    '',
    'Next:',
    ...stepsOf(facts).flatMap(({ what, commands }, index) => [
      `  ${index + 1}. ${what}`,
      ...commands.map(command => `      ${command}`),
    ]),
  ]
}

function stepsOf({
  tasksFile,
  workflowFile,
  branch,
  hasCommit,
  hasOrigin,
  self,
}: InitFacts): readonly Step[] {
  const where = branch ?? 'the branch'
  const first: Step[] = []
  if (!hasCommit)
    first.push({
      what: 'Tasks start from a commit, and there is none yet.',
      commands: ['git add --all', "git commit -m 'First commit'"],
    })
  if (!hasOrigin || !hasCommit) {
    const remote = hasOrigin ? [] : ['git remote add origin <the address of your remote>']
    first.push({
      what: `Results land on ${where} of origin: it must be there.`,
      commands: [...remote, 'git push --set-upstream origin HEAD'],
    })
  }
  const named = `To run it on GitHub, name in ${workflowFile} the owner of your copy of Fanout for OWNER`
  const runLine = (...more: string[]): string =>
    `${self} ${shellLine(['run', '--tasks', tasksFile, ...more])}`
  return [
    ...first,
    {
      what: `Look at ${tasksFile}, and see what would run.`,
      commands: [`${self} ${shellLine(['plan', '--tasks', tasksFile])}`],
    },
    { what: 'Try it: everything but the push.', commands: [runLine('--dry-run')] },
    { what: `Run it: what the tasks change lands on ${where} of origin.`, commands: [runLine()] },
    { what: 'Get what has landed.', commands: ['git pull'] },
    hasCommit
      ? {
          what: `${named}, and commit both files; the workflow is then under Actions.`,
          commands: [
            shellLine(['git', 'add', tasksFile, workflowFile]),
            "git commit -m 'Run tasks with Fanout'",
            'git push',
          ],
        }
      : { what: `${named}, and push that; the workflow is then under Actions.`, commands: [] },
  ]
}
