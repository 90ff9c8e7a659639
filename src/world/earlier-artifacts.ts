/** What earlier attempts of the workflow run have uploaded. */
import type { Age } from '../decide/artifact-name.ts'
import { LIST_LIMIT_MS, openClient, within } from './artifacts.ts'
import { removeAll } from './files.ts'

/** The workflow run at GitHub's REST API; reading its artifacts takes the permission `actions: read`. */
export interface RunAtApi {
  readonly workflowRunId: number
  readonly repositoryOwner: string
  readonly repositoryName: string
  readonly token: string
}

export interface Wanted {
  /** null: not wanted, by its name. */
  readonly age: (name: string) => Age | null
  /** Asked when it is unpacked. */
  readonly isWanted: () => Promise<boolean>
  readonly into: string
}

export interface Found {
  /** null: none was found. */
  readonly name: string | null
  /** What stood in the way, in words. */
  readonly problems: readonly string[]
}

/** Where they can be asked for; null: not there. */
export interface ArtifactSources {
  /** Whether the runner offers a service of its own. */
  readonly own: boolean
  readonly api: RunAtApi | null
}

const DOWNLOAD_LIMIT_MS = 180_000

interface Listed {
  readonly id: number
  readonly name: string
  readonly digest?: string | undefined
  readonly createdAt?: Date | undefined
}

interface Source {
  readonly label: string
  list(): Promise<{ readonly artifacts: readonly Listed[] }>
  download(
    id: number,
    options: { readonly path: string; readonly expectedHash?: string },
  ): Promise<{ readonly digestMismatch?: boolean }>
}

/**
 * Unpacks the newest that is wanted, by its name and then by what is in it. The attempt in the name says which is newest:
 * ids do not grow from attempt to attempt. The runner's own service may list what it does not give, and may not list what
 * REST has; so that is asked as well. Rejects only where the run was cancelled.
 */
export async function downloadEarlier(
  wanted: Wanted,
  sources: ArtifactSources,
  signal: AbortSignal,
  limits = { listMs: LIST_LIMIT_MS, downloadMs: DOWNLOAD_LIMIT_MS },
): Promise<Found> {
  const until = performance.now() + limits.downloadMs
  const problems: string[] = []
  const seen = new Set<number>()
  const [own, rest] = await openSources(sources)

  /** Each until one is wanted; or, `strict`, until one cannot be had. */
  async function search(source: Source, listed: readonly Listed[], strict: boolean): Promise<string | null> {
    for (const { id, name, digest } of listed) {
      if (seen.has(id)) continue
      try {
        await removeAll(wanted.into)
        const options = { path: wanted.into, ...(digest === undefined ? {} : { expectedHash: digest }) }
        const left = Math.max(1, until - performance.now())
        const { digestMismatch } = await within(left, signal, source.download(id, options))
        if (digestMismatch) throw new Error(`the artifact ${name} is not what was uploaded`)
        seen.add(id)
        if (await wanted.isWanted()) return name
      } catch (error) {
        signal.throwIfAborted()
        problems.push(`${source.label}: ${wordsOf(error)}`)
        if (strict) return null
      }
    }
    return null
  }

  async function list(source: Source | null): Promise<readonly Listed[]> {
    if (source === null) return []
    try {
      const { artifacts } = await within(limits.listMs, signal, source.list())
      return newestFirst(artifacts, wanted.age)
    } catch (error) {
      signal.throwIfAborted()
      problems.push(`${source.label}: ${wordsOf(error)}`)
      return []
    }
  }

  const ofService = await list(own)
  const found = own === null ? null : await search(own, ofService, true)
  if (found !== null) return { name: found, problems }
  const ofApi = await list(rest)
  const name =
    (rest === null ? null : await search(rest, ofApi, false)) ??
    (own === null ? null : await search(own, ofService, false))
  return { name, problems: name === null ? [...new Set(problems)] : [] }
}

async function openSources({ own, api }: ArtifactSources): Promise<readonly [Source | null, Source | null]> {
  if (!own && api === null) return [null, null]
  const client = await openClient()
  const service: Source = {
    label: "the runner's artifact service",
    list: () => client.listArtifacts({ latest: false }),
    download: (id, options) => client.downloadArtifact(id, options),
  }
  if (api === null) return [service, null]
  const { workflowRunId, repositoryOwner, repositoryName, token } = api
  const findBy = { workflowRunId, repositoryOwner, repositoryName, token }
  const rest: Source = {
    label: 'the REST API (permissions: actions: read)',
    list: () => client.listArtifacts({ latest: false, findBy }),
    download: (id, options) => client.downloadArtifact(id, { ...options, findBy }),
  }
  return [own ? service : null, rest]
}

function newestFirst(artifacts: readonly Listed[], age: Wanted['age']): readonly Listed[] {
  return artifacts
    .flatMap(artifact => {
      const found = age(artifact.name)
      // Of two with the same name the times are better than the ids.
      return found === null
        ? []
        : [{ artifact, order: [...found, artifact.createdAt?.getTime() ?? 0, artifact.id] }]
    })
    .sort((a, b) => {
      const at = a.order.findIndex((value, i) => value !== b.order[i])
      return at < 0 ? 0 : b.order[at]! - a.order[at]!
    })
    .map(({ artifact }) => artifact)
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
