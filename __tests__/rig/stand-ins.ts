import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** A folder of executables to put first on a PATH: what a test must not call for real. Scripts are JavaScript (ESM). */
export async function standIns(folder: string, scripts: Readonly<Record<string, string>>): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (const [name, script] of Object.entries(scripts)) {
    const path = join(folder, name)
    const module = join(folder, `.${name}.mjs`)
    await writeFile(module, script)
    await writeFile(path, `#!/bin/sh\nexec '${process.execPath}' '${module}' "$@"\n`)
    await chmod(path, 0o755)
  }
  return folder
}

/** PATH with the folder before all others. */
export function pathWith(folder: string): string {
  return [folder, process.env.PATH ?? ''].join(delimiter)
}
