/** The mark that everything a run starts carries in its environment, so that it can be found again. */
const NAME = 'FANOUT_PROCESS'

type Environment = Readonly<Record<string, string | undefined>>

/** The same for every process of one run directory; below the mark of an outer run, where this one is its worker. */
export function runCookie(env: Environment, runDir: string): string {
  return env[NAME] ? `${env[NAME]}/${runDir}` : runDir
}

export function marked(env: Environment, runDir: string): Environment {
  return { ...env, [NAME]: runCookie(env, runDir) }
}
