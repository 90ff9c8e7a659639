/** The README's figures: rows of bench/results/, each named by its benchmark and its own name. */
import type { Row } from '../bench/measure.ts'
import type { Results } from '../bench/table.ts'

interface Claim {
  readonly benchmark: string
  readonly row: string
  /** Which of several comparisons of that row. */
  readonly against?: string
  readonly what: string
  readonly say: (row: Row) => string
}

const CLAIMS: readonly Claim[] = [
  {
    benchmark: 'landing',
    row: '32 candidates, a gate that waits: each for itself, waiting',
    what: '32 finished tasks reach the branch, gate of one second, against a fetch, rebase, gate and push loop in each worker',
    say: row => `${times(row)} faster`,
  },
  {
    benchmark: 'landing',
    row: '32 candidates, no gate: each for itself, waiting',
    what: 'The same without a gate',
    say: row => `${times(row)} faster`,
  },
  {
    benchmark: 'landing',
    row: '32 candidates, a gate that waits: ours',
    what: 'Gates and pushes for those 32 tasks',
    say: ({ counts = {} }) => `${counts.gates} gate, ${counts.pushes} push`,
  },
  {
    benchmark: 'overhead',
    row: '100 tasks: fanout run',
    what: 'A run of 100 small tasks, against a shell script that does no more than the same clones, commits, merges and push',
    say: row => `${times(row)} the time`,
  },
  {
    benchmark: 'workspaces',
    row: '100,000 files, workspaces: overlay: create',
    what: 'A workspace of 100,000 files, where overlay mounts are possible',
    say: ({ value, unit }) => `${value.toFixed(0)} ${unit}`,
  },
  {
    benchmark: 'workspaces',
    row: '100,000 files, workspaces: clone: create',
    against: 'git clone file://',
    what: 'The same as a clone, against `git clone`',
    say: row => `${times(row)} the time`,
  },
  {
    benchmark: 'growth',
    row: 'peak memory of our process, of 1,000',
    what: 'Memory of our process in a run of 1,000 tasks',
    say: ({ value, unit }) => `${value.toFixed(0)} ${unit}`,
  },
]

function times({ ratio = Number.NaN }: Row): string {
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1)} times`
}

/**
 * A table for people; `resultsOf` gives a benchmark's committed results, null: there are none, and nothing is claimed.
 * Throws where a claim has no figure behind it.
 */
export function figuresTable(resultsOf: (benchmark: string) => Results | null): string {
  const lines = CLAIMS.flatMap(({ benchmark, row, against, what, say }) => {
    const results = resultsOf(benchmark)
    if (results === null) return []
    const found = results.rows.find(
      ({ name, against: other }) => name === row && (against === undefined || other === against),
    )
    if (found === undefined) throw new Error(`bench/results/${benchmark}.json has no row ${row}`)
    return [`| ${what} | ${say(found)} |`]
  })
  return ['| what | measured |', '|---|---|', ...lines].join('\n')
}
