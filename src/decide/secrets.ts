/**
 * What must never be read in anything Fanout writes, decided once, at the start. What people and machines know a run by
 * (ids, its key, branch and remote, our trailers) stays whole: `bump-***` is nobody's task.
 */
import { base64, masker, seeker } from './text.ts'
import { TRAILER_KEYS } from './trailer.ts'

const SECRET_NAME = /(TOKEN|SECRET|PASSWORD|PASSWD|API[_-]?KEY|ACCESS[_-]KEY|PRIVATE[_-]KEY|CREDENTIALS?)$/i
/** Shorter values are words that occur by chance. */
const SHORTEST = 8
/** Of the token and of a password in a URL: these are secrets, whatever they look like. */
const SHORTEST_CERTAIN = 6
/** Longer runs of letters are no words that people use every day. */
const LONGEST_WORD = 12
const LETTERS = /^(\p{Lu}?\p{Ll}+|\p{Lu}+)$/u

/** What a run is known by. */
export interface OwnNames {
  readonly ids: readonly string[]
  readonly runKey: string
  readonly branch: string
  /** The remote's address without credentials. */
  readonly origin: string
}

export interface Masking {
  /** Each is masked wherever it stands, a line of a secret of several lines too. */
  readonly values: readonly string[]
  /** Names of ours that hold the token or a password all the same: these stay as they are. */
  readonly whole: readonly string[]
  /** Variables that are named like secrets and not masked, and why. */
  readonly open: readonly { readonly name: string; readonly why: string }[]
}

/** The token, a remote URL's password, and the values of variables that are named like secrets. */
export function maskingOf(
  env: Readonly<Record<string, string | undefined>>,
  token: string | null,
  urls: readonly string[],
  own: OwnNames,
): Masking {
  const sure = [token ?? '', ...urls.flatMap(passwordsIn)].map(text => text.trim())
  const certain = new Set(sure.filter(text => text.length >= SHORTEST_CERTAIN))
  const named = Object.entries(env)
    .map(([name, value]) => [name, (value ?? '').trim()] as const)
    .filter(([name, value]) => SECRET_NAME.test(name) && value !== '' && !certain.has(value))
    .map(([name, value]) => {
      const [lines, whyNot] = [linesOf(value), whyNotWhole(value, own)]
      // Every line of a key is masked but those that occur by chance, like a closing bracket.
      const masked = whyNot === null ? lines.filter(line => whyNotMasked(line, own) === null) : []
      return { name, why: whyNot, masked: whyNot === null ? [value, ...masked] : [] }
    })
  const names = [...own.ids, own.runKey, own.branch, own.origin]
  const certainly = masker([...certain])
  return {
    values: [...new Set([...certain, ...named.flatMap(({ masked }) => masked)])],
    whole: names.filter(name => certainly(name) !== name),
    open: named.flatMap(({ name, why }) => (why === null ? [] : [{ name, why }])),
  }
}

/** The one function that takes secrets out of a text. */
export function maskOf({ values, whole }: Masking): (text: string) => string {
  return masker(values, whole)
}

/** A line of a key or of its wrapping that says nothing of it: everybody's begins, ends and points to an address so. */
const TELLS_NOTHING =
  /^-----(BEGIN|END) [A-Z0-9 ]+-----$|^["']?[\w.-]+["']?\s*[:=]\s*["']?(https?:\/\/[^\s@"']*|service_account)["']?,?$/

/**
 * The secrets in a text that a worker wrote, in every form that is masked; null: nothing is masked. Of a value of several
 * lines those count that nobody else's value has.
 */
export function seekOf({ values, whole }: Masking): ((text: string) => readonly string[]) | null {
  return seeker(
    values.filter(value => !TELLS_NOTHING.test(value)),
    whole,
  )
}

/** As the journal of a run tells them. */
export function ownNamesIn(head: {
  readonly run_key: string
  readonly branch: string
  readonly origin: string
  readonly fingerprints: Readonly<Record<string, string>>
}): OwnNames {
  const { run_key: runKey, branch, origin } = head
  return { ids: Object.keys(head.fingerprints), runKey, branch, origin }
}

/** One sentence for the log, with names and without values; null: all is masked. */
export function openNotice({ open }: Masking): string | null {
  if (open.length === 0) return null
  const each = open.map(({ name, why }) => `${name} (${why})`).join(', ')
  return `Named like secrets, but not masked in logs and reports: ${each}. Where one is a secret, give it a longer value of letters and digits.`
}

/** What the runner is asked to mask in the log: the token, and the header that git sends it in. */
export function runnerMasks(token: string): readonly string[] {
  const header = new TextEncoder().encode(`x-access-token:${token}`)
  return token.length < SHORTEST_CERTAIN ? [] : [token, base64(header)]
}

/** null: nothing speaks against it. */
function whyNotMasked(value: string, own: OwnNames): string | null {
  if (value.length < SHORTEST) return `under ${SHORTEST} characters`
  if (value.length <= LONGEST_WORD && LETTERS.test(value)) return 'an everyday word'
  const mask = masker([value])
  const held = (names: readonly string[]): boolean => {
    const text = names.join('\n')
    return mask(text) !== text
  }
  if (held(own.ids)) return "part of a task's id"
  if (held([own.runKey])) return "part of the run's key"
  if (held([own.branch])) return "part of the branch's name"
  if (held([own.origin])) return "part of the remote's address"
  return held(TRAILER_KEYS) ? 'part of a trailer' : null
}

/** Of a value of several lines each one is looked at by itself. */
function whyNotWhole(value: string, own: OwnNames): string | null {
  return linesOf(value).length > 1 ? null : whyNotMasked(value, own)
}

function linesOf(value: string): readonly string[] {
  return value
    .split(/[\r\n]+/)
    .map(line => line.trim())
    .filter(line => line !== '')
}

/** As it stands there, and as it is meant. */
function passwordsIn(url: string): readonly string[] {
  const password = /^\w+:\/\/[^/@:]*:([^/@]+)@/.exec(url)?.[1]
  if (password === undefined) return []
  try {
    return [password, decodeURIComponent(password)]
  } catch {
    return [password]
  }
}
