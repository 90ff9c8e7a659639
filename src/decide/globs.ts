/** Globs over repository paths: what is a good one, and which paths a list of them matches. */
import picomatch from 'picomatch'

const MAX_GLOB = 1000
/** Each one multiplies the time that a hostile file name can cost. */
const MAX_STARS = 4

/** What a glob in a file or an input must be and is not, as `expected ...`; null: it is good. */
export function globExpectation(glob: string): string | null {
  const body = takesOut(glob) ? glob.slice(1) : glob
  if (body.trim() === '') return 'expected a glob that is not empty'
  if (body.length > MAX_GLOB) return `expected a glob of at most ${MAX_GLOB} characters`
  if (body.includes('\\')) return "expected a glob with '/' between its parts, without backslashes"
  if (/[\u0000-\u001f\u007f]/.test(body)) return 'expected a glob without control characters'
  if (/^(\/|~|[A-Za-z]:)/.test(body))
    return 'expected a glob relative to the repository, not an absolute path'
  if (body.split('/').includes('..')) return "expected a glob inside the repository, without '..'"
  const parts = body.split('/')
  const deep = parts.filter(part => part === '**').length
  if (deep > MAX_STARS || parts.some(part => part !== '**' && part.split(/\*+/).length - 1 > MAX_STARS)) {
    return `expected a glob with at most ${MAX_STARS} '**', and as many '*' between two '/'`
  }
  try {
    picomatch.makeRe(body, { ...OPTIONS, debug: true })
    return null
  } catch {
    return 'expected a valid glob'
  }
}

/** Dots are ordinary, and `src/**` is what lies below `src`, not a file in its place. */
const OPTIONS = { dot: true, windows: false, nonegate: true, strictSlashes: true } as const

export type Matcher = (path: string) => boolean

/**
 * Whether a path is in a list of globs, compiled once. As in GitHub's path filters the last glob that matches decides,
 * and one with a leading `!` takes out. A directory's name, with or without `/`, means all below it.
 */
export function matcher(globs: readonly string[], options: { ignoreCase: boolean }): Matcher {
  const compiled = globs.map(glob => {
    const out = takesOut(glob)
    return { out, matches: one(out ? glob.slice(1) : glob, options.ignoreCase) }
  })
  return path => {
    const last = compiled.findLast(({ matches }) => matches(path))
    return last !== undefined && !last.out
  }
}

function one(glob: string, ignoreCase: boolean): Matcher {
  // `s`, because a file name may hold a line break.
  const options = { ...OPTIONS, flags: ignoreCase ? 'si' : 's' }
  const plain = normal(glob)
  if (plain === '') return () => true
  if (glob.endsWith('/')) return picomatch(`${plain}/**`, options)
  const matches = picomatch(plain, options)
  // The literal comparison is also for names that hold glob characters, such as `app/[slug]/page.tsx`.
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text)
  const literal = fold(plain)
  return path => matches(path) || fold(path) === literal || fold(path).startsWith(`${literal}/`)
}

function normal(glob: string): string {
  return glob
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/')
}

/** Whether it says what a list does not mean. */
export function takesOut(glob: string): boolean {
  return glob.startsWith('!') && !glob.startsWith('!(')
}

// picomatch takes a `|` anywhere for an either-or, and `a/**/!(b)` for `a` too: how such a glob begins says nothing.
const NOWHERE = /[|\\()]/
const SPECIAL = /[*?[\]{}()!+@|\\]/

/**
 * Whether all that a glob matches is surely matched by one of `others`: it is one of them, lies below the folder that one
 * of them means whole, or is a plain path that one of them matches. `false` may only mean that this does not show.
 */
export function isWithin(glob: string, others: readonly string[]): boolean {
  const own = normal(glob)
  const folder = glob.endsWith('/')
  const start = own === '' ? '' : `${literalPart(own)}${folder && !SPECIAL.test(own) ? '/' : ''}`
  return others.some(other => {
    const outer = normal(other)
    if (outer === '') return true
    if (own === outer && folder === other.endsWith('/')) return true
    if (NOWHERE.test(own)) return false
    const whole = wholeFolder(outer)
    if (whole !== null && start.startsWith(whole)) return true
    return !folder && own !== '' && !SPECIAL.test(own) && one(other, false)(own)
  })
}

/** The folder of which a glob means all, with a `/` at its end; null: it means something else. Empty is everything. */
function wholeFolder(glob: string): string | null {
  if (glob === '**' || glob === '**/*') return ''
  const above = /^(.+)\/\*\*(\/\*)?$/.exec(glob)?.[1] ?? glob
  return SPECIAL.test(above) ? null : `${above}/`
}

/** The part of a glob before its first special character. */
export function literalPart(glob: string): string {
  const plain = glob.replace(/^(\.\/)+/, '')
  const special = plain.search(/[*?[\]{}()!+@\\]/)
  return special < 0 ? plain : plain.slice(0, special)
}

/** A glob that means exactly this path: its special characters lose their meaning. */
export function escapeGlob(path: string): string {
  return path.replace(/[*?[\]{}()!+@\\|]/g, '\\$&')
}
