/** A word of a statement that is not as what it cites has it. */
export interface Doubt {
  readonly word: string;
  /** Whether what is cited may say the same in other words. */
  readonly isDoubtful: boolean;
}
