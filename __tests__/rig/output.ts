import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where tests leave what people are to look at; git ignores it. */
export const OUTPUT = join(import.meta.dirname, '..', '..', 'test-output')

export async function leave(name: string, content: string): Promise<void> {
  await mkdir(OUTPUT, { recursive: true })
  await writeFile(join(OUTPUT, name), content)
}
