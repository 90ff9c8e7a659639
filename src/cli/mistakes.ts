/** All that is wrong with what was asked, at once: the words themselves, the inputs, and the tasks they name. */
import { mistakesIn } from '../tasks-input.ts'
import type { Arguments } from './arguments.ts'

export async function allMistakes(
  args: Arguments,
  inputs: Readonly<Record<string, string>>,
  cwd: string,
): Promise<readonly string[]> {
  return [...args.problems, ...stillToSay(await mistakesIn(inputs, cwd), args)]
}

/** Without what follows from an option that lacks its value. */
export function stillToSay(problems: readonly string[], { missing }: Arguments): readonly string[] {
  return problems.filter(problem => ![...missing].some(name => problem.startsWith(`input '${name}':`)))
}
