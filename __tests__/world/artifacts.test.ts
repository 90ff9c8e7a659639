/** The real client against a server of its protocol. It reads its service's address from this process's environment. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Age } from '../../src/decide/artifact-name.ts'
import { uploadRun } from '../../src/world/artifacts.ts'
import { downloadEarlier } from '../../src/world/earlier-artifacts.ts'
import { type ArtifactServer, startArtifactServer } from '../rig/artifact-server.ts'
import { tempDir, writeFiles } from '../rig/temp.ts'

const never = new AbortController().signal
const OPTIONS = {
  retentionDays: 0,
  mask: (text: string) => text.replaceAll('sesame', '***'),
  serverUrl: 'https://github.com',
  repository: 'o/r',
  runId: '7',
  signal: null,
}
const any = async (): Promise<boolean> => true

async function service(): Promise<ArtifactServer> {
  const server = await startArtifactServer()
  for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value)
  vi.stubEnv('GITHUB_SERVER_URL', 'https://github.com')
  // The client tells the step log of everything it does.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  return server
}
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

const upload = (dir: string, ...names: string[]) => uploadRun(dir, { ...OPTIONS, names })

describe('an upload', () => {
  it('holds what people need with secrets masked, and neither workspaces nor the store', async () => {
    await using server = await service()
    await using dir = await tempDir()
    await writeFiles(dir.path, {
      'journal.ndjson': '{"open":"sesame"}\n',
      'tasks/a/worker.log': 'open sesame\n',
      'tasks/a/work.bundle': 'sesame',
      'tasks/a/artifacts/own.txt': 'sesame',
      'tasks/a/workspace/.git/config': 'x',
      'store.git/HEAD': 'x',
      'internal/a.sh': 'x',
      'gates/1/file': 'x',
      // A process died while it wrote these.
      'state.json.0123abcd.tmp': '{',
      'tasks/a/manifest.json.0123abcd.tmp': '{',
      'tasks/a/artifacts/my.0123abcd.tmp': 'mine',
    })
    const { id, url } = await upload(dir.path, 'fanout-7-1', 'fanout-7-1-2')
    expect(url).toBe(`https://github.com/o/r/actions/runs/7/artifacts/${id}`)
    const files = [...server.unzip('fanout-7-1')].map(([name, bytes]) => [name, bytes.toString()])
    expect(Object.fromEntries(files)).toEqual({
      'journal.ndjson': '{"open":"***"}\n',
      'tasks/a/worker.log': 'open ***\n',
      'tasks/a/work.bundle': 'sesame',
      'tasks/a/artifacts/own.txt': 'sesame',
      'tasks/a/artifacts/my.0123abcd.tmp': 'mine',
    })
  })

  it('takes the first name that is free, and rejects where none is', async () => {
    await using server = await service()
    await using dir = await tempDir()
    await writeFiles(dir.path, { 'summary.json': '{}' })
    const names = ['mine', 'mine-2', 'mine-3']
    for (const _ of names) await upload(dir.path, ...names)
    expect([...server.artifacts.keys()]).toEqual(names)
    await expect(upload(dir.path, ...names)).rejects.toThrow('already exists')
  })

  it('is there after all when the service stumbles once', async () => {
    await using server = await service()
    await using dir = await tempDir()
    await writeFiles(dir.path, { 'summary.json': '{}' })
    server.fault({ on: 'PUT block', status: 503 })
    await upload(dir.path, 'a', 'a-2')
    expect(server.artifacts.get('a')?.finalized).toBe(true)
    expect(server.leftoverFaults()).toEqual([])
  })

  it.each(['CreateArtifact', 'PUT block', 'FinalizeArtifact'] as const)(
    'is given up when the service is silent at %s, and leaves no copies behind',
    async on => {
      await using server = await service()
      await using dir = await tempDir()
      await writeFiles(dir.path, { 'summary.json': '{}' })
      server.fault({ on, silent: true })
      const late = uploadRun(dir.path, { ...OPTIONS, names: ['a'], limitMs: 500 })
      await expect(late).rejects.toThrow('did not answer within 0.5 s')
      expect(await readdir(dir.path)).toEqual(['summary.json'])
    },
  )

  it('is given up when the run is cancelled meanwhile', async () => {
    await using server = await service()
    await using dir = await tempDir()
    await writeFiles(dir.path, { 'summary.json': '{}' })
    const cancel = new AbortController()
    server.fault({ on: 'CreateArtifact', silent: true, before: () => cancel.abort() })
    const cut = uploadRun(dir.path, { ...OPTIONS, names: ['a'], signal: cancel.signal })
    await expect(cut).rejects.toThrow('cancelled')
  })

  it('rejects with the reason when the service refuses it', async () => {
    await using server = await service()
    await using dir = await tempDir()
    await writeFiles(dir.path, { 'summary.json': '{}' })
    server.fault({ on: 'CreateArtifact', status: 403, body: '{"code":"permission_denied","msg":"no room"}' })
    await expect(upload(dir.path, 'a', 'b')).rejects.toThrow('no room')
    expect([...server.artifacts.keys()]).toEqual([])
  })
})

describe('a download', () => {
  const OWN = { own: true, api: null }
  /** Those names, the later the newer. */
  const named =
    (...names: string[]) =>
    (name: string): Age | null =>
      names.includes(name) ? [names.indexOf(name), 1] : null
  const wanting = (age: (name: string) => Age | null, into: string, isWanted = any) => ({
    age,
    into,
    isWanted,
  })

  it('gives the newest by its name of those that hold what is wanted, whatever their ids', async () => {
    await using server = await service()
    await using dir = await tempDir()
    server.nextIds.push(90, 20, 70, 95)
    for (const name of ['one', 'two', 'three', 'four']) {
      await writeFiles(dir.path, { 'run/summary.json': name })
      await upload(join(dir.path, 'run'), name)
    }
    const into = join(dir.path, 'into')
    await mkdir(into)
    await writeFile(join(into, 'of-before'), '')
    const wanted = named('one', 'two', 'three')
    const take = async (age: typeof wanted, isWanted = any) =>
      (await downloadEarlier(wanting(age, into, isWanted), OWN, never)).name
    expect(await take(wanted)).toBe('three')
    expect(await readdir(into)).toEqual(['summary.json'])
    const seen: string[] = []
    const second = async (): Promise<boolean> => {
      seen.push(await readFile(join(into, 'summary.json'), 'utf8'))
      return seen.length === 2
    }
    expect(await take(wanted, second)).toBe('two')
    expect(seen).toEqual(['three', 'two'])
    expect(await take(wanted, async () => false)).toBeNull()
    expect(await take(named('none'))).toBeNull()
  })

  it('says in words that the service says no, lies or hangs up', async () => {
    await using server = await service()
    await using dir = await tempDir()
    for (const fault of [
      { status: 403 },
      { status: 404, body: '{"msg":"no"}' },
      { reset: 'before' as const },
      { status: 200, body: '{"artifacts":"none"}' },
    ]) {
      server.fault({ on: 'ListArtifacts', ...fault })
      const { name, problems } = await downloadEarlier(wanting(named('a'), dir.path), OWN, never)
      expect(name).toBeNull()
      expect(problems).toEqual([expect.stringContaining("the runner's artifact service: ")])
    }
    expect(server.leftoverFaults()).toEqual([])
  })

  it.each(['ListArtifacts', 'GetSignedArtifactURL', 'GET blob'] as const)(
    'is given up when the service is silent at %s, and when the run is cancelled',
    async on => {
      await using server = await service()
      await using dir = await tempDir()
      await writeFiles(dir.path, { 'run/summary.json': '{}' })
      await upload(join(dir.path, 'run'), 'a')
      const wanted = wanting(named('a'), join(dir.path, 'into'))
      server.fault({ on, silent: true, times: 2 })
      const limits = { listMs: 500, downloadMs: 500 }
      const { name, problems } = await downloadEarlier(wanted, OWN, never, limits)
      expect({ name, problems: problems.join() }).toEqual({
        name: null,
        problems: expect.stringContaining('did not answer within'),
      })
      await expect(downloadEarlier(wanted, OWN, AbortSignal.abort())).rejects.toThrow()
    },
  )

  it('does not take what is not what was uploaded', async () => {
    await using server = await service()
    await using dir = await tempDir()
    await writeFiles(dir.path, { 'run/summary.json': '{}', 'other/summary.json': '{"other":1}' })
    await upload(join(dir.path, 'run'), 'a', 'a-2')
    await upload(join(dir.path, 'other'), 'b', 'b-2')
    const { digest } = server.artifacts.get('b')!
    server.artifacts.get('a')!.digest = digest
    const wanted = wanting(named('a'), join(dir.path, 'into'))
    const { name, problems } = await downloadEarlier(wanted, OWN, never)
    expect({ name, problems: problems.join() }).toEqual({
      name: null,
      problems: expect.stringContaining('not what was uploaded'),
    })
  })
})

