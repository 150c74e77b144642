/** What a shell is told. 128 + the signal's number where one ended the program, as shells expect. */
export const EXIT = {
  matched: 0,
  nothingMatched: 1,
  /** Wrong usage, no readable source, or output that cannot be written. */
  unusable: 2,
  accessDenied: 3,
  /** Some files failed; what could be read was printed. */
  partial: 4,
  interrupted: 130,
} as const;
