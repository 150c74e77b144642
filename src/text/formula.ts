// A spreadsheet runs a cell that begins like a formula, and whoever made a call chose what stands in its record
// (=HYPERLINK("…") as a user agent). What OWASP's page on CSV injection lists gets an apostrophe in front, which a
// spreadsheet takes for "this is text". A value that has apostrophes there already gets one more, so that taking one
// away gives each value back. Plain numbers stay: a spreadsheet can do nothing with -5 but show it.
//
// Where a comma is the mark of decimals, a spreadsheet separates cells by semicolons, and a quote in the middle of what
// it takes for a cell is a character like others: a semicolon, tab or line end inside a value begins a cell there. So
// what follows one gets its apostrophe by the same rule.

/** `= + - @` and their wide forms, tab and line ends, also behind blanks, quotes or apostrophes that a program may drop. */
const FORMULA = /^['"\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^'*[\t\r\n]/u;
/** Also behind the blank that separates values of one cell. */
const NUMBER = /^ ?-?\d+(?:\.\d+)?$/;

/** What some program or other takes for the end of a cell, whatever the quotes. */
const SEPARATORS = /([;\t\r\n])/;

/** The value with an apostrophe in front of whatever a spreadsheet could take for a formula. */
export function protectFromFormula(value: string): string {
  const safe = isFormula(value) ? `'${value}` : value;
  return SEPARATORS.test(value) ? mapLater(safe, (part) => (isFormula(part) ? `'${part}` : part)) : safe;
}

/** Takes back what `protectFromFormula` did; a value that is not of its making is returned as it is. */
export function unprotectFromFormula(value: string): string {
  if (!value.includes("'")) return value;
  const later = mapLater(value, (part) => (part.startsWith("'") && isFormula(part.slice(1)) ? part.slice(1) : part));
  const before = [later.slice(later.startsWith("'") ? 1 : 0), later].find((text) => protectFromFormula(text) === value);
  return before ?? value;
}

function isFormula(value: string): boolean {
  return FORMULA.test(value) && !NUMBER.test(value);
}

/** Changes what stands behind a separator. */
function mapLater(value: string, change: (part: string) => string): string {
  const parts = value.split(SEPARATORS);
  return parts.map((part, k) => (k > 0 && k % 2 === 0 ? change(part) : part)).join('');
}
