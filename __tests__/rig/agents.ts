import { standIns } from './stand-ins.ts'

/** A coding agent's command line, as far as it runs without asking anybody: facts of its documentation. */
type CommandLine = {
  readonly package: string
  /** Words that must come first. */
  readonly words: readonly string[]
  /** Flag -> the values it takes; true: no value. */
  readonly flags: Readonly<Record<string, string | true>>
  /** What must be among the arguments, or it would ask or only read. */
  readonly must: readonly string[]
  /** A last argument that means standard input. */
  readonly last?: string
  /** Variables it needs, with a pattern for their values. */
  readonly env: Readonly<Record<string, string>>
}

const KEY = '^sk-'

export const AGENTS: Readonly<Record<string, CommandLine>> = {
  claude: {
    package: '@anthropic-ai/claude-code',
    words: [],
    flags: {
      '-p': true,
      '--permission-mode': '^(acceptEdits|dontAsk|bypassPermissions)$',
      '--allowedTools': '.',
      '--max-turns': '^[1-9]\\d*$',
      '--model': '.',
    },
    must: ['-p', '--permission-mode'],
    env: { ANTHROPIC_API_KEY: KEY },
  },
  codex: {
    package: '@openai/codex',
    words: ['exec'],
    flags: { '--sandbox': '^(workspace-write|danger-full-access)$', '--model': '.' },
    must: ['--sandbox'],
    last: '-',
    env: { CODEX_API_KEY: KEY },
  },
  gemini: {
    package: '@google/gemini-cli',
    words: [],
    flags: { '--approval-mode': '^(auto_edit|yolo)$', '--model': '.' },
    must: ['--approval-mode'],
    env: { GEMINI_API_KEY: KEY, GEMINI_CLI_TRUST_WORKSPACE: '^true$' },
  },
  opencode: {
    package: 'opencode-ai',
    words: ['run'],
    flags: { '--auto': true, '--model': '^[\\w-]+/[\\w.-]+$' },
    must: ['--auto'],
    env: { ANTHROPIC_API_KEY: KEY },
  },
}

/**
 * Stand-ins of the four agents and of the `npm` that installs them; returns the folder for PATH, in which no agent is
 * until it was installed. An agent checks how it was called and reads its prompt from standard input. Then it writes what
 * it was told to a file within the task's paths, with the word `broken` in it for `clumsy` tasks, until it gets a handoff.
 */
export async function agentStandIns(folder: string, clumsy: readonly string[]): Promise<string> {
  const known = JSON.stringify(
    Object.fromEntries(Object.entries(AGENTS).map(([name, of]) => [of.package, name])),
  )
  const hidden = `${folder}-packages`
  const scripts = Object.entries(AGENTS).map(([name, of]) => [name, agent(name, of, clumsy)] as const)
  await standIns(hidden, Object.fromEntries(scripts))
  return standIns(folder, {
    npm: `
import { symlinkSync } from 'node:fs'
const [verb, flag, spec = '', ...rest] = process.argv.slice(2)
const [, name, version] = /^(.+)@(\\d+\\.\\d+\\.\\d+)$/.exec(spec) ?? []
const agent = ${known}[name]
if (verb !== 'install' || flag !== '--global' || !agent || rest.length > 0) {
  console.error('npm: not an exact version of an agent: ' + process.argv.slice(2).join(' '))
  process.exit(1)
}
symlinkSync('${hidden}/' + agent, '${folder}/' + agent)
console.log('installed ' + agent + ' ' + version)
`,
  })
}

function agent(name: string, of: CommandLine, clumsy: readonly string[]): string {
  return `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
const of = ${JSON.stringify(of)}
const args = process.argv.slice(2)
function refuse(why) {
  console.error('${name}: ' + why)
  process.exit(2)
}
for (const word of of.words) if (args.shift() !== word) refuse('expected ' + word)
if (of.last !== undefined && args.pop() !== of.last) refuse('expected ' + of.last + ' at the end')
for (const flag of of.must) if (!args.includes(flag)) refuse('would ask without ' + flag)
while (args.length > 0) {
  const flag = args.shift()
  const takes = of.flags[flag]
  if (takes === undefined) refuse('unknown argument ' + flag)
  if (takes !== true && !new RegExp(takes).test(args.shift() ?? '')) refuse('bad value of ' + flag)
}
for (const [variable, pattern] of Object.entries(of.env)) {
  if (!new RegExp(pattern).test(process.env[variable] ?? '')) refuse('needs ' + variable)
}
for (const variable of ['GITHUB_TOKEN', 'GH_TOKEN', 'ACTIONS_RUNTIME_TOKEN', 'INPUT_TOKEN']) {
  if (process.env[variable]) refuse('was given ' + variable)
}
const prompt = readFileSync(0, 'utf8')
if (prompt.trim() === '') refuse('no prompt on standard input')
const { paths } = JSON.parse(readFileSync(process.env.FANOUT_MANIFEST, 'utf8'))
const file = (paths[0] ?? '**').replace('**', '${name}.md')
mkdirSync(dirname(file), { recursive: true })
const clumsy = ${JSON.stringify(clumsy)}.includes(process.env.FANOUT_TASK_ID)
const told = process.env.FANOUT_HANDOFF ? 'repaired\\n' : clumsy ? 'broken\\n' : 'done\\n'
writeFileSync(file, told + prompt.split('\\n')[0] + '\\n')
`
}
