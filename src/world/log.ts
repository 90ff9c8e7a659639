/** The step log. Every line that is not ours comes in as data and is made harmless before it gets here. */
export interface Log {
  /** One line for people. */
  line(text: string): void
  /** Something to look at; an annotation where there are annotations. */
  warning(title: string, text: string): void
  notice(title: string, text: string): void
  /** A fold, closed by default where the log has folds. */
  fold(title: string, lines: readonly string[]): void
  /** For people who look for a fault of ours; hidden by default. */
  debug(text: string): void
}
