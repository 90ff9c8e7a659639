/** `inputs.json`: what a run was started with, so that it can be tried again. Holds no token and nothing else that is secret. */
import { realpath } from 'node:fs/promises'
import { join, relative } from 'node:path'
import * as z from 'zod'
import { readText, writeJson } from './world/files.ts'

const KEPT = z.object({
  version: z.literal(1),
  /** Where the user stood, from the root of the repository: a tasks file is named from there. */
  folder: z.string(),
  /** Those that were given, as text. */
  inputs: z.record(z.string(), z.string()),
  /** Names of those that were given and hold a secret: they are not here. */
  left_out: z.array(z.string()),
})

export type KeptInputs = Readonly<z.infer<typeof KEPT>>

const FILE = 'inputs.json'

export async function keepInputs(
  runDir: string,
  inputs: Readonly<Record<string, string | undefined>>,
  where: { readonly cwd: string; readonly root: string },
  mask: (text: string) => string,
): Promise<void> {
  const given = Object.entries(inputs).flatMap(([name, value]) => (value ? [[name, value] as const] : []))
  const open = given.filter(([name, value]) => name !== 'token' && mask(value) === value)
  const leftOut = given.filter(each => !open.includes(each)).map(([name]) => name)
  const folder = relative(await realpath(where.root), await realpath(where.cwd))
  const kept: KeptInputs = {
    version: 1,
    // Outside of the repository nothing can be named from its root.
    folder: folder.startsWith('..') ? '' : folder,
    inputs: Object.fromEntries(open),
    left_out: leftOut,
  }
  await writeJson(join(runDir, FILE), kept)
}

/** null: there are none, or nothing that can be read. */
export async function readInputs(runDir: string): Promise<KeptInputs | null> {
  const text = await readText(join(runDir, FILE))
  try {
    return KEPT.parse(JSON.parse(text ?? ''))
  } catch {
    return null
  }
}
