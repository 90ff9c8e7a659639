import { expect, test } from 'vitest'
import { run } from './exec.ts'
import { tempDir } from './temp.ts'
import { startWorkerHub } from './worker.ts'

test('workers do what the test says, when it says so', async () => {
  await using hub = await startWorkerHub()
  await using folder = await tempDir('worker')
  const start = (id: string, label = 'worker') =>
    run('bash', ['-c', hub.line(label)], {
      cwd: folder.path,
      env: { FANOUT_TASK_ID: id, FANOUT_ATTEMPT: '2' },
      input: `prompt of ${id}`,
    })
  const [first, second] = [start('one'), start('two')]
  const two = await hub.next('two')
  const one = await hub.next()
  expect(one).toMatchObject({
    taskId: 'one',
    attempt: 2,
    stdin: 'prompt of one',
    cwd: folder.path,
    label: 'worker',
  })
  expect(hub.peak).toBe(2)
  await one.write('out/file.txt', 'content')
  expect(await one.sh('cat out/file.txt; echo "$FANOUT_TASK_ID"')).toBe('contentone\n')
  await expect(one.sh('echo why >&2; exit 4')).rejects.toThrow(/ended with 4\nwhy/)
  await one.print('on stdout\n')
  await one.printErr('on stderr\n')
  await one.exit(3)
  expect(await first).toMatchObject({ code: 3, stdout: 'on stdout\n', stderr: 'on stderr\n' })
  await two.ignore('SIGTERM')
  await two.kill('SIGTERM')
  expect(await two.sh('echo still here')).toBe('still here\n')
  await two.kill()
  await two.ended
  expect(await second).toMatchObject({ signal: 'SIGKILL' })
  hub.each(async next => next.exit(next.label === 'gate' ? 1 : 0))
  expect(await start('', 'gate')).toMatchObject({ code: 1 })
  await expect(hub.next('three', 1)).rejects.toThrow('so far: worker')
  expect(hub.starts.map(each => each.running)).toEqual([false, false, false])
})
