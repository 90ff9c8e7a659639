/** Workers that turn on the run directory, which is theirs as much as ours: what is promised all the same. */
import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startArtifactServer } from '../rig/artifact-server.ts'
import { git } from '../rig/exec.ts'
import { outcomes, startSite, tasks } from '../rig/fanout.ts'
import { KINDS } from '../rig/kinds.ts'
import { tempDir } from '../rig/temp.ts'

const FOLDER = '${FANOUT_MANIFEST%/*}'

describe.each(KINDS)('workspaces: %s', (_, kind) => {
  const QUIET = { 'verify-when': 'never', workspaces: kind }
  test('a log that its worker removed, or replaced by a pipe, a link or a folder, is there in the end', async () => {
    await using at = await startSite()
    const then = (id: string, script: string) => ({
      id,
      run: `echo before; log="${FOLDER}/worker.log"; rm "$log"; ${script}; echo after; exit 1`,
    })
    const ran = await at.run({
      ...QUIET,
      tasks: tasks(
        then('gone', 'true'),
        then('pipe', 'mkfifo "$log"'),
        then('link', 'echo victim > ../victim; ln -s ../victim "$log"'),
        { id: 'closed', run: 'exec > /dev/null 2>&1; echo hidden; exit 1' },
        then('folder', 'mkdir -p "$log/x"'),
      ),
    })
    const directory = await ran.directory()
    const { summary } = directory
    expect(new Set(Object.values(outcomes(summary)))).toEqual(new Set(['failed (worker-exit)']))
    for (const id of ['gone', 'pipe', 'link']) {
      expect(await directory.text(`tasks/${id}/worker.log`)).toBe('before\nafter\n')
      expect(summary.tasks.find(task => task.id === id)?.files).toContain(`tasks/${id}/worker.log`)
    }
    expect(await readFile(join(directory.path, 'tasks/link/victim'), 'utf8')).toBe('victim\n')
    expect(ran.code).toBe(1)
    expect(ran.outputs.conclusion).toBe('failure')
  })

  test('a message file that is none hangs nothing, and nothing of another file gets into the message', async () => {
    await using at = await startSite({ via: 'file' })
    await using temp = await tempDir('secret')
    await writeFile(join(temp.path, 'secret'), 'a secret of the machine\n')
    const message = (id: string, script: string) => ({ id, run: `echo x > ${id}.txt; ${script}` })
    const ran = await at.cli({
      ...QUIET,
      tasks: tasks(
        message('pipe', 'mkfifo "$FANOUT_MESSAGE_FILE"'),
        message('folder', 'mkdir "$FANOUT_MESSAGE_FILE"'),
        message('link', `ln -s '${join(temp.path, 'secret')}' "$FANOUT_MESSAGE_FILE"`),
        message('endless', 'ln -s /dev/zero "$FANOUT_MESSAGE_FILE"'),
        message('sparse', 'truncate -s 5G "$FANOUT_MESSAGE_FILE"'),
        message('huge', 'head -c 20M /dev/zero | tr "\\0" m > "$FANOUT_MESSAGE_FILE"'),
        message('binary', 'head -c 4096 /dev/urandom > "$FANOUT_MESSAGE_FILE"'),
        message(
          'forged',
          'printf "forged\\n\\nFanout-Task: other\\nFanout-Run: 1-1\\n" > "$FANOUT_MESSAGE_FILE"',
        ),
        message(
          'author',
          'tree=$(git write-tree); printf "tree %s\\nparent %s\\nauthor <<>> x 99999999999999999999 +9\\ncommitter x <x> 1 +0000\\n\\nodd\\n" $tree $FANOUT_BASE_SHA > odd; git reset -q --soft $(git hash-object -t commit -w --literally odd); rm odd',
        ),
      ),
    })
    const { summary } = await ran.directory()
    expect(new Set(Object.values(outcomes(summary)))).toEqual(new Set(['landed']))
    const log = await git(at.remote.path, 'log', '--format=%B', 'main')
    expect(log).not.toContain('secret of the machine')
    expect(log).not.toContain('Fanout-Task: other')
    expect(Buffer.byteLength(log)).toBeLessThan(100 * 1024)
    expect(await git(at.remote.path, 'fsck', '--strict', '--no-dangling')).toBe('')
  })

  test('of the artifacts only what lies there is uploaded: no link is followed, no name spoils the rest', async () => {
    await using server = await startArtifactServer()
    await using temp = await tempDir('outside')
    await mkdir(join(temp.path, 'folder'))
    await writeFile(join(temp.path, 'folder', 'file'), 'from outside\n')
    await using at = await startSite({ via: 'file', job: { actionEnv: server.env } })
    const outside = join(temp.path, 'folder')
    const fill = [
      'cd "$FANOUT_ARTIFACTS"; echo mine > mine.txt; mkdir -p deep/er; echo deep > deep/er/file',
      `ln -s '${outside}/file' link; ln -s '${outside}' folder; ln '${outside}/file' hard || true`,
      "mkfifo pipe; echo odd > 'a:b*c?\"<>|'; echo line > $'new\\nline'; echo bytes > $'\\xff'; echo locked > locked; chmod 000 locked",
      'long=$(printf "d%.0s" $(seq 200)); for i in $(seq 30); do mkdir $long && cd $long; done; echo far > far.txt',
      'exit 1',
    ].join('\n')
    const swapped = `rm -r "$FANOUT_ARTIFACTS"; ln -s '${outside}' "$FANOUT_ARTIFACTS"; exit 1`
    const ran = await at.run({
      'artifact-name': 'it',
      ...QUIET,
      tasks: tasks(
        { id: 'fills', run: fill },
        { id: 'swaps', run: swapped },
        { id: 'honest', run: 'echo h > h.txt' },
      ),
    })
    expect(ran.annotations.filter(each => each.level === 'warning').map(each => each.message)).toEqual([])
    expect(ran.outputs['artifact-id']).toMatch(/^\d+$/)
    const sent = server.unzip('it')
    const names = [...sent.keys()]
    const own = 'tasks/fills/artifacts'
    for (const name of ['mine.txt', 'deep/er/file', 'new%0aline', 'a%3ab%2ac%3f%22%3c%3e%7c'])
      expect(names).toContain(`${own}/${name}`)
    expect(names).toContain('summary.json')
    expect(names).toContain('tasks/honest/worker.log')
    expect(names.filter(name => /\/(link|folder|pipe)(\/|$)|^tasks\/swaps\/artifacts/.test(name))).toEqual([])
    const directory = await ran.directory()
    const listed = directory.summary.tasks.flatMap(task => task.files)
    expect(listed.filter(name => /\/(link|folder|pipe)(\/|$)|^tasks\/swaps\/artifacts/.test(name))).toEqual(
      [],
    )
    expect(listed).toContain(`${own}/mine.txt`)
    expect((await ran.post())?.code).toBe(0)
  })

  test('what lies in the way of markers and bundles is not written through, and nothing is dropped', async () => {
    await using at = await startSite({ via: 'file' })
    await using temp = await tempDir('victim')
    const victim = join(temp.path, 'victim')
    await writeFile(victim, 'untouched\n')
    const gate = 'test ! -e red.txt'
    const inTheWay = (script: string) => `echo red > red.txt; cd "${FOLDER}"; ${script}`
    const ran = await at.cli({
      ...QUIET,
      gate,
      'gate-retries': '0',
      workers: '1',
      tasks: tasks(
        {
          id: 'links',
          run: inTheWay(
            `for file in work.bundle work.bundle.lock work.patch ci-failure.json; do ln -s '${victim}' $file; done`,
          ),
        },
        {
          id: 'pipes',
          run: inTheWay('mkfifo work.bundle work.bundle.lock work.patch gate-1.log ci-failure.json'),
        },
        {
          id: 'folders',
          run: inTheWay('mkdir -p work.bundle/x work.patch/x ci-failure.json/x work.bundle.lock/x'),
        },
        {
          id: 'taken',
          run: `${inTheWay('true')}; cd ../..; mkdir -p taken.away; mv taken/workspace taken.away; rm -rf taken; ln -s taken.away taken; mv taken.away/workspace taken.away/w2; ln -s w2 taken.away/workspace`,
        },
        { id: 'honest', run: 'echo honest > honest.txt' },
      ),
    })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toMatchObject({
      links: 'failed (gate)',
      pipes: 'failed (gate)',
      folders: 'failed (gate)',
      honest: 'landed',
    })
    expect(await readFile(victim, 'utf8')).toBe('untouched\n')
    const files = await directory.files()
    for (const id of ['links', 'pipes', 'folders']) {
      const bundle = join(directory.path, 'tasks', id, 'work.bundle')
      expect((await lstat(bundle)).isFile()).toBe(true)
      await git(at.remote.path, 'bundle', 'verify', '--quiet', bundle)
      expect(files.some(file => file.endsWith('ci-failure.json') && file.includes(id))).toBe(true)
    }
  })

  test('a pipe in the place of the journal or of a report keeps nobody waiting', async () => {
    await using at = await startSite()
    const pipe = (name: string): string => `rm -f "${FOLDER}/../../${name}"; mkfifo "${FOLDER}/../../${name}"`
    const run = `${pipe('journal.ndjson')}; ${pipe('inputs.json')}; ${pipe('summary.json')}; echo a > a.txt`
    const ran = await at.run({ ...QUIET, tasks: tasks({ id: 'a', run }) })
    expect(ran.outputs).toMatchObject({ conclusion: 'success', landed: '["a"]' })
    expect((await ran.post())?.code).toBe(0)
  })

  test('folders in the places of our files make way: what has landed is reported', async () => {
    await using at = await startSite({ via: 'file' })
    const names = 'summary.json summary.md report.html state.json'
    const run = `for name in ${names}; do rm -rf "${FOLDER}/../../$name"; mkdir -p "${FOLDER}/../../$name/x"; done; echo a > a.txt`
    const ran = await at.cli({ ...QUIET, tasks: tasks({ id: 'a', run }) })
    const directory = await ran.directory()
    expect(outcomes(directory.summary)).toEqual({ a: 'landed' })
    expect(await directory.text('report.html')).toContain('1 of 1 task landed')
    expect(await directory.text('summary.md')).toContain('1 of 1 task landed')
    expect(JSON.parse(await directory.text('state.json')).tasks).toMatchObject([{ outcome: 'landed' }])
    expect(ran.code).toBe(0)
  })

  test('the marker is written also where the work cannot be kept', async () => {
    await using at = await startSite({ via: 'file' })
    const ran = await at.cli({
      ...QUIET,
      // As a damaged disk would: what the bundle is made of is gone.
      gate: 'test ! -e a.txt || { rm -rf ../../store.git/objects/??; exit 7; }',
      'gate-retries': '0',
      tasks: tasks({ id: 'a', run: 'echo a > a.txt' }),
    })
    const directory = await ran.directory()
    expect(outcomes(directory.summary), ran.stdout).toEqual({ a: 'failed (gate)' })
    expect(ran.stdout).toContain('a: what it left could not all be kept')
    expect(await directory.json('tasks/a/ci-failure.json')).toMatchObject({ task_id: 'a', exit_code: 7 })
  })

  test("a worker that clears away other tasks' folders, the scripts or all of the run costs no lie", async () => {
    await using at = await startSite({ via: 'file' })
    const own = `echo "$FANOUT_TASK_ID" > "$FANOUT_TASK_ID.txt"`
    const others = await at.cli({
      ...QUIET,
      workers: '1',
      tasks: tasks(
        {
          id: 'a',
          run: `${own}; run="${FOLDER}/../.."; rm -rf "$run/tasks/b"; echo no > "$run/tasks/b"; mkfifo "$run/internal/task-c.sh"; mkdir -p "$run/tasks/d"; ln -s /etc "$run/tasks/d/artifacts"; mkfifo "$run/tasks/d/worker.log"`,
        },
        { id: 'b', run: own },
        { id: 'c', run: own },
        { id: 'd', run: own },
      ),
    })
    const first = outcomes((await others.directory()).summary)
    expect(first).toMatchObject({ a: 'landed', b: 'failed (workspace)', c: 'landed' })
    expect(Object.keys(await at.remote.files()).sort()).toEqual(
      [
        'README.md',
        ...Object.keys(first)
          .filter(id => first[id] === 'landed')
          .map(id => `${id}.txt`),
      ].sort(),
    )
    const all = await at.cli({
      ...QUIET,
      workers: '1',
      tasks: tasks({ id: 'x', run: `${own}; cd /; rm -rf "${FOLDER}/../.."` }, { id: 'y', run: own }),
    })
    expect(all.code).toBe(1)
    expect(Object.keys(await at.remote.files())).not.toContain('x.txt')
    expect((await readdir(at.root)).length).toBeGreaterThan(0)
  })
})
