import { standIns } from './stand-ins.ts'

/**
 * Stand-ins of the commands that workflows on the pages call and that would leave this machine, each strict about how it
 * is called: `docker run` runs its command in the mounted folder, `gh` works on the bare repository, `curl` and `npm`
 * tell what they were asked. Returns the folder for PATH.
 */
export function toolStandIns(folder: string, bare: string): Promise<string> {
  return standIns(folder, { docker: DOCKER, gh: gh(bare), curl: CURL, npm: NPM })
}

const STRICT = `
const args = process.argv.slice(2)
const refuse = why => { console.error(why + ': ' + args.join(' ')); process.exit(2) }
const take = word => { if (args.shift() !== word) refuse('expected ' + word) }
`

const DOCKER = `${STRICT}
import { spawnSync } from 'node:child_process'
take('run')
const flags = { '--rm': 0, '--init': 0, '-i': 0, '--network': 1, '--user': 1, '-v': 1, '-w': 1 }
const given = {}
while (args[0]?.startsWith('-')) {
  const flag = args.shift()
  if (!(flag in flags)) refuse('unknown flag ' + flag)
  given[flag] = flags[flag] ? args.shift() : true
}
if (given['--network'] !== 'none' || !given['--rm']) refuse('a network, or a container that stays')
const [outside, inside] = (given['-v'] ?? '').split(':')
if (inside !== given['-w']) refuse('the folder is not the mounted one')
if (!/^[\\w./-]+:[\\w.-]+$/.test(args.shift() ?? '')) refuse('no image with a tag')
const { status } = spawnSync(args[0], args.slice(1), { cwd: outside, env: { PATH: process.env.PATH }, stdio: 'inherit' })
process.exit(status ?? 1)
`

const gh = (bare: string) => `${STRICT}
import { spawnSync } from 'node:child_process'
const git = (...words) => spawnSync('git', ['-C', ${JSON.stringify(bare)}, ...words], { encoding: 'utf8' })
if (!process.env.GH_TOKEN) refuse('no GH_TOKEN')
const option = name => args[args.indexOf(name) + 1]
if (args[0] === 'api') {
  const path = args[1]?.replace('repos/o/r/git/', '')
  if (path?.startsWith('ref/')) process.exit(git('rev-parse', '--verify', '--quiet', 'refs/' + path.slice(4)).status)
  if (path !== 'refs') refuse('unknown call')
  const fields = Object.fromEntries(args.flatMap((word, i) => (word === '-f' ? [args[i + 1].split('=')] : [])))
  const made = git('update-ref', fields.ref, fields.sha, '0'.repeat(40))
  if (made.status !== 0) refuse(made.stderr)
} else if (args[0] === 'pr' && args[1] === 'view') process.exit(1)
else if (args[0] === 'pr' && args[1] === 'create') {
  if (git('rev-parse', '--verify', '--quiet', 'refs/heads/' + option('--head')).status !== 0) refuse('no such head')
  const { readFileSync } = await import('node:fs')
  console.log('opened "' + option('--title') + '": ' + readFileSync(option('--body-file') === '-' ? 0 : option('--body-file'), 'utf8').split('\\n')[0])
} else if (args[0] === 'release' && args[1] === 'create') {
  console.log('released ' + args.slice(2).join(' '))
} else refuse('unknown command')
`

const CURL = `${STRICT}
const known = ['--fail', '--silent', '--show-error', '--json']
const json = args[args.indexOf('--json') + 1]
for (const word of args) if (word.startsWith('--') && !known.includes(word)) refuse('unknown flag ' + word)
console.log('posted to ' + args.at(-1) + ': ' + JSON.parse(json).text)
`

const NPM = `${STRICT}
import { writeFileSync } from 'node:fs'
if (args[0] === 'ci') process.exit(0)
take('install')
if (!/^[\\w@/-]+@latest$/.test(args[0] ?? '')) refuse('not a package')
writeFileSync('package.json', JSON.stringify({ dependencies: { [args[0]]: '*' } }))
`
