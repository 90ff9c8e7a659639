/** Whether a tree has a make target, from what `make --dry-run <target>` said and how it ended. */

/** `output`: its last words, in the C locale. When in doubt it has one: then the real run tells what is wrong. */
export function hasTarget(target: string, exitCode: number | null, output: string): boolean {
  // The shell found no make.
  if (exitCode === 127) return false
  const name = target.replace(/[^\w-]/g, '\\$&')
  // Not one that the target needs: `No rule to make target 'x', needed by 'verify'.`
  const missing = new RegExp(`No rule to make target [\`']${name}'\\.|don't know how to make ${name}\\b`)
  // A folder or file of that name without a rule.
  const idle = new RegExp(`Nothing to be done for [\`']${name}'`)
  // Even for show make runs the `$(MAKE)` of a recipe: what such a one lacks (`make[1]: ...`) fails the target that is there.
  const own = output.replace(/^\S+\[\d+\]: .*$/gm, '')
  return !missing.test(own) && !idle.test(own)
}
