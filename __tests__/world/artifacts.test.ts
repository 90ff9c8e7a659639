/** The real client against a server of its protocol. It reads its service's address from this process's environment. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { downloadRun, uploadRun } from '../../src/world/artifacts.ts'
import { type ArtifactServer, startArtifactServer } from '../rig/artifact-server.ts'
import { tempDir, writeFiles } from '../rig/temp.ts'

const never = new AbortController().signal
const OPTIONS = {
  retentionDays: 0,
  mask: (text: string) => text.replaceAll('sesame', '***'),
  serverUrl: 'https://github.com',
  repository: 'o/r',
  runId: '7',
}

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

const upload = (dir: string, ...names: [string, string]) => uploadRun(dir, { ...OPTIONS, names })

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
    })
    const { id, url } = await upload(dir.path, 'fanout-7-1', 'fanout-7-1-2')
    expect(url).toBe(`https://github.com/o/r/actions/runs/7/artifacts/${id}`)
    const files = [...server.unzip('fanout-7-1')].map(([name, bytes]) => [name, bytes.toString()])
    expect(Object.fromEntries(files)).toEqual({
      'journal.ndjson': '{"open":"***"}\n',
      'tasks/a/worker.log': 'open ***\n',
      'tasks/a/work.bundle': 'sesame',
      'tasks/a/artifacts/own.txt': 'sesame',
    })
  })

  it('takes its second name where the first is taken, and rejects where both are', async () => {
    await using server = await service()
    await using dir = await tempDir()
    await writeFiles(dir.path, { 'summary.json': '{}' })
    await upload(dir.path, 'mine', 'mine-2')
    await upload(dir.path, 'mine', 'mine-2')
    expect([...server.artifacts.keys()]).toEqual(['mine', 'mine-2'])
    await expect(upload(dir.path, 'mine', 'mine-2')).rejects.toThrow('already exists')
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
  it('gives the first of the names that is there', async () => {
    await using _server = await service()
    await using dir = await tempDir()
    for (const name of ['one', 'two']) {
      await writeFiles(dir.path, { 'run/summary.json': name })
      await upload(join(dir.path, 'run'), name, `${name}-2`)
    }
    const into = join(dir.path, 'into')
    await mkdir(into)
    await writeFile(join(into, 'of-before'), '')
    expect(await downloadRun(['none', 'two', 'one'], into, never)).toBe('two')
    expect(await readFile(join(into, 'summary.json'), 'utf8')).toBe('two')
    expect(await downloadRun(['none'], into, never)).toBeNull()
  })

  it('rejects when the service says no, lies or hangs up', async () => {
    await using server = await service()
    await using dir = await tempDir()
    for (const fault of [
      { status: 403 },
      { status: 404, body: '{"msg":"no"}' },
      { reset: 'before' as const },
      { status: 200, body: '{"artifacts":"none"}' },
    ]) {
      server.fault({ on: 'ListArtifacts', ...fault })
      await expect(downloadRun(['a'], dir.path, never)).rejects.toThrow()
    }
    expect(server.leftoverFaults()).toEqual([])
  })

  it('is given up when the service takes too long, and when the run is cancelled', async () => {
    await using server = await service()
    await using dir = await tempDir()
    // The client waits three seconds before it asks again.
    server.fault({ on: 'ListArtifacts', status: 503, times: 2 })
    const limits = { listMs: 1, downloadMs: 1 }
    await expect(downloadRun(['a'], dir.path, never, limits)).rejects.toThrow('did not answer within 0.001 s')
    await expect(downloadRun(['a'], dir.path, AbortSignal.abort())).rejects.toThrow('cancelled')
  })

  it('rejects what is not what was uploaded', async () => {
    await using server = await service()
    await using dir = await tempDir()
    await writeFiles(dir.path, { 'run/summary.json': '{}', 'other/summary.json': '{"other":1}' })
    await upload(join(dir.path, 'run'), 'a', 'a-2')
    await upload(join(dir.path, 'other'), 'b', 'b-2')
    const { digest } = server.artifacts.get('b')!
    server.artifacts.get('a')!.digest = digest
    await expect(downloadRun(['a'], join(dir.path, 'into'), never)).rejects.toThrow('not what was uploaded')
  })
})
