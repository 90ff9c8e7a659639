// git `proc-receive` hook: refuses pushes in GitHub's own words, reason in parentheses included
// (a pre-receive hook can only ever say "pre-receive hook declined"). Rules: rules.json in the bare repository,
// written by github-hooks.ts. Plain node and self-contained: git starts it, not the test.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readSync, renameSync, writeFileSync, writeSync } from 'node:fs'

const file = `${process.env.GIT_DIR ?? '.'}/rules.json`
const rules = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
const repo = process
  .cwd()
  .split('/')
  .slice(-2)
  .join('/')
  .replace(/\.git$/, '')

// --- the protocol: pkt-lines, a flush ("0000") ends a section
function read(size) {
  const buffer = Buffer.alloc(size)
  for (let at = 0; at < size; ) {
    const got = readSync(0, buffer, at, size - at, null)
    if (got === 0) return null
    at += got
  }
  return buffer
}
function packet() {
  const size = Number.parseInt(read(4)?.toString() ?? '0000', 16)
  return size === 0 ? null : read(size - 4).toString()
}
function section() {
  const lines = []
  for (let line = packet(); line !== null; line = packet()) lines.push(line.replace(/\n$/, ''))
  return lines
}
const put = text => writeSync(1, (Buffer.byteLength(text) + 4).toString(16).padStart(4, '0') + text)
const flush = () => writeSync(1, '0000')
const say = (...lines) => writeSync(2, `${lines.join('\n')}\n`)

// --- what a push brings
const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 30 })
const isDelete = command => /^0+$/.test(command.next)

/** [{commit, path}] of every commit the push adds; nothing is skipped because a later commit undoes it. */
function touched(command, filter) {
  if (isDelete(command)) return []
  const commits = git('rev-list', '--reverse', command.next, '--not', '--all').split('\n').filter(Boolean)
  return commits.flatMap(commit => {
    const options = ['-r', '-c', '-z', '--root', '--no-commit-id', '--name-only', `--diff-filter=${filter}`]
    const paths = git('diff-tree', ...options, commit)
      .split('\0')
      .filter(Boolean)
    return paths.map(path => ({ commit, path }))
  })
}

