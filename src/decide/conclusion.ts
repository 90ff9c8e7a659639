/** What makes the step fail. */
import type { Settings } from './settings.ts'
import type { Summary } from './summary.ts'

/** 0 or 1, as `fail-on` says. */
export function exitCodeOf(summary: Summary, failOn: Settings['failOn']): 0 | 1 {
  switch (failOn) {
    case 'never':
      return 0
    case 'verify':
      return summary.verification.passed === false ? 1 : 0
    case 'any':
      return summary.any_failed ? 1 : 0
  }
}
