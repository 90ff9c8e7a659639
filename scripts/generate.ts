/**
 * Writes what is made from the tables of inputs, outputs and a task's keys: action.yml, schema/tasks.schema.json, and
 * the README's tables between their markers, figures too; docs/troubleshooting.md from the explanations of failures; src/version.ts
 * from package.json; bench/README.md's tables from bench/results/. `--check` writes nothing and exits 1 if a file is not what it would write.
 */
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { markdownOf, type Results } from '../bench/table.ts'
import { INPUTS, type Input } from '../src/action/inputs.ts'
import { OUTPUTS } from '../src/action/outputs.ts'
import { KEY_WORDS, tasksSchema } from '../src/decide/schema.ts'
import { figuresTable } from './figures.ts'
import { troubleshooting } from './troubleshooting.ts'

const ROOT = join(import.meta.dirname, '..')
const SCHEMA = 'schema/tasks.schema.json'
const TROUBLESHOOTING = 'docs/troubleshooting.md'
const VERSION = 'src/version.ts'
const BENCH = 'bench/README.md'

export interface Generated {
  readonly file: string
  readonly found: string
  readonly wanted: string
}

/** The generated files: as they are, and as they should be. */
export function generated(root = ROOT): readonly Generated[] {
  const readme = textOf(join(root, 'README.md'))
  const figures = figuresTable(name => resultsIn(root, name))
  const tables = { tasks: tasksTable(), inputs: inputsTable(), outputs: outputsTable(), figures }
  return [
    { file: 'action.yml', found: textOf(join(root, 'action.yml')), wanted: actionYml() },
    {
      file: SCHEMA,
      found: textOf(join(root, SCHEMA)),
      wanted: `${JSON.stringify(tasksSchema(), null, 2)}\n`,
    },
    { file: VERSION, found: textOf(join(root, VERSION)), wanted: versionTs(root) },
    {
      file: TROUBLESHOOTING,
      found: textOf(join(root, TROUBLESHOOTING)),
      wanted: troubleshooting(),
    },
    {
      file: 'README.md',
      found: readme,
      wanted: Object.entries(tables).reduce((page, [name, table]) => between(page, name, table), readme),
    },
    { file: BENCH, found: textOf(join(root, BENCH)), wanted: benchPage(root) },
  ]
}

/** The lines that differ, `-` as found and `+` as wanted; null: the file is up to date. */
export function difference({ file, found, wanted }: Generated): string | null {
  if (found === wanted) return null
  const [before, after] = [found.split('\n'), wanted.split('\n')]
  const gone = before.filter(line => !after.includes(line)).map(line => `- ${line}`)
  const come = after.filter(line => !before.includes(line)).map(line => `+ ${line}`)
  return [`${file} is out of date, run: make generate`, ...gone, ...come].join('\n')
}

/** A module, so that the bundle holds it. */
function versionTs(root: string): string {
  const { version } = JSON.parse(textOf(join(root, 'package.json'))) as { version: string }
  return `/** Made by scripts/generate.ts from package.json. */\nexport const VERSION = '${version}'\n`
}

function actionYml(): string {
  const lines = [
    '# Made by scripts/generate.ts from src/action/input-table.ts and outputs.ts: edit those, then `make generate`.',
    'name: Fanout',
    'description: Run many tasks at once and land the results on one branch. A merge queue without a server, in one step.',
    'author: Fanout contributors',
    'branding:',
    '  icon: git-merge',
    '  color: blue',
    'inputs:',
    ...INPUTS.flatMap(inputYml),
    'outputs:',
    ...OUTPUTS.flatMap(({ name, description }) => [`  ${name}:`, `    description: ${quoted(description)}`]),
    'runs:',
    '  using: node24',
    '  main: dist/main/index.js',
    '  post: dist/post/index.js',
    '  post-if: always()',
  ]
  return `${lines.join('\n')}\n`
}

function inputYml(input: Input): string[] {
  const standard = input.workflowDefault ?? input.default
  return [
    `  ${input.name}:`,
    `    description: ${quoted(input.description)}`,
    `    required: ${isRequired(input)}`,
    ...(standard === '' ? [] : [`    default: ${quoted(standard)}`]),
  ]
}

function tasksTable(): string {
  const rows = Object.entries(KEY_WORDS).map(
    ([key, { meaning, otherwise = '' }]) => `| \`${key}\` | ${otherwise} | ${cell(meaning)} |`,
  )
  return ['| key | default | meaning |', '|---|---|---|', ...rows].join('\n')
}

function inputsTable(): string {
  const rows = INPUTS.map(input => {
    const standard = input.workflowDefault ?? input.default
    const shown = standard === '' ? (input.otherwise ?? '') : `\`${standard}\``
    return `| \`${input.name}\` | ${isRequired(input) ? '**required**' : cell(shown)} | ${cell(input.description)} |`
  })
  return ['| input | default | meaning |', '|---|---|---|', ...rows].join('\n')
}

function outputsTable(): string {
  const rows = OUTPUTS.map(({ name, description }) => `| \`${name}\` | ${cell(description)} |`)
  return ['| output | meaning |', '|---|---|', ...rows].join('\n')
}

function isRequired(input: Input): boolean {
  return input.otherwise === 'required'
}

/** The tables of what has been measured in full. */
function benchPage(root: string): string {
  const page = textOf(join(root, BENCH))
  const names = [...page.matchAll(/^<!-- ([\w-]+) -->$/gm)].map(match => match[1]!)
  return names.reduce((text, name) => {
    const results = resultsIn(root, name)
    const table = results === null ? 'Not measured yet.' : markdownOf(results)
    return between(text, name, `\n${table}\n`)
  }, page)
}

/** null: not measured yet. */
function resultsIn(root: string, benchmark: string): Results | null {
  const text = textOf(join(root, 'bench', 'results', `${benchmark}.json`))
  return text === '' ? null : (JSON.parse(text) as Results)
}

/** Plain text in single quotes: nothing inside them but a quote has a meaning in YAML. */
function quoted(value: string): string {
  return `'${value.replaceAll('`', '').replaceAll("'", "''")}'`
}

/** A bar would end the cell, even inside code. */
function cell(value: string): string {
  return value.replaceAll('|', '\\|')
}

function between(page: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`there is no ${start} ... ${end}`)
  return `${page.slice(0, from + start.length)}\n${content}\n${page.slice(to)}`
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function main(check: boolean): number {
  const stale = generated().filter(each => each.found !== each.wanted)
  for (const each of stale) {
    if (check) console.error(difference(each))
    else {
      mkdirSync(dirname(join(ROOT, each.file)), { recursive: true })
      writeFileSync(join(ROOT, each.file), each.wanted)
      console.log(`wrote ${each.file}`)
    }
  }
  if (check && stale.length === 0) console.log('generated files: up to date')
  return check && stale.length > 0 ? 1 : 0
}

if (realpathSync(process.argv[1] ?? '.') === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.includes('--check'))
}