// --- the refusals: each says its lines and returns git's reason, or null when the rule does not apply to this push
const ruleset = (ref, ...body) => {
  say(`error: GH013: Repository rule violations found for ${ref}.`, ...body)
  return 'push declined due to repository rule violations'
}
const REFUSALS = {
  'protected-branch'(rule, { ref }) {
    const lines = rule.lines ?? ['Changes must be made through a pull request.']
    say(`error: GH006: Protected branch update failed for ${ref}.`, ...lines.map(line => `error: ${line}`))
    return 'protected branch hook declined'
  },
  ruleset(rule, { ref }) {
    const lines = rule.lines ?? ['Changes must be made through a pull request.']
    const review = `https://github.com/${repo}/rules?ref=${encodeURIComponent(ref)}`
    return ruleset(
      ref,
      `Review all repository rules at ${review}`,
      '',
      ...lines.flatMap(line => [`- ${line}`, '']),
    )
  },
  secret(rule, command) {
    const places = touched(command, 'd').flatMap(({ commit, path }) => {
      const line = git('cat-file', 'blob', `${commit}:${path}`)
        .split('\n')
        .findIndex(text => text.includes(rule.marker))
      return line < 0 ? [] : [`         - commit: ${commit}`, `           path: ${path}:${line + 1}`]
    })
    if (places.length === 0) return null
    return ruleset(
      command.ref,
      '',
      '- GITHUB PUSH PROTECTION',
      `  ${'—'.repeat(41)}`,
      '    Resolve the following violations before pushing again',
      '',
      '    - Push cannot contain secrets',
      '',
      '    ',
      '     (?) Learn how to resolve a blocked push',
      '     https://docs.github.com/code-security/secret-scanning/working-with-secret-scanning-and-push-protection/working-with-push-protection-from-the-command-line#resolving-a-blocked-push',
      '    ',
      '    ',
      `      —— ${rule.type ?? 'GitHub Personal Access Token'} ${'—'.repeat(22)}`,
      '       locations:',
      ...places,
      '    ',
      '       (?) To push, remove secret from commit(s) or follow this URL to allow the secret.',
      `       https://github.com/${repo}/security/secret-scanning/unblock-secret/2zR1Jb0aWmS8XkqXxFv7cQ0YtLd`,
      '    ',
      '',
    )
  },
  'workflow-scope'(rule, command) {
    const [first] = touched(command, '').filter(({ path }) => path.startsWith('.github/workflows/'))
    if (!first) return null
    return `refusing to allow ${rule.who ?? 'a GitHub App'} to create or update workflow \`${first.path}\` without ${rule.scope ?? '`workflows` permission'}`
  },
  'large-file'(rule, command) {
    const limit = rule.limitBytes ?? 100 * 1024 * 1024
    const megabytes = bytes => (bytes / 1024 / 1024).toFixed(2)
    const sized = touched(command, 'd').map(({ commit, path }) => ({
      path,
      size: Number(git('cat-file', '-s', `${commit}:${path}`)),
    }))
    const large = sized.filter(({ size }) => size > limit)
    if (large.length === 0) return null
    say(
      'error: Trace: 5b1e8a4d0c9f27364a58b7e1d2c3f40996a7b8c9d0e1f2a3b4c5d6e7f8091a2b',
      'error: See https://gh.io/lfs for more information.',
      ...large.map(
        ({ path, size }) =>
          `error: File ${path} is ${megabytes(size)} MB; this exceeds GitHub's file size limit of ${megabytes(limit)} MB`,
      ),
      'error: GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com.',
    )
    return 'pre-receive hook declined'
  },
  stale: (rule, { ref, old }) =>
    `cannot lock ref '${ref}': is at ${rule.at ?? 'f'.repeat(40)} but expected ${old}`,
  internal() {
    say('fatal error in commit_refs')
    return 'failure'
  },
  hook(rule) {
    say(...(rule.lines ?? ['declined by policy']))
    return 'pre-receive hook declined'
  },
  bypass(rule, { ref }) {
    const lines = rule.lines ?? ['Changes must be made through a pull request.']
    say(`Bypassed rule violations for ${ref}:`, '', ...lines.flatMap(line => [`- ${line}`, '']))
    return null
  },
  /** Any other refusal: the `remote:` lines and the reason as the test gives them. */
  custom(rule) {
    say(...(rule.lines ?? []))
    return rule.reason
  },
}
/** GitHub looks for these in every ref, for the others only in branches. */
const EVERY_REF = new Set(['secret', 'workflow-scope', 'large-file'])

function judge(command) {
  for (const rule of rules) {
    const applies = rule.ref
      ? command.ref === rule.ref
      : EVERY_REF.has(rule.kind) || command.ref.startsWith('refs/heads/')
    if (!applies || rule.times === 0) continue
    const said = REFUSALS[rule.kind](rule, command)
    if (said === null && rule.kind !== 'bypass') continue
    if (rule.times !== undefined) {
      rule.times--
      // Renamed into place: the test may read it at any moment.
      writeFileSync(`${file}.${process.pid}`, JSON.stringify(rules))
      renameSync(`${file}.${process.pid}`, file)
    }
    if (said !== null) return said
  }
  return null
}

const pushOptions = section().some(line => line.includes('push-options'))
put(`version=1\0${pushOptions ? 'push-options' : ''}\n`)
flush()
const commands = section().map(line => {
  const [old, next, ref] = line.split(' ')
  return { old, next, ref }
})
if (pushOptions) section()
for (const command of commands) {
  const reason = judge(command)
  if (reason !== null) {
    put(`ng ${command.ref} ${reason}\n`)
  } else {
    // receive-pack updates the ref itself, under its own lock and with the old value.
    put(`ok ${command.ref}\n`)
    put('option fall-through\n')
  }
}
flush()
