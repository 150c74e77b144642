// A spreadsheet runs a cell that begins like a formula, and whoever made a call chose what stands in its record
// (=HYPERLINK("…") as a user agent). What OWASP's page on CSV injection lists gets an apostrophe in front, which a
// spreadsheet takes for "this is text". A value that has apostrophes there already gets one more, so that taking one
// away gives each value back. Plain numbers stay: a spreadsheet can do nothing with -5 but show it.

/** `= + - @` and their wide forms, tab and line ends, also behind blanks, quotes or apostrophes that a program may drop. */
const FORMULA = /^['"\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^'*[\t\r\n]/u;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** The value with an apostrophe in front where a spreadsheet could take it for a formula. */
export function protectFromFormula(value: string): string {
  return FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
}

/** Takes back what `protectFromFormula` did; a value that is not of its making is returned as it is. */
export function unprotectFromFormula(value: string): string {
  if (!value.startsWith("'")) return value;
  const before = value.slice(1);
  return protectFromFormula(before) === value ? before : value;
}
