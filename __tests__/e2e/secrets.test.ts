/** A worker that writes down a value which is masked: it is on no branch and in nothing that leaves the machine. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startArtifactServer } from '../rig/artifact-server.ts'
import { git } from '../rig/exec.ts'
import { outcomes, type Site, startSite, tasks } from '../rig/fanout.ts'
import { setRules } from '../rig/github-hooks.ts'

const NEVER = { 'verify-when': 'never', 'push-backoff-ms': '1' }
const KEY = 'mk-3141592653-example'
/** A key of several lines, one of which anybody may write. */
const BODY = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj'
const PEM = `-----BEGIN PRIVATE KEY-----\n${BODY}\n-----END PRIVATE KEY-----`

async function isOnRemote(site: Site, text: string): Promise<boolean> {
  return (await git(site.remote.path, 'log', '--all', '-p', '--text', '--format=%B')).includes(text)
}

/** Files of the run directory in which it can be read, but for those that are meant to hold it. */
async function holding(dir: string, files: readonly string[], text: string): Promise<string[]> {
  const found: string[] = []
  for (const file of files.filter(
    name => !/^(store\.git|internal)\/|\/workspace\/|\/message\.txt$/.test(name),
  ))
    if ((await readFile(join(dir, file))).includes(text)) found.push(file)
  return found
}

test('places are named, the value is nowhere, and the others land', async () => {
  await using site = await startSite({ via: 'file', repo: { files: { old: `a\nkey=${KEY}\nb\n` } } })
  const ran = await site.cli(
    {
      ...NEVER,
      'keep-workspaces': 'never',
      tasks: tasks(
        {
          id: 'env',
          run: 'echo "A=1\nMODEL_API_KEY=$MODEL_API_KEY" > .env; echo "k = \'$MODEL_API_KEY\'" > c.js',
        },
        { id: 'encoded', run: 'printf %s "$MODEL_API_KEY" | base64 -w0 > token.b64' },
        { id: 'named', run: 'mkdir keys; echo x > "keys/$MODEL_API_KEY"' },
        { id: 'linked', run: 'ln -s "$MODEL_API_KEY" link' },
        { id: 'binary', run: 'printf "\\0\\1$MODEL_API_KEY\\0" > blob' },
        { id: 'line', run: 'echo "$SIGNING_PRIVATE_KEY" | sed -n 2p > key.txt' },
        { id: 'scoped', paths: ['docs/**'], run: 'echo "$MODEL_API_KEY" > other' },
        { id: 'fails', run: 'echo "$MODEL_API_KEY" > kept; exit 3' },
        { id: 'begin', run: 'echo "A key begins so: -----BEGIN PRIVATE KEY-----" > docs.md' },
        { id: 'header', run: 'echo "-----BEGIN PRIVATE KEY-----" > header.pem' },
        { id: 'moves', run: 'git mv old new; echo more >> new' },
        { id: 'says', run: 'echo 1 > said; echo "with $MODEL_API_KEY" > "$FANOUT_MESSAGE_FILE"' },
        { id: 'word', run: 'echo "$DB_PASSWORD" > word' },
      ),
    },
    { MODEL_API_KEY: KEY, SIGNING_PRIVATE_KEY: PEM, DB_PASSWORD: 'postgres' },
  )
  const { summary, path, files } = await ran.directory()
  expect(outcomes(summary), ran.stdout).toEqual({
    ...{ env: 'failed (secret)', encoded: 'failed (secret)', named: 'failed (secret)' },
    ...{ linked: 'failed (secret)', binary: 'failed (secret)', line: 'failed (secret)' },
    ...{ scoped: 'failed (secret)', fails: 'failed (worker-exit)' },
    ...{ begin: 'landed', header: 'landed', moves: 'landed', says: 'landed', word: 'landed' },
  })
  const why = (id: string) => summary.tasks.find(task => task.id === id)?.reason?.message ?? ''
  expect(why('env')).toMatch(/masks: \.env:2 and c\.js:1\./)
  expect(why('encoded')).toContain('token.b64:1')
  expect(why('named')).toContain('keys/*** (its name)')
  expect(why('linked')).toContain('link:1')
  expect(why('binary')).toContain('blob:1')
  expect(why('line')).toContain('key.txt:1')
  expect(why('fails')).toContain('`work-secret.bundle`')
  const all = await files()
  for (const id of ['env', 'fails']) {
    expect(all).toContain(`tasks/${id}/work-secret.bundle`)
    expect(all).not.toContain(`tasks/${id}/work.bundle`)
    expect(await readFile(join(path, 'tasks', id, 'work.patch'), 'utf8')).toContain('***')
  }
  for (const text of [KEY, BODY, Buffer.from(KEY).toString('base64')]) {
    expect(ran.stdout + ran.stderr).not.toContain(text)
    expect(await holding(path, all, text)).toEqual([])
  }
  expect(await isOnRemote(site, BODY)).toBe(false)
  expect(Object.keys(await site.remote.refs()).filter(ref => ref.startsWith('refs/fanout/'))).toEqual([])
  expect((await site.remote.files()).new).toBe(`a\nkey=${KEY}\nb\nmore\n`)
}, 120_000)

