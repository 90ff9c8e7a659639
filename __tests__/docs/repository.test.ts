/** The repository's own files: linted, pinned, least permissions; and its workflows executed. */
import { chmod, cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { releaseNotes } from '../../scripts/release-notes.ts'
import { startArtifactServer } from '../rig/artifact-server.ts'
import { startBed } from '../rig/bed.ts'
import { checkout } from '../rig/checkout.ts'
import { git } from '../rig/exec.ts'
import { PRODUCT } from '../rig/fanout.ts'
import { textOf } from '../rig/fences.ts'
import { lint } from '../rig/lint.ts'
import { runWorkflow, type WorkflowOptions } from '../rig/run-workflow.ts'
import { pathWith } from '../rig/stand-ins.ts'
import { tempDir, writeFiles } from '../rig/temp.ts'
import { toolStandIns } from '../rig/tools.ts'

// Whole workflows, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 })

const WORKFLOWS = '.github/workflows'
const workflows = await readdir(join(PRODUCT, WORKFLOWS))

describe('workflows', () => {
  test.each(workflows)('%s: no linter has a word about it', async name => {
    expect(await lint(name, textOf(`${WORKFLOWS}/${name}`))).toEqual([])
  })

  test.each(workflows)('%s: actions by commit, with their version beside it', name => {
    const used = [...textOf(`${WORKFLOWS}/${name}`).matchAll(/uses: (.+)$/gm)].map(([, what = '']) => what)
    for (const what of used) expect(what).toMatch(/^(?:\.\/|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/)
  })

  test.each(workflows)(
    '%s: reads only, unless a job says otherwise, and never without a time limit',
    name => {
      const { permissions, jobs } = parse(textOf(`${WORKFLOWS}/${name}`))
      expect(permissions).toEqual({ contents: 'read' })
      for (const job of Object.values<Record<string, unknown>>(jobs))
        expect(job['timeout-minutes']).toBeGreaterThan(0)
    },
  )

  test('action.yml: no linter has a word about it', async () => {
    expect(await lint('action.yml', textOf('action.yml'))).toEqual([])
  })
})

describe('forms', () => {
  const Form = z.strictObject({
    name: z.string().min(1),
    description: z.string().min(1),
    labels: z.array(z.string()),
    body: z
      .array(
        z.strictObject({
          type: z.enum(['input', 'textarea', 'dropdown', 'checkboxes', 'markdown']),
          id: z.string().regex(/^[\w-]+$/),
          attributes: z.strictObject({
            label: z.string().min(1),
            description: z.string().optional(),
            placeholder: z.string().optional(),
            render: z.enum(['yaml', 'text']).optional(),
          }),
          validations: z.strictObject({ required: z.boolean() }).optional(),
        }),
      )
      .min(1),
  })

  test.each(['bug.yml', 'idea.yml'])('%s is an issue form', name => {
    const form = Form.parse(parse(textOf(`.github/ISSUE_TEMPLATE/${name}`)))
    expect(new Set(form.body.map(({ id }) => id)).size).toBe(form.body.length)
  })

  test('what people are sent to is there', () => {
    const { contact_links: links } = parse(textOf('.github/ISSUE_TEMPLATE/config.yml'))
    const pages = links.flatMap(({ url }: { url: string }) => /\/blob\/main\/(.+)$/.exec(url)?.[1] ?? [])
    expect(pages).toEqual(['docs/troubleshooting.md'])
    expect(textOf(pages[0])).not.toBe('')
  })

  test('dependabot looks after what there is', () => {
    const { version, updates } = parse(textOf('.github/dependabot.yml'))
    expect(version).toBe(2)
    const kinds = updates.map((each: Record<string, unknown>) => each['package-ecosystem'])
    expect(kinds).toEqual(['npm', 'github-actions'])
  })
})

describe('release notes', () => {
  const changelog = '# Changelog\n\n## 1.10.0\n\nNew.\n\n## 1.1.0 (unreleased)\n\nSoon.\n\n## 1.0.0\n'

  test.each([
    ['v1.10.0', '1.10.0', { notes: 'New.' }],
    ['v1.1.0', '1.1.0', { problem: 'CHANGELOG.md calls 1.1.0 unreleased' }],
    ['v1.0.0', '1.0.0', { problem: 'CHANGELOG.md says nothing about 1.0.0' }],
    ['v1.2.0', '1.2.0', { problem: 'CHANGELOG.md has no section 1.2.0' }],
    ['v1.2.0', '1.10.0', { problem: 'the tag is v1.2.0, and package.json has version 1.10.0' }],
  ])('%s of version %s', (tag, version, expected) => {
    expect(releaseNotes(tag, changelog, version)).toEqual(expected)
  })

  test("CHANGELOG.md knows package.json's version", () => {
    const { version } = JSON.parse(textOf('package.json'))
    expect(textOf('CHANGELOG.md')).toMatch(new RegExp(`^## ${version.replaceAll('.', '\\.')}( |$)`, 'm'))
  })
})

type Execution = {
  readonly github: NonNullable<WorkflowOptions['github']>
  /** More files of the repository. */
  readonly files?: Readonly<Record<string, string>>
  readonly tags?: readonly string[]
}

/** This repository as it is, with checks that take no time, on a git server; its workflow executed there. */
async function execute(name: string, { github, files = {}, tags = [] }: Execution) {
  await using stack = new AsyncDisposableStack()
  const token = 'ghs_token.of.the.job'
  const bed = stack.use(await startBed({ tokens: { [token]: {} }, host: 'git.localhost' }))
  const artifacts = stack.use(await startArtifactServer())
  const folder = stack.use(await tempDir('product'))
  for (const path of ['action.yml', 'dist/main', 'dist/post', 'src/main.ts', WORKFLOWS]) {
    await cp(join(PRODUCT, path), join(folder.path, path), { recursive: true })
  }
  const checks = '#!/bin/sh\nmkdir -p node_modules/.bin && echo all checks\n'
  await writeFiles(folder.path, {
    '.ci/run': checks,
    Makefile: 'build:\n\t@echo built\n',
    '.gitignore': 'node_modules/\n',
    ...files,
  })
  await chmod(join(folder.path, '.ci/run'), 0o755)
  await git(folder.path, 'init', '--quiet', '--initial-branch=main')
  await git(folder.path, 'add', '--all', '--force')
  await git(folder.path, 'commit', '--quiet', '-m', 'product')
  await git(folder.path, 'push', '--quiet', '--force', bed.remote.path, 'main')
  for (const tag of tags) await git(folder.path, 'push', '--quiet', bed.remote.path, `main:refs/tags/${tag}`)
  const sha = await bed.remote.tip()
  const bin = await toolStandIns(join(folder.path, 'bin'), bed.remote.path)
  const done = stack.use(
    await runWorkflow(join(PRODUCT, WORKFLOWS, name), {
      token,
      actionEnv: artifacts.env,
      env: { PATH: pathWith(bin) },
      github: { sha, server_url: bed.server.url, repository: 'o/r', run_id: '77', ...github },
      actions: { 'actions/checkout': checkout(bed.remote.url) },
    }),
  )
  const owned = stack.move()
  const log = Object.values(done.jobs)
    .flatMap(job => job.log)
    .join('\n')
  return { done, log, remote: bed.remote, sha, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

describe('what the workflows do', () => {
  test('ci: the checks, dist, and the action itself on a scratch branch that is gone in the end', async () => {
    await using ran = await execute('ci.yml', { github: { event_name: 'push' } })
    expect(ran.done.conclusion, ran.log).toBe('success')
    expect(ran.log).toContain('all checks')
    expect(ran.log.match(/two Fanout-Task: two/g)).toHaveLength(2)
    expect(Object.keys(await ran.remote.refs())).toEqual(['refs/heads/main'])
  })

  test('ci of a pull request does not write', async () => {
    await using ran = await execute('ci.yml', { github: { event_name: 'pull_request' } })
    expect(ran.done.conclusion, ran.log).toBe('success')
    expect(ran.done.jobs.self?.result).toBe('skipped')
  })

  const release = (tag: string, tags: readonly string[]) =>
    execute('release.yml', {
      github: { event_name: 'push', ref: `refs/tags/${tag}`, ref_name: tag, ref_type: 'tag' },
      tags,
      files: {
        'scripts/release-notes.ts': textOf('scripts/release-notes.ts'),
        'package.json': JSON.stringify({ type: 'module', version: tag.slice(1) }),
        'CHANGELOG.md': `# Changelog\n\n## ${tag.slice(1)}\n\nBetter.\n`,
      },
    })

  test('release: all checks, a release with its notes, and the major tag moves', async () => {
    await using ran = await release('v1.10.0', ['v1.9.0', 'v1.10.0'])
    expect(ran.done.conclusion, ran.log).toBe('success')
    expect(ran.log).toMatch(
      /^all checks[\s\S]*^released v1\.10\.0 --verify-tag --title v1\.10\.0 --notes-file /m,
    )
    expect((await ran.remote.refs())['refs/tags/v1']).toBe(ran.sha)
  })

  test('release of an older line: the major tag stays', async () => {
    await using ran = await release('v1.9.1', ['v1.9.1', 'v1.10.0'])
    expect(ran.done.conclusion, ran.log).toBe('success')
    expect(ran.log).toContain('v1 stays at v1.10.0')
    expect(await ran.remote.refs()).not.toHaveProperty('refs/tags/v1')
  })

  test('release of a version that the changelog does not know: none', async () => {
    await using wrong = await execute('release.yml', {
      github: { event_name: 'push', ref: 'refs/tags/v2.0.0', ref_name: 'v2.0.0', ref_type: 'tag' },
      tags: ['v2.0.0'],
      files: {
        'scripts/release-notes.ts': textOf('scripts/release-notes.ts'),
        'package.json': '{ "type": "module", "version": "2.0.0" }',
        'CHANGELOG.md': textOf('CHANGELOG.md'),
      },
    })
    expect(wrong.done.conclusion).toBe('failure')
    expect(wrong.log).toContain('CHANGELOG.md has no section 2.0.0')
    expect(wrong.log).not.toContain('released')
  })
})
