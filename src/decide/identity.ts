/** How times and people are written in files and commits. */

/** RFC 3339 UTC with milliseconds; `ms` since the epoch. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}

/** Whether a folder may be called so that a run has made: `<run id>-<attempt>`, or `local-<time>-<4 hex>`. */
export function isRunKey(name: string): boolean {
  return /^(\d+-\d+|local-\d{8}T\d{6}Z-[0-9a-f]{4})$/.test(name)
}

/** `Name <mail> seconds +0000`, with what would break a commit's header removed. */
export function signature(
  { name, email }: { readonly name: string; readonly email: string },
  ms: number,
): string {
  const clean = (text: string): string => text.replace(/[<>\n\r\0]/g, '').trim()
  return `${clean(name)} <${clean(email)}> ${Math.floor(ms / 1000)} +0000`
}

/** Whether a line that somebody else's commit holds may stand in one of ours, by the rules of `git fsck`. */
export function isSignature(text: string): boolean {
  return /^[^<>\0\n]*[^<>\0\n ] <[^<>\0\n]*> (0|[1-9]\d{0,11}) [+-]\d{4}$/.test(text)
}