test('what is uploaded and shown on the page of the job is without it; elsewhere left commits as well', async () => {
  await using artifacts = await startArtifactServer()
  await using site = await startSite({ server: { host: 'git.localhost' }, job: { actionEnv: artifacts.env } })
  const stash =
    'git checkout -qb side; echo "$MODEL_API_KEY" > s; git add s; git commit -qm s; git checkout -q -'
  const list = tasks(
    { id: 'writes', run: 'echo "$MODEL_API_KEY" > a' },
    { id: 'leaves', run: `${stash}; echo own > own` },
    {
      id: 'fine',
      run: 'git checkout -qb side; echo b > b; git add b; git commit -qm b; git checkout -q -; exit 1',
    },
  )
  const ran = await site.run({ ...NEVER, tasks: list }, { MODEL_API_KEY: KEY })
  const { summary, files } = await ran.directory()
  expect(outcomes(summary)).toEqual({
    ...{ writes: 'failed (secret)', leaves: 'landed', fine: 'failed (worker-exit)' },
  })
  expect(ran.summary).toContain('work-secret.bundle')
  expect(ran.log.join('\n') + ran.summary + JSON.stringify(ran.annotations)).not.toContain(KEY)
  const sent = artifacts.unzip('fanout-1-1')
  const names = [...sent.keys()]
  expect(names.filter(name => name.endsWith('.bundle'))).toEqual(['tasks/fine/branches.bundle'])
  expect(names).toContain('tasks/writes/work.patch')
  expect([...sent].filter(([, bytes]) => bytes.includes(KEY))).toEqual([])
  expect((await files()).filter(name => name.endsWith('.bundle')).toSorted()).toEqual([
    'tasks/fine/branches.bundle',
    'tasks/leaves/branches-secret.bundle',
    'tasks/writes/work-secret.bundle',
  ])
}, 120_000)

test('kept work of an earlier run is looked through as well: its worker starts again', async () => {
  await using site = await startSite({ via: 'file' })
  const list = tasks({ id: 'a', run: 'echo "${LEAK:-clean}" > a.txt' })
  const run = async (id: string, env: Readonly<Record<string, string>>) => {
    const ran = await site.cli({ ...NEVER, tasks: list }, { ...env, GITHUB_RUN_ID: id })
    return { ...ran, outcomes: outcomes((await ran.directory()).summary) }
  }
  await setRules(site.remote.path, [{ kind: 'protected-branch', ref: 'refs/heads/main' }])
  const first = await run('101', { LEAK: KEY })
  expect(first.outcomes).toEqual({ a: 'blocked-push (protected-branch)' })
  await setRules(site.remote.path, [])
  const second = await run('102', { MODEL_API_KEY: KEY })
  expect(second.outcomes).toEqual({ a: 'landed' })
  expect(second.stdout).toContain('work kept by an earlier run is not used')
  expect(second.stdout).not.toContain(KEY)
  expect((await site.remote.files())['a.txt']).toBe('clean\n')
}, 120_000)

test('a remediation that writes it down has not repaired the work, which is kept as it was', async () => {
  await using site = await startSite({ via: 'file' })
  const ran = await site.cli(
    {
      ...NEVER,
      tasks: tasks({ id: 'a', run: 'echo a > a.txt' }),
      gate: 'test ! -f a.txt || test -f ok',
      remediate: 'echo "$MODEL_API_KEY" > ok',
      'max-remediations': '1',
    },
    { MODEL_API_KEY: KEY },
  )
  const { summary, files } = await ran.directory()
  expect(outcomes(summary), ran.stdout).toEqual({ a: expect.stringMatching(/^failed/) })
  expect(await files()).toContain('tasks/a/work.bundle')
  expect(await isOnRemote(site, KEY)).toBe(false)
}, 120_000)