describe("on a server that is not GitHub's", () => {
  it.each(['https://git.example.test', 'http://127.0.0.1:3000'])(
    'a service that answers is used (%s)',
    async url => {
      await using server = await service()
      vi.stubEnv('GITHUB_SERVER_URL', url)
      await using dir = await tempDir()
      await writeFiles(dir.path, { 'run/summary.json': '{}' })
      await uploadRun(join(dir.path, 'run'), { ...OPTIONS, names: ['a'], serverUrl: url })
      expect([...server.artifacts.keys()]).toEqual(['a'])
      const wanted = { age: (): Age => [1, 1], into: join(dir.path, 'into'), isWanted: any }
      const found = await downloadEarlier(wanted, { own: true, api: null }, never)
      expect(found).toEqual({ name: 'a', problems: [] })
      expect(process.env.GITHUB_SERVER_URL).toBe(url)
    },
  )

  it('one that does not is said to be none, and where the work is', async () => {
    await using server = await service()
    await using dir = await tempDir()
    await writeFiles(dir.path, { 'summary.json': '{}' })
    server.fault({ on: 'ListArtifacts', status: 404, body: '{"msg":"no such page"}' })
    const sent = uploadRun(dir.path, { ...OPTIONS, names: ['a'], serverUrl: 'https://git.example.test' })
    await expect(sent).rejects.toThrow(/no artifact service that answers .*refs\/fanout\/blocked/)
    expect(server.log).toEqual(['ListArtifacts 404'])
  })
})
