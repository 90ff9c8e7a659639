/** The instructions a remediation gets on standard input: what failed, the evidence, the task, what must hold. */
import type { Handoff, Task } from './task.ts'

export function handoffPrompt(
  task: Task,
  handoff: Handoff,
  context: { readonly branch: string; readonly paths: readonly string[] },
): string {
  const parts = handoff.kind === 'conflict' ? conflict(handoff.files, context.branch) : gate(handoff.gate)
  const scope =
    context.paths.length > 0 ? [`- Only these files may change: ${context.paths.join(', ')}.`] : []
  return [
    `# ${task.title}`,
    '',
    ...parts.what,
    '',
    '## What must hold when you are done',
    ...parts.must,
    ...scope,
    '- The purpose of the task below is still met, and nothing that others landed is lost.',
    '- Do not push. Leave the result in this working directory; committing is optional.',
    '',
    '## The task',
    task.prompt ?? task.title,
    '',
  ].join('\n')
}

interface Parts {
  readonly what: readonly string[]
  readonly must: readonly string[]
}

function conflict(files: readonly string[], branch: string): Parts {
  return {
    what: [
      `The change of this task conflicts with what has landed on ${branch} meanwhile.`,
      'This directory is at the present tip with the change merged in; the conflict markers are in place in:',
      ...files.map(file => `- ${file}`),
    ],
    must: [
      '- No conflict marker is left in any of these files, and both sides keep their intent.',
      '- A file that has no markers (a binary one, one that a side removed) is decided too: changed, removed, or kept as it is with `git add`.',
    ],
  }
}

function gate(result: Extract<Handoff, { kind: 'gate' }>['gate']): Parts {
  const how = result.timedOut
    ? 'did not end in time'
    : result.signal !== null
      ? `was ended by ${result.signal}`
      : `exited with ${result.exitCode}`
  return {
    what: [
      `The change of this task merges cleanly, but the CI command ${how} on the result.`,
      'This directory is at the present tip with the change merged in. The end of its output:',
      '',
      ...result.outputTail.split('\n').map(line => `    ${line}`),
    ],
    must: ['- The CI command passes on the whole tree.'],
  }
}
