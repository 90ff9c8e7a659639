/** Whether this node can run what comes next. */
const OLDEST = 24

/** What to say where it cannot; null: it can. */
export function nodeProblem(version: string, path: string): string | null {
  if (Number(version.split('.')[0]) >= OLDEST) return null
  return (
    `fanout needs node ${OLDEST} or newer, and ${path} is node ${version}: it lacks what Fanout is written with. ` +
    `Install node ${OLDEST} and put it first on PATH, or call it by its path.`
  )
}
