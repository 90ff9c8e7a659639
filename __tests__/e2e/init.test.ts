/** `fanout init` in the repository of a new user, then what it says, to the letter. */
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { STARTER_FILES, TASKS_FILE, WORKFLOW_FILE } from '../../src/action/starter.ts'
import { startBed } from '../rig/bed.ts'
import { checkout } from '../rig/checkout.ts'
import { git, run } from '../rig/exec.ts'
import { PRODUCT, startCli } from '../rig/fanout.ts'
import { createRepo } from '../rig/repo.ts'
import { runWorkflow } from '../rig/run-workflow.ts'
import { type TempDir, tempDir, writeFiles } from '../rig/temp.ts'

/** The lines that are there to be copied. */
const commandsIn = (text: string) => [...text.matchAll(/^ {6}(\S.*)$/gm)].map(([, command = '']) => command)

/** Each in a shell of its own, where the user stands; throws at the first that fails. */
async function follow(commands: readonly string[], cwd: string, temp: TempDir): Promise<string> {
  let said = ''
  for (const command of commands) {
    const { code, stdout, stderr } = await run('bash', ['-c', command], {
      cwd,
      env: { RUNNER_TEMP: temp.path },
    })
    said += `$ ${command}\n${stdout}${stderr}`
    if (code !== 0) throw new Error(`ended with ${code}:\n${said}`)
  }
  return said
}

describe('in a clone of a repository', () => {
  test('what it says works as it stands: a task lands, and the workflow is pushed', async () => {
    await using remote = await createRepo()
    await using clone = await remote.clone()
    await using temp = await tempDir('init')
    const { code, stdout, stderr } = await startCli(clone.path, ['init']).done
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^wrote tasks\.yml\nwrote \.github\/workflows\/fanout\.yml\n\nNext:\n {2}1\. /)
    const commands = commandsIn(stdout)
    expect(commands.map(command => command.replace(/^.*index\.js/, 'fanout'))).toEqual([
      'fanout plan --tasks tasks.yml',
      'fanout run --tasks tasks.yml --dry-run',
      'fanout run --tasks tasks.yml',
      'git pull',
      'git add tasks.yml .github/workflows/fanout.yml',
      "git commit -m 'Run tasks with Fanout'",
      'git push',
    ])
    const said = await follow(commands, clone.path, temp)
    expect(said).toContain('1 of 2 tasks in tasks.yml would run')
    expect(said).toContain('1 of 1 task would land on main')
    expect(await remote.log()).toBe(
      'Run tasks with Fanout\nAdd an .editorconfig [Fanout-Task: editorconfig]\ninitial',
    )
    const files = await remote.files()
    expect(files).toMatchObject(STARTER_FILES)
    expect(files['.editorconfig']).toBe(
      'root = true\n\n[*]\ncharset = utf-8\nend_of_line = lf\ninsert_final_newline = true\n',
    )
  })

  test('from a folder in it, too', async () => {
    await using remote = await createRepo()
    await using clone = await remote.clone()
    await using temp = await tempDir('init')
    const cwd = join(clone.path, 'packages', 'one')
    await mkdir(cwd, { recursive: true })
    const { stdout } = await startCli(cwd, ['init']).done
    expect(stdout).toContain('wrote ../../tasks.yml')
    await follow(commandsIn(stdout), cwd, temp)
    expect(Object.keys(await remote.files())).toEqual(expect.arrayContaining([TASKS_FILE, '.editorconfig']))
  })

  test.each([
    ['.github', '.github', 'outside', ''],
    ['.github/workflows', '.github/workflows', 'outside', ''],
    ['.github, to a folder that is not there', '.github', 'outside/missing', ''],
    ['.github, from a folder in the repository', '.github', 'outside', 'packages'],
  ])(
    'a link out of the repository is not followed, and nothing is written: %s',
    async (_, name, to, from) => {
      await using remote = await createRepo()
      await using clone = await remote.clone()
      await using temp = await tempDir('init')
      const [link, outside] = [join(clone.path, name), join(temp.path, 'outside')]
      await Promise.all(
        [outside, dirname(link), join(clone.path, from)].map(each => mkdir(each, { recursive: true })),
      )
      await symlink(join(temp.path, to), link)
      const { code, stdout, stderr } = await startCli(join(clone.path, from), ['init']).done
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      const seen = from === '' ? name : `../${name}`
      expect(stderr).toMatch(
        /^error: .* is a link that leads out of the repository\. .* Replace the link .*\n$/,
      )
      expect(stderr).toContain(`error: ${seen} is`)
      expect(await readdir(outside)).toEqual([])
      expect(await readdir(clone.path)).not.toContain(TASKS_FILE)
    },
  )

  test('a link within the repository is followed', async () => {
    await using remote = await createRepo()
    await using clone = await remote.clone()
    await mkdir(join(clone.path, 'config'))
    await symlink('config', join(clone.path, '.github'))
    expect(await startCli(clone.path, ['init']).done).toMatchObject({ code: 0, stderr: '' })
    expect(await readdir(join(clone.path, 'config', 'workflows'))).toEqual(['fanout.yml'])
  })

  test('a file where the folder must be is said', async () => {
    await using remote = await createRepo()
    await using clone = await remote.clone()
    await mkdir(join(clone.path, '.github'))
    await writeFile(join(clone.path, '.github', 'workflows'), 'mine\n')
    const { code, stderr } = await startCli(clone.path, ['init']).done
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^error: \.github\/workflows\/fanout\.yml cannot be written: EEXIST/),
    })
  })

  test('nothing is ever overwritten', async () => {
    await using remote = await createRepo()
    await using clone = await remote.clone()
    await writeFile(join(clone.path, TASKS_FILE), 'mine\n')
    const first = await startCli(clone.path, ['init']).done
    expect(first.stdout).toMatch(
      /^wrote \.github\/workflows\/fanout\.yml\ntasks\.yml is there already: left as it is\n/,
    )
    await writeFile(join(clone.path, WORKFLOW_FILE), 'mine, too\n')
    const again = await startCli(clone.path, ['init']).done
    expect(again.code).toBe(0)
    expect(again.stdout).not.toContain('wrote')
    const texts = [TASKS_FILE, WORKFLOW_FILE].map(name => readFile(join(clone.path, name), 'utf8'))
    expect(await Promise.all(texts)).toEqual(['mine\n', 'mine, too\n'])
  })
})

