/** A stack of 100 candidates upon a repository of 50,000 files, against the same two git commands a candidate by hand. */
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sha } from '../src/decide/task.ts'
import { createStore } from '../src/world/checkout.ts'
import { openStore } from '../src/world/store.ts'
import { type Row, sideBySide } from './measure.ts'

const FILES = 50_000
const CANDIDATES = 100
const WHO = ['-c', 'user.name=b', '-c', 'user.email=b@example.invalid']
const TEXT = {
  author: 'b <b@example.invalid> 1700000000 +0000',
  committer: 'b <b@example.invalid> 1700000000 +0000',
}

export async function stackOfMany(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fanout-bench-'))
  const git = (cwd: string, args: readonly string[], input?: string): string =>
    execFileSync('git', [...WHO, ...args], { cwd, encoding: 'utf8', input, maxBuffer: 2 ** 28 }).trim()
  try {
    const source = join(folder, 'source')
    await mkdir(source)
    git(source, ['init', '--quiet', '--initial-branch=main'])
    // By way of fast-import: 50,000 files are not worth writing to disk for this.
    const files = Array.from(
      { length: FILES },
      (_, i) => `M 100644 inline d${i % 500}/f${i}.txt\ndata ${String(i).length + 1}\n${i}\n`,
    )
    const head = 'commit refs/heads/main\ncommitter b <b@example.invalid> 1700000000 +0000\ndata 5\nstart\n'
    git(source, ['fast-import', '--quiet'], `${head}${files.join('')}\n`)
    const base = git(source, ['rev-parse', 'main']) as Sha
    const dir = join(folder, 'store.git')
    await createStore(dir, {
      gitDir: join(source, '.git'),
      head: base,
      shareObjects: true,
      objectFormat: 'sha1',
    })
    const store = openStore(dir, 'main')
    const [tree] = await store.resolve([`${base}^{tree}`])
    const candidates: Sha[] = []
    for (let i = 0; i < CANDIDATES; i++) {
      const changed = await store.replaceFiles(tree!, { [`d${i}/f${i}.txt`]: `changed ${i}\n` })
      candidates.push(await store.writeCommit(changed, base, { ...TEXT, message: `candidate ${i}\n` }))
    }
    await writeFile(join(folder, 'candidates'), `${candidates.join('\n')}\n`)
    const byHand =
      'top=$1; while read c; do t=$(git merge-tree --write-tree $top $c | head -1); top=$(git commit-tree $t -p $top -m x); done < ../candidates; echo $top'
    const times = await sideBySide(3, {
      hand: async () => {
        const start = performance.now()
        execFileSync('bash', ['-c', byHand, 'by-hand', base], {
          cwd: dir,
          env: {
            ...process.env,
            GIT_AUTHOR_NAME: 'b',
            GIT_AUTHOR_EMAIL: 'b',
            GIT_COMMITTER_NAME: 'b',
            GIT_COMMITTER_EMAIL: 'b',
          },
        })
        return performance.now() - start
      },
      ours: async () => {
        const start = performance.now()
        const texts = await store.readCommits(candidates)
        let top = base
        for (const [i, candidate] of candidates.entries()) {
          const merged = await store.merge(top, candidate, base)
          if (merged.kind === 'conflict') throw new Error('disjoint changes conflict')
          top = await store.writeCommit(merged.tree, top, texts[i]!)
        }
        return performance.now() - start
      },
    })
    const against = 'the same by hand'
    return [
      { name: against, value: times.hand, unit: 'ms' },
      {
        name: `a stack of ${CANDIDATES} upon ${FILES} files`,
        value: times.ours,
        unit: 'ms',
        ratio: times.ours / times.hand,
        against,
        goal: 1.3,
      },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}
