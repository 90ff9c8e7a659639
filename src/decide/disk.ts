/** A disk that does not take what has to be on it: what to say, instead of calling it a fault of ours. */

export interface DiskFault {
  readonly what: string
  readonly why: string
  readonly fix: string
}

const CAUSES: Readonly<Record<string, { readonly why: string; readonly fix: string }>> = {
  ENOSPC: {
    why: 'The disk is full',
    fix: 'Free space there, or let `workspace-root` name a folder on a larger disk',
  },
  EDQUOT: {
    why: 'The quota of this user is used up',
    fix: 'Free space there, or let `workspace-root` name a folder with room',
  },
  EROFS: {
    why: 'The file system is mounted read-only',
    fix: 'Let `workspace-root` name a folder that can be written',
  },
  EACCES: {
    why: 'This user may not write there',
    fix: 'Let `workspace-root` name a folder that this user may write (another user may have made this one)',
  },
  EPERM: {
    why: 'This user may not write there',
    fix: 'Let `workspace-root` name a folder that this user may write (another user may have made this one)',
  },
  ENOTDIR: {
    why: 'A file is where a folder should be',
    fix: 'Let `workspace-root` name a folder, or one that can be made',
  },
  /** Of the making of a folder, with the one above it there: `/proc` and the like. */
  ENOENT: {
    why: 'The system makes no folder there',
    fix: 'Let `workspace-root` name a folder on a disk',
  },
  EIO: {
    why: 'The disk itself fails',
    fix: 'Look at the health of the disk, or let `workspace-root` name a folder on another one',
  },
}

/** What git says of the same: its exit code tells nothing. */
const WORDS: readonly (readonly [RegExp, keyof typeof CAUSES])[] = [
  [/No space left on device|Out of diskspace|ENOSPC|unknown write failure on standard output/i, 'ENOSPC'],
  [/Disk quota exceeded/, 'EDQUOT'],
  [/Read-only file system/, 'EROFS'],
]

/** null: it is no error of the file system that a user could cure. `begun`: whether tasks had been started. */
export function diskFault(error: unknown, root: string, begun: boolean): DiskFault | null {
  const seen = (error ?? {}) as Seen
  const code = codeOf(seen)
  const cause = CAUSES[code]
  if (cause === undefined || (code === 'ENOENT' && (begun || seen.syscall !== 'mkdir'))) return null
  const where = typeof seen.path === 'string' ? seen.path : root
  return {
    what: `${where} cannot be written (${code}).`,
    why: begun
      ? `${cause.why}. Nothing takes effect that is not in the journal first, so workers were ended and nothing more was pushed; what had landed has landed.`
      : `${cause.why}.`,
    fix: begun
      ? `${cause.fix}; then run again: finished work in ${root} is taken up where it was.`
      : `${cause.fix}.`,
  }
}

interface Seen {
  readonly code?: unknown
  readonly path?: unknown
  readonly syscall?: unknown
  readonly message?: unknown
}

function codeOf(seen: Seen): string {
  if (typeof seen.syscall === 'string') return String(seen.code)
  return WORDS.find(([pattern]) => pattern.test(String(seen.message)))?.[1] ?? ''
}

/** Whether it is for want of room, which may come again. */
export function isFullDisk(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(codeOf((error ?? {}) as Seen))
}
