import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { lookAt, watchPeak } from '../../src/world/peaks.ts'

const isLinux = process.platform === 'linux'
const MB = 1_000_000

test.runIf(isLinux)(
  'all that a command started counts, also what each has given back, and no other group',
  async () => {
    const fill = `const x = Buffer.alloc(${80 * MB}, 1); console.log(x.length)`
    const script = `node -e '${fill}; setInterval(() => {}, 1e6)' & node -e '${fill}; setInterval(() => {}, 1e6)' & wait`
    const child = spawn('bash', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      let lines = 0
      for await (const chunk of child.stdout) {
        lines += String(chunk).split('\n').length - 1
        if (lines === 2) break
      }
      const [peak, other] = [watchPeak(child.pid!), watchPeak(2 ** 30)]
      await lookAt()
      expect(peak.end()).toBeGreaterThan(160 * MB)
      expect(other.end()).toBeNull()
      expect(peak.end()).toBeNull()
    } finally {
      const gone = once(child, 'exit')
      process.kill(-child.pid!, 'SIGKILL')
      await gone
    }
  },
)
