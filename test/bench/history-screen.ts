/** Whether the list shows events: several lines that begin with a time. */
export function hasRows(picture: string): boolean {
  return picture.split('\n').filter((line) => /^.{0,5}(?:\d\d-\d\d )?\d\d:\d\d:\d\d/.test(line)).length > 5;
}
