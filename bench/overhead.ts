/** A run of 100 tasks that only touch a file, against a shell script that does the bare minimum with the same git. */
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { ENVIRONMENT, makeBed, smallFiles } from './bed.ts'
import { type Row, sideBySide, timeCommand } from './measure.ts'

const TASKS = 100
const FILES = 200
const ROUNDS = 3
const WORKERS = availableParallelism()

/** Nothing that a run is for: no gate, no log, no scope, no retry, nothing kept, nothing synced, nobody else on the branch. */
const BY_HAND = `set -e
task() {
  git clone --quiet --shared . "$1/$2"
  cd "$1/$2"
  echo "$3" > "t$2.txt"
  git add --all
  git commit --quiet --message "t$2"
}
export -f task
git fetch --quiet origin main
seq ${TASKS} | xargs -P ${WORKERS} -I{} bash -c 'task "$@"' task "$1" {} "$2"
base=$(git rev-parse FETCH_HEAD) top=
for i in $(seq ${TASKS}); do
  git fetch --quiet "$1/$i" HEAD
  tree=$(git merge-tree --write-tree "\${top:-$base}" FETCH_HEAD)
  top=$(git commit-tree "$tree" -p "\${top:-$base}" -m "t$i")
done
git push --quiet origin "$top:main"
rm -r "$1"
`

export async function overhead(): Promise<readonly Row[]> {
  await using bed = await makeBed(smallFiles(FILES))
  const { folder, checkout } = bed
  const script = join(folder, 'by-hand.sh')
  await writeFile(script, BY_HAND)
  let round = 0
  const times = await sideBySide(ROUNDS, {
    hand: async () => {
      bed.level()
      const args = [script, join(folder, 'by-hand'), `hand ${++round}`]
      return timeCommand('bash', args, { cwd: checkout, env: ENVIRONMENT })
    },
    ours: async () => {
      bed.level()
      const tasks = join(folder, 'tasks.json')
      const text = `ours ${++round}`
      const list = Array.from({ length: TASKS }, (_, i) => ({
        id: `t${i + 1}`,
        run: `echo '${text}' > t${i + 1}.txt`,
      }))
      await writeFile(tasks, JSON.stringify(list))
      const inputs = { tasks, workers: String(WORKERS), workspaces: 'clone', 'verify-when': 'never' }
      return (await bed.run(inputs)).ms
    },
  })
  return [
    { name: `${TASKS} tasks: a shell script by hand`, value: times.hand / 1000, unit: 's' },
    {
      name: `${TASKS} tasks: fanout run`,
      value: times.ours / 1000,
      unit: 's',
      ratio: times.ours / times.hand,
      against: 'the script by hand',
      goal: 1.5,
    },
  ]
}
