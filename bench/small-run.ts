/** A whole run of four trivial tasks on a small repository, from the start of the process to its end. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeBed, smallFiles } from './bed.ts'
import { median, type Row } from './measure.ts'

const ROUNDS = 7

export async function smallRun(): Promise<readonly Row[]> {
  await using bed = await makeBed(smallFiles(20))
  const tasks = join(bed.folder, 'tasks.yml')
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const text = [0, 1, 2, 3].map(i => `- id: t${i}\n  run: echo ${round} > t${i}.txt\n`).join('')
    await writeFile(tasks, text)
    times.push((await bed.run({ tasks, gate: 'true' })).ms)
  }
  return [{ name: 'a run of 4 trivial tasks with a gate', value: median(times) / 1000, unit: 's', goal: 2.5 }]
}
