/** A run of 100 tasks that only touch a file, against a shell script that does the bare minimum with the same git. */
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { byHand, ENVIRONMENT, makeBed, smallFiles } from './bed.ts'
import { type Row, sideBySide, timeCommand } from './measure.ts'

const TASKS = 100
const FILES = 200
const ROUNDS = 3
const WORKERS = availableParallelism()

export async function overhead(): Promise<readonly Row[]> {
  await using bed = await makeBed(smallFiles(FILES))
  const { folder, checkout } = bed
  let round = 0
  const times = await sideBySide(ROUNDS, {
    hand: async () => {
      bed.level()
      const args = [String(TASKS), String(WORKERS), join(folder, 'by-hand'), `hand ${++round}`]
      return timeCommand('bash', [byHand('tasks.sh'), ...args], { cwd: checkout, env: ENVIRONMENT })
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
