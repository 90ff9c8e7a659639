/** What must never be read in anything Fanout writes. */

const SECRET_NAME = /(TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)$/i
/** Shorter values are words that occur by chance. */
const SHORTEST = 8

/** The token, a remote URL's password, and the values of variables that are named like secrets. */
export function secretsOf(
  env: Readonly<Record<string, string | undefined>>,
  token: string | null,
  urls: readonly string[],
): readonly string[] {
  const named = Object.entries(env)
    .filter(([name, value]) => SECRET_NAME.test(name) && (value ?? '').trim().length >= SHORTEST)
    .map(([, value]) => (value ?? '').trim())
  const passwords = urls.flatMap(url => /^\w+:\/\/[^/@:]*:([^/@]+)@/.exec(url)?.[1] ?? [])
  const decoded = passwords.map(password => {
    try {
      return decodeURIComponent(password)
    } catch {
      return password
    }
  })
  return [...new Set([...(token ? [token] : []), ...passwords, ...decoded, ...named])]
}
