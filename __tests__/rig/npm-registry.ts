import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { run } from './exec.ts'
import { tempDir, writeFiles } from './temp.ts'

/** Package -> version -> its files beside package.json; the last version is `latest`. */
export type Packages = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>

export type NpmRegistry = AsyncDisposable & {
  /** What makes npm use it, with a cache of its own. */
  readonly env: Readonly<Record<string, string>>
}

type Release = { readonly tarball: Buffer; readonly manifest: Readonly<Record<string, unknown>> }

/** A registry on loopback that the real npm installs from. */
export async function startNpmRegistry(packages: Packages): Promise<NpmRegistry> {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(await tempDir('npm'))
  const releases = new Map<string, Map<string, Release>>()
  for (const [name, versions] of Object.entries(packages)) {
    const known = new Map<string, Release>()
    for (const [version, files] of Object.entries(versions)) {
      known.set(version, await pack(join(folder.path, `${name}-${version}`), name, version, files))
    }
    releases.set(name, known)
  }
  const server = createServer((request, response) => {
    const [, name = '', version] =
      /^\/(.+?)(?:\/-\/(.+)\.tgz)?$/.exec(decodeURIComponent(request.url ?? '')) ?? []
    const known = releases.get(name)
    const release = version === undefined ? undefined : known?.get(version)
    if (!known || (version !== undefined && !release)) response.writeHead(404).end('{}')
    else if (release) response.end(release.tarball)
    else
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify(packument(name, known, url())))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  stack.defer(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const owned = stack.move()
  return {
    env: {
      npm_config_registry: url(),
      npm_config_cache: join(folder.path, 'cache'),
      npm_config_update_notifier: 'false',
      npm_config_userconfig: join(folder.path, 'npmrc'),
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function pack(
  folder: string,
  name: string,
  version: string,
  files: Readonly<Record<string, string>>,
): Promise<Release> {
  const manifest = { name, version, main: 'index.js' }
  await writeFiles(join(folder, 'package'), { ...files, 'package.json': JSON.stringify(manifest) })
  const file = join(folder, 'package.tgz')
  const made = await run('tar', ['-czf', file, '-C', folder, 'package'])
  if (made.code !== 0) throw new Error(`tar ended with ${made.code}\n${made.stderr}`)
  return { tarball: await readFile(file), manifest }
}

function packument(name: string, known: ReadonlyMap<string, Release>, url: string): Record<string, unknown> {
  const versions = [...known].map(([version, { manifest, tarball }]) => {
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
    return [version, { ...manifest, dist: { tarball: `${url}${name}/-/${version}.tgz`, integrity } }]
  })
  return { name, 'dist-tags': { latest: [...known.keys()].at(-1) }, versions: Object.fromEntries(versions) }
}
