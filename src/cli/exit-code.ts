/** What a shell is told. 128 + the signal's number where one ended the program, as shells expect. */
export const EXIT = {
  matched: 0,
  nothingMatched: 1,
  /** Wrong usage, no readable source, no answer from AWS, or output that cannot be written. */
  unusable: 2,
  /** Nothing could be read for want of credentials or permissions. */
  accessDenied: 3,
  /** Some files or Regions failed; what could be read was printed. */
  partial: 4,
  interrupted: 130,
} as const;
