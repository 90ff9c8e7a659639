/** Who is ended first where memory runs out: the commands of the user, not the process that holds their work. Linux only. */
import { readFileSync, writeFileSync } from 'node:fs'

const FILE = '/proc/self/oom_score_adj'
/** Of at most 1000; what a process takes counts as well, and many small workers take less each than one that holds them all. */
const FIRST = 500

/**
 * Starts a child that the kernel prefers to this process, with all that the child starts. Nothing of it runs before that is
 * so: a child begins with what its parent has, and anybody may raise that and bring it back to where it was.
 */
export function firstToGo<T>(start: () => T): T {
  const own = ownScore()
  if (own === null || own >= FIRST || !setScore(FIRST)) return start()
  try {
    return start()
  } finally {
    setScore(own)
  }
}

function ownScore(): number | null {
  try {
    return Number(readFileSync(FILE, 'utf8'))
  } catch {
    return null
  }
}

function setScore(score: number): boolean {
  try {
    writeFileSync(FILE, String(score))
    return true
  } catch {
    // Not for us to set: then the kernel decides as it always did.
    return false
  }
}