test('in a repository without a commit and a remote it begins with these', async () => {
  await using remote = await createRepo()
  await git(remote.path, 'update-ref', '-d', 'refs/heads/main')
  await using temp = await tempDir('init')
  const cwd = join(temp.path, 'new')
  await git(temp.path, 'init', '--quiet', '--initial-branch=main', cwd)
  const { stdout } = await startCli(cwd, ['init']).done
  const commands = commandsIn(stdout).map(line => line.replace('<the address of your remote>', remote.url))
  expect(commands.slice(0, 4)).toEqual([
    'git add --all',
    "git commit -m 'First commit'",
    `git remote add origin ${remote.url}`,
    'git push --set-upstream origin HEAD',
  ])
  await follow(commands, cwd, temp)
  expect(await remote.log()).toBe('Add an .editorconfig [Fanout-Task: editorconfig]\nFirst commit')
})

test('where there is no repository it says so, and writes nothing', async () => {
  await using temp = await tempDir('init')
  const { code, stdout, stderr } = await startCli(temp.path, ['init', 'now', '--force']).done
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^error: unknown option --force/),
    'error: unexpected argument "now": fanout init takes none',
    expect.stringMatching(/^error: .* is in no git repository\. .* git init$/),
  ])
})

describe('its workflow', () => {
  const TOKEN = 'ghs_token.of.the.job'

  test.each([
    ['by hand', { event_name: 'workflow_dispatch' }, { 'dry-run': false }, 'landed'],
    ['by hand, as a dry run', { event_name: 'workflow_dispatch' }, { 'dry-run': true }, 'rehearsed'],
    ['at night', { event_name: 'schedule' }, {}, 'landed'],
  ])('lands the first task: %s', async (_, github, inputs, expected) => {
    await using bed = await startBed({ tokens: { [TOKEN]: {} }, host: 'git.localhost' })
    const sha = await bed.remote.commit({ files: STARTER_FILES, message: 'init' })
    await using folder = await tempDir('workflow')
    await writeFiles(folder.path, STARTER_FILES)
    await using done = await runWorkflow(join(folder.path, WORKFLOW_FILE), {
      github: { sha, server_url: bed.server.url, repository: 'o/r', ...github },
      inputs,
      token: TOKEN,
      actions: { 'actions/checkout': checkout(bed.remote.url), 'OWNER/fanout': PRODUCT },
    })
    expect(done.conclusion, done.jobs.fanout?.log.join('\n')).toBe('success')
    const landed = 'Add an .editorconfig [Fanout-Task: editorconfig]\n'
    expect(await bed.remote.log()).toBe(`${expected === 'landed' ? landed : ''}init\ninitial`)
    expect(done.jobs.fanout?.summary).toContain('Add an .editorconfig')
  })
})
