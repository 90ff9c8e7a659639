/**
 * `make demo`: a throw-away repository with a bare remote, eight tasks of every kind, and the built CLI on it. While
 * the first gate runs, somebody else's commit arrives on the remote. Nothing leaves this machine.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

const CLI = join(import.meta.dirname, '..', 'dist', 'cli', 'index.js')

const FILES = {
  'src/prices.js': 'export const prices = { apple: 1.2, pear: 2 }\n',
  'src/total.js':
    "import { prices } from './prices.js'\n\nexport const total = (names) => names.reduce((sum, name) => sum + prices[name], 0)\n",
  'test.mjs':
    "import { total } from './src/total.js'\n\nif (Math.abs(total(['apple', 'pear']) - 3.2) > 1e-9) {\n  console.error('total is wrong')\n  process.exit(1)\n}\nconsole.log('ok')\n",
  'package.json': '{ "type": "module", "private": true }\n',
  'README.md': '# Shop\n\nPrices and totals.\n',
  Makefile: 'verify:\n\t@node test.mjs\n',
}

const TASKS = `version: 1
tasks:
  - id: add-license
    title: Add a license
    run: echo 'MIT, the shop' > LICENSE
  - id: document-prices
    title: Document the prices
    run: |
      sleep 0.3
      printf '\\nAll prices are in euro.\\n' >> README.md
  - id: translate-readme
    title: Rewrite the end of the README
    run: |
      sleep 0.5
      printf '\\nAlle Preise in Euro.\\n' >> README.md
  - id: add-plum
    title: Sell plums
    run: |
      sed -i.orig 's/pear: 2/pear: 2, plum: 3/' src/prices.js && rm src/prices.js.orig
  - id: test-plum
    title: Test that plums are sold
    needs: add-plum
    run: |
      grep -q plum src/prices.js
      echo "import { total } from './src/total.js'; total(['plum'])" > plum.test.mjs
  - id: round-totals
    title: Round totals (and get it wrong)
    run: |
      sed -i.orig 's/sum + prices/sum - prices/' src/total.js && rm src/total.js.orig
  - id: format
    title: Format everything (it is formatted)
    run: "true"
  - id: upgrade
    title: Upgrade a dependency that is not there
    run: |
      echo 'cannot find package left-pad' >&2
      exit 1
`

const EXPECTED: Readonly<Record<string, string>> = {
  'add-license': 'landed',
  'document-prices': 'landed',
  'translate-readme': 'blocked-push',
  'add-plum': 'landed',
  'test-plum': 'landed',
  'round-totals': 'failed',
  format: 'unchanged',
  upgrade: 'failed',
}

const IDENTITY = ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.invalid']
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', [...IDENTITY, ...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

function commit(folder: string, files: Readonly<Record<string, string>>, message: string): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--message', message)
  git(folder, 'push', '--quiet', 'origin', 'HEAD:main')
}

const home = mkdtempSync(join(tmpdir(), 'fanout-demo-'))
const checkout = join(home, 'shop')
const colleague = join(home, 'colleague')
git(home, 'init', '--quiet', '--bare', '--initial-branch=main', 'shop.git')
git(home, 'clone', '--quiet', 'shop.git', 'shop')
git(checkout, 'checkout', '--quiet', '-B', 'main')
commit(checkout, FILES, 'A small shop')
git(home, 'clone', '--quiet', 'shop.git', 'colleague')
writeFileSync(join(home, 'tasks.yml'), TASKS)

const flags = {
  tasks: join(home, 'tasks.yml'),
  workers: '4',
  gate: 'sleep 0.5; node test.mjs',
  'workspace-root': join(home, 'runs'),
}
const argv = ['run', ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value])]
console.log(`$ cd ${checkout}\n$ cat ../tasks.yml\n${TASKS}`)
console.log(`$ fanout ${argv.map(word => (/[ ;]/.test(word) ? `'${word}'` : word)).join(' ')}\n`)

// A run of its own, also where the demo is a step of a workflow.
const { GITHUB_RUN_ID: _run, GITHUB_TOKEN: _token, ...env } = process.env
const child = spawn(process.execPath, [CLI, ...argv], {
  cwd: checkout,
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
})
let arrived = false
createInterface(child.stdout).on('line', line => {
  console.log(line)
  if (arrived || !line.includes('gate: testing')) return
  arrived = true
  commit(colleague, { 'CHANGELOG.md': '# Changes\n' }, 'A colleague starts a changelog')
  console.log("           (a colleague's commit arrives on the remote)")
})
const code = await new Promise<number | null>(resolve => child.on('close', resolve))

console.log(
  `\nWhat is on the branch now (exit code ${code}: two tasks failed and one could not land, as they should):`,
)
console.log(git(join(home, 'shop.git'), 'log', '--format=  %h %s', 'main'))
const [key = ''] = readdirSync(join(home, 'runs')).filter(name => name !== 'locks')
const summary = JSON.parse(readFileSync(join(home, 'runs', key, 'summary.json'), 'utf8')) as {
  tasks: { id: string; outcome: string }[]
}
// Which of the two that write the end of the README comes first is up to the machine.
const outcomes = new Map(summary.tasks.map(({ id, outcome }) => [id, outcome]))
if (outcomes.get('translate-readme') === 'landed') {
  outcomes.set('translate-readme', outcomes.get('document-prices') ?? '').set('document-prices', 'landed')
}
const surprises = [...outcomes].filter(([id, outcome]) => EXPECTED[id] !== outcome)
for (const [id, outcome] of surprises) console.error(`${id}: expected ${EXPECTED[id]}, got ${outcome}`)
console.log(`Everything is in ${home} (remove it when you have looked).`)
process.exitCode = surprises.length > 0 || code !== 1 ? 1 : 0
