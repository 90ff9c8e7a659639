/** Addresses of repositories as people and git write them. */

/** The address alone, for people and files. */
export function withoutUser(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//')
}

/** The same, also of `user@host:path`. */
export function shownAddress(url: string): string {
  return isLocal(url) ? url : withoutUser(url).replace(/^[^/@:]+@(?=[^/]+:)/, '')
}

/** A path or a `file:` URL. As git has it, a colon before the first slash names a host. */
export function isLocal(url: string): boolean {
  return /^file:\/\//i.test(url) || !/^[^/]*:/.test(url)
}

/** The path that a local address names. */
export function localPath(url: string): string {
  const path = /^file:\/\/(.*)$/i.exec(url)?.[1]
  return path === undefined ? url : decoded(path)
}

/**
 * Whether two addresses that reach a server surely name two repositories. One server has several names (an alias of ssh, a
 * port, a proxy), and several ways to it: the path alone tells.
 */
export function areTwoRepositories(one: string, other: string): boolean {
  const [a, b] = [pathOf(one), pathOf(other)]
  return a !== null && b !== null && a !== b
}

/** null: an address in the words of a helper of its own (`ext::...`), which nobody else can read. */
function pathOf(url: string): string | null {
  if (/^[^/:]*::/.test(url)) return null
  const path = isLocal(url)
    ? localPath(url)
    : (/^[a-z][a-z0-9+.-]*:\/\/[^/]*(.*)$/is.exec(url)?.[1] ?? url.slice(url.indexOf(':') + 1))
  const parts = decoded(path)
    .toLowerCase()
    .split('/')
    .filter(part => part !== '' && part !== '.')
  const last = parts.pop()?.replace(/\.git$/, '') ?? ''
  // Some servers have one path for https and another for ssh: Bitbucket Server, Gerrit, Azure DevOps.
  const plain = [...parts, last].filter(part => part !== '' && part !== '_git')
  return plain.slice(plain.length > 1 && /^(scm|a|v3)$/.test(plain[0] ?? '') ? 1 : 0).join('/')
}

export function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
