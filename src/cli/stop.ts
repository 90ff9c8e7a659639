/** `fanout stop`: the gentle way to end a run. */
import { join } from 'node:path'
import { shellWord } from '../action/shell-words.ts'
import { openRunDirectory } from '../run-directory.ts'
import { appendText } from '../world/files.ts'
import type { Arguments } from './arguments.ts'
import { ownName } from './own-name.ts'
import { out, refuse, sentence } from './say.ts'

export async function stopCommand(args: Arguments): Promise<number> {
  const run = await openRunDirectory(args.directory, process.cwd())
  if ('what' in run || args.problems.length > 0)
    return refuse([...args.problems, ...('what' in run ? [sentence(run)] : [])])
  if (!run.alive) {
    const how = run.summary === null ? 'was cut off' : 'has ended'
    return refuse([
      `There is nothing to stop: the run ${how}, and nothing of it is at work. ${ownName()} status ${shellWord(run.path)} tells more.`,
    ])
  }
  try {
    await appendText(join(run.path, 'stop'), '')
  } catch (error) {
    return refuse([`The run cannot be told: ${(error as Error).message}.`])
  }
  out('Nothing new starts. What runs may finish and land; then the run ends with its report.')
  return 0
}
