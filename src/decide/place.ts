/** What a single path in a commit must not be, on any file system it may be checked out to. */

const MAX_PATH = 4096

/** Characters that HFS+ ignores in names, so that `.g\u200cit` is `.git` there. */
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g

/** Whether a name is `.git` on some file system: any case, HFS+ ignorables, NTFS short names, trailing dots, streams. */
export function isGitName(name: string): boolean {
  const plain = name.replace(HFS_IGNORED, '').toLowerCase()
  return /^(\.git|git~\d+)[ .]*(:.*)?$/s.test(plain)
}

/** Why a path cannot be in a commit of ours; null: it can. Windows reads a backslash as a separator. */
export function pathProblem(path: string): string | null {
  if (path.length > MAX_PATH) return `its path is longer than ${MAX_PATH} characters`
  const parts = path.split(/[/\\]/)
  if (parts.some(isGitName)) return "it reaches into git's own directory"
  if (/^[A-Za-z]:[/\\]/.test(path) || parts.some(part => part === '' || part === '.' || part === '..')) {
    return 'its path is not a plain path inside the repository'
  }
  return null
}

/** Why a symbolic link at `path` to `target` is refused; null: it stays inside the tree. */
export function linkProblem(path: string, target: string | undefined): string | null {
  if (target === undefined || target === '') return 'its target could not be read'
  if (/^([A-Za-z]:|[/\\])/.test(target)) return 'its target is an absolute path'
  const here = path.split('/').slice(0, -1)
  for (const part of target.split(/[/\\]/)) {
    if (part === '' || part === '.') continue
    if (part !== '..') here.push(part)
    else if (here.pop() === undefined) return 'its target lies outside the repository'
  }
  return here.some(isGitName) ? "its target is git's own directory" : null
}

/** The form in which file systems that ignore case and composition compare names. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

/** A path for people: quoted when it holds what a line of text cannot. */
export function shownPath(path: string): string {
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029"]/.test(path) ? JSON.stringify(path) : path
}
