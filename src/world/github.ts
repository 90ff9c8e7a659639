/** GitHub's REST API, for what git cannot tell. Its client is loaded only when it is used; it only reads. */

export interface Place {
  readonly owner: string
  readonly repo: string
}

/** Owner and repository of a remote, where its host is the server's; null: it is another host's, or a path. */
export function placeOf(remoteUrl: string, serverUrl: string): Place | null {
  const [, host, path] =
    /^(?:https?|ssh):\/\/(?:[^/@]*@)?([^/]+)\/(.+)$/i.exec(remoteUrl) ??
    /^(?:[^/@:]+@)([^/:]+):(?!\/\/)(.+)$/.exec(remoteUrl) ??
    []
  const [owner, repo, ...more] =
    path
      ?.replace(/\.git\/?$/, '')
      .split('/')
      .filter(Boolean) ?? []
  if (!host || !owner || !repo || more.length > 0) return null
  return host.toLowerCase() === hostOf(serverUrl) ? { owner, repo } : null
}

/** GitHub takes no larger file (GH001). */
const LARGEST_FILE = 100 * 1024 * 1024

/** The limit of the server that the job runs on; null: the remote is another one. */
export function fileLimitOf(remoteUrl: string, serverUrl: string): number | null {
  return placeOf(remoteUrl, serverUrl) === null ? null : LARGEST_FILE
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host.toLowerCase() : null
}

/**
 * Types of the rules that hold for a branch, of the repository and above it. Rejects when the API does not answer
 * or says no. It does not know of classic branch protection, nor who may bypass a rule.
 */
export async function branchRules(
  place: Place,
  branch: string,
  token: string,
  apiUrl: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const [{ Octokit }, { defaults, getOctokitOptions }] = await Promise.all([
    import('@octokit/rest'),
    import('@actions/github/lib/utils'),
  ])
  const client = new Octokit({
    ...defaults,
    ...getOctokitOptions(token),
    baseUrl: apiUrl,
    // What it has to say about a failed request is no business of the step log.
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  })
  const { data } = await client.rest.repos.getBranchRules({
    ...place,
    branch,
    per_page: 100,
    request: { signal },
  })
  if (!Array.isArray(data)) throw new Error('the answer is no list of rules')
  return data.flatMap(rule => (typeof rule?.type === 'string' ? [rule.type] : []))
}
