/** Every console block on the pages is performed in a folder as a reader has it, and says what it is shown to say. */
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { commandsOf, matches, perform } from '../rig/console.ts'
import { git } from '../rig/exec.ts'
import { PRODUCT, startCli } from '../rig/fanout.ts'
import { fence, fencesOf, pages } from '../rig/fences.ts'
import { createRepo, type Files } from '../rig/repo.ts'
import { pathWith, standIns } from '../rig/stand-ins.ts'
import { tempDir } from '../rig/temp.ts'

// Whole workflows, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 })

const FILES: Files = {
  'scripts/agent.sh': {
    content: '#!/bin/sh\nmkdir -p "packages/core"\ncat > "packages/core/$FANOUT_TASK_ID.txt"\n',
    mode: '100755',
  },
  Makefile: 'test:\n\t@true\nclient:\n\ttouch client.txt\n',
  'tasks.yml': fence('README.md#Quick start (2)', 'yaml').text,
}

/** A reader's folder: a clone of a repository of their own, and this one beside it. */
interface Desk {
  readonly root: string
  readonly clone: string
}

interface Scene {
  readonly files?: Files
  prepare?(desk: Desk): Promise<unknown>
  check?(desk: Desk): Promise<unknown>
}

const DRAFTS = `
- { id: bump-zod, run: npm install zod@latest }
- { id: regenerate-client, needs: bump-zod, run: make client }
- { id: strict-core, title: Turn on strictNullChecks in packages/core, status: draft }
- { id: strict-web, needs: strict-core }
`

/** What blocks need beside the desk; the name is \`page#heading\`. */
const SCENES: Readonly<Record<string, Scene>> = {
  'README.md#What would run': { files: { 'tasks.yml': DRAFTS } },
  'README.md#Landing kept work by hand': {
    async prepare({ root, clone }) {
      const runs = join(root, 'runs')
      const inputs = ['--only', 'strict-core', '--run', './scripts/agent.sh', '--gate', 'false']
      const args = ['run', '--tasks', 'tasks.yml', ...inputs, '--workspace-root', runs]
      const { code, stdout, directory } = await startCli(clone, args).done
      expect(code, stdout).toBe(1)
      await symlink(join((await directory()).path, 'tasks'), join(clone, 'tasks'))
    },
    async check({ clone }) {
      expect(await git(clone, 'log', '-1', '--format=%s')).toContain('Turn on strictNullChecks')
      // The way without the bundle's base, shown in a sentence below.
      await git(clone, 'reset', '--quiet', '--hard', 'HEAD~1')
      await git(clone, 'apply', '--3way', 'tasks/strict-core/work.patch')
      expect(await git(clone, 'status', '--porcelain', 'packages')).toContain('strict-core.txt')
    },
  },
  'docs/landing.md#What lands': {
    async prepare({ root, clone }) {
      const args = ['run', '--tasks', 'tasks.yml', '--only', 'strict-core', '--run', './scripts/agent.sh']
      const { code, stdout } = await startCli(clone, [...args, '--workspace-root', join(root, 'runs')]).done
      expect(code, stdout).toBe(0)
      await git(clone, 'fetch', '--quiet')
    },
  },
}

const blocks = pages()
  .flatMap(page => fencesOf(page))
  .filter(({ lang }) => lang === 'console')

describe('what the pages show in a terminal', () => {
  test('every scene is about a block that is there', () => {
    const names = blocks.map(({ name }) => name)
    expect(Object.keys(SCENES).filter(name => !names.includes(name))).toEqual([])
  })

  test.each(blocks)('$name', async ({ name, text }) => {
    const { files = {}, prepare, check } = SCENES[name] ?? {}
    await using remote = await createRepo({ files: { ...FILES, ...files } })
    await using desk = await tempDir('desk')
    await git(desk.path, 'clone', '--quiet', remote.url, 'your-repository')
    await symlink(PRODUCT, join(desk.path, 'fanout'))
    const here = { root: desk.path, clone: join(desk.path, 'your-repository') }
    await prepare?.(here)
    const first = commandsOf(text)[0]?.command ?? ''
    const cwd = first.startsWith('cd your-repository') ? here.root : here.clone
    const env = {
      PATH: pathWith(await bin(desk.path)),
      TMPDIR: await folder(desk.path, 'tmp'),
      XDG_STATE_HOME: await folder(desk.path, 'state'),
    }
    for (const { command, code, said, output } of await perform(text, cwd, env)) {
      expect(code, `${command}\n${said.join('\n')}`).toBe(0)
      if (output.length > 0) expect(matches(said, output), `${command}\nsaid\n${said.join('\n')}`).toBe(true)
    }
    await check?.(here)
  })
})

/** `npm install` of a task: nothing is fetched. */
function bin(root: string): Promise<string> {
  const npm =
    "import { writeFileSync } from 'node:fs'\nwriteFileSync('package.json', process.argv.slice(2).join(' '))\n"
  return standIns(join(root, 'bin'), { npm })
}

async function folder(root: string, name: string): Promise<string> {
  const path = join(root, name)
  await mkdir(path)
  return path
}
