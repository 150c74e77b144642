// The questions that trailx answers in fewer than ten key presses, on the sample. One list: test/e2e/questions.test.ts
// asks them in a real terminal, `npm run pictures` draws the answers, and test/docs holds docs/questions.md against it.

/** The sample ends then and the clock stands still: a Wednesday, so that "yesterday" had its outage at 14:30. */
export const QUESTIONS_TIME = '2026-05-20T11:00:00Z';

export type Question = {
  /** Names the picture. */
  readonly id: string;
  readonly topic: 'incident' | 'security' | 'access' | 'change tracking' | 'audit' | 'cost' | 'debugging';
  readonly asks: string;
  /** As TestTerminal.press names them; every one counts. */
  readonly keys: readonly string[];
  /** What the screen then shows, all of it. */
  readonly shows: readonly RegExp[];
  /** Waited for before the key of this index: an answer that the next key stands on. */
  readonly between?: Readonly<Record<number, RegExp>>;
  /** Where the picture is of an earlier screen: the answer names a folder of this machine. */
  readonly drawn?: { readonly keys: number; readonly shows: readonly RegExp[] };
};

const typed = (text: string): readonly string[] => [...text];

export const QUESTIONS: readonly Question[] = [
  {
    id: 'deleted',
    topic: 'incident',
    asks: 'What was deleted or terminated in the last two hours, and by whom?',
    keys: [...typed(':del'), 'enter', ...typed('t2h'), 'enter'],
    shows: [
      / 9 of 3,000 events/,
      /D {2}\S+ +(?:\S+ +)?DeleteFunction.* +Admin\/alice/,
      /TerminateInstances .*Ops\/bob.*denied/,
    ],
  },
  {
    id: 'before-the-outage',
    topic: 'incident',
    asks: 'What changed in the half hour before 14:30?',
    keys: ['n', ...typed('t1430'), 'enter'],
    shows: [
      / 8 of 3,000 events/,
      /14:06:\d\d .* Developer\/c/,
      /14:09:\d\d .* Ops\/kath/,
      // Whose pipeline it was is known a moment after the events are there.
      /UpdateStack +.*(?:ci-deploy\/b|repo:example)/,
    ],
  },
  {
    id: 'resource',
    topic: 'incident',
    asks: 'What has touched this instance?',
    keys: ['w', 'r'],
    shows: [/History of i-0a7c31e95b2d4f681/, /TerminateInst.*Admin\/alice +\S/, /TerminateInst.*Ops\/bob +denied/],
    between: { 1: /▌D +.*TerminateInstances/ },
  },
  {
    id: 'access-key',
    topic: 'security',
    asks: 'What did this access key do?',
    keys: [...typed(':tra'), 'enter', '=', 'K'],
    shows: [/key:AKIAEXAMPLE7PERSIST5/, / 57 of 3,000 events/],
    between: { 5: / 4 of 3,000/ },
  },
  {
    id: 'no-mfa',
    topic: 'security',
    asks: 'Who signed in to the console without MFA?',
    keys: [...typed(':mfa'), 'enter'],
    shows: [/ConsoleLogin .*root/, /name:ConsoleLogin !mfa:true/, /contractor/],
  },
  {
    id: 'new-address',
    topic: 'security',
    asks: 'Who signed in from an address never seen before?',
    keys: [...typed(':sig'), 'enter'],
    shows: [/Billing\/oleg.*198\.51\.100\.151/],
  },
  {
    id: 'new-access',
    topic: 'security',
    asks: 'Which keys, users and policies were created?',
    keys: [...typed(':acc'), 'enter'],
    shows: [/CreateUser/, /CreateAccessKey/, /CreatePolicy/],
  },
  {
    id: 'secrets',
    topic: 'security',
    asks: 'Which secrets were read, by whom and from where?',
    keys: [...typed(':sec'), 'enter'],
    shows: [/203\.0\.113\./, /prod\//],
  },
  {
    id: 'denied',
    topic: 'access',
    asks: "Which of this role's calls were denied, and why?",
    keys: [...typed('/repo'), 'enter', 'X'],
    shows: [/Denied calls +21 of/, /sns:Publish/, /SCP denies/],
  },
  {
    id: 'changes',
    topic: 'change tracking',
    asks: "What are this week's changes, by person?",
    keys: [...typed('t7d'), 'enter', ...typed(':cha'), 'enter'],
    shows: [/Admin\/alice/, /Developer\/carol/, /Ops\/bob/],
  },
  {
    id: 'root',
    topic: 'audit',
    asks: 'What has root done in 90 days, as CSV?',
    keys: [...typed(':root'), 'enter', 'D', 'enter'],
    shows: [/wrote 13 events/],
    between: { 6: /13 of 3,000/, 7: /csv/i },
    drawn: { keys: 7, shows: [/csv/i] },
  },
  {
    id: 'launches',
    topic: 'cost',
    asks: 'Who launched instances, and of which type?',
    keys: [...typed(':lau'), 'enter'],
    shows: [/Ops\/bob +p4d\.24xlarge/, /svc-backup2/],
  },
  {
    id: 'around',
    topic: 'debugging',
    asks: 'What happened within five minutes of this event, reads included?',
    keys: ['w', '=', 't'],
    shows: [/ 9 of 3,000 events/, /R .*DescribeInstances/, /D .*TerminateInstances/],
    between: { 1: /▌D +.*TerminateInstances/ },
  },
];

/** `:del ↵ t2h ↵`, as the page of questions shows them. */
export function keysText(keys: readonly string[]): string {
  const words: string[] = [];
  for (const key of keys) {
    const last = words.at(-1);
    if (key.length > 1) words.push(key === 'enter' ? '↵' : key);
    else if (last === undefined || last === '↵') words.push(key);
    else words[words.length - 1] = last + key;
  }
  return words.join(' ');
}
