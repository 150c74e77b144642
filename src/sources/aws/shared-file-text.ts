/** Keys and values of one section; a key of a nested block is `outer.inner`, as in `cloudtrail.endpoint_url`. */
export type Section = ReadonlyMap<string, string>;

export type ConfigSections = {
  readonly profiles: ReadonlyMap<string, Section>;
  readonly ssoSessions: ReadonlyMap<string, Section>;
  readonly services: ReadonlyMap<string, Section>;
  /** Sections that are none of these. */
  readonly strays: readonly string[];
  readonly problems: readonly string[];
};

export type CredentialsSections = Pick<ConfigSections, 'profiles' | 'problems'>;

const MAX_PROBLEMS = 5;
/** `[profile prod]`, `[sso-session "my work"]` */
const KINDED = /^(profile|sso-session|services)\s+(["']?)(.+)\2$/;
/** A comment begins a line, or follows white space. */
const COMMENT = /(?:^|\s)[#;]/;

/** The config file. `path` is for the problems. */
export function parseConfig(text: string, path: string): ConfigSections {
  const { sections, problems } = parseIni(text, path);
  const byKind = {
    profile: new Map<string, Section>(),
    'sso-session': new Map<string, Section>(),
    services: new Map<string, Section>(),
  };
  const strays: string[] = [];
  for (const [header, section] of sections) {
    const [, kind, , name] = KINDED.exec(header) ?? [];
    if (kind !== undefined && name !== undefined) merge(byKind[kind as keyof typeof byKind], name.trim(), section);
    else if (header === 'default') merge(byKind.profile, 'default', section);
    else strays.push(header);
  }
  return {
    profiles: byKind.profile,
    ssoSessions: byKind['sso-session'],
    services: byKind.services,
    strays,
    problems,
  };
}

/** The credentials file, where a profile is a section by its bare name. */
export function parseCredentials(text: string, path: string): CredentialsSections {
  const { sections, problems } = parseIni(text, path);
  const profiles = new Map<string, Section>();
  for (const [header, section] of sections) {
    const kinded = KINDED.exec(header);
    if (kinded === null) merge(profiles, header, section);
    else if (kinded[1] === 'profile') merge(profiles, (kinded[3] ?? '').trim(), section);
  }
  return { profiles, problems };
}

function merge(into: Map<string, Section>, name: string, section: Section): void {
  into.set(name, new Map([...(into.get(name) ?? []), ...section]));
}

function parseIni(text: string, path: string) {
  const sections = new Map<string, Map<string, string>>();
  const problems: string[] = [];
  let unclear = 0;
  let section: Map<string, string> | null = null;
  /** The key with an empty value whose block we may be in. */
  let outer: string | null = null;
  const complain = (line: number, what: string) => {
    unclear += 1;
    if (unclear <= MAX_PROBLEMS) problems.push(`${path}, line ${line}: ${what}`);
  };
  for (const [index, whole] of text.split(/\r?\n|\r/).entries()) {
    const comment = COMMENT.exec(whole);
    const line = (comment === null ? whole : whole.slice(0, comment.index)).trim();
    if (line === '') continue;
    if (line.startsWith('[')) {
      outer = null;
      if (!line.endsWith(']') || line.length === 2) {
        // What follows must not be taken for part of the section before.
        section = new Map();
        complain(index + 1, 'not a section: [name] is expected');
        continue;
      }
      const name = line.slice(1, -1).trim();
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      continue;
    }
    const isIndented = /^\s/.test(whole);
    const equals = line.indexOf('=');
    if (equals <= 0) {
      // An indented line goes on with the value before; no setting that we use spans lines.
      if (!isIndented || section === null) complain(index + 1, 'neither [section] nor key = value');
      continue;
    }
    if (section === null) {
      complain(index + 1, 'before the first [section]');
      continue;
    }
    const key = line.slice(0, equals).trim();
    const value = line.slice(equals + 1).trim();
    if (!isIndented) outer = null;
    if (value === '' && outer === null) outer = key;
    else if (value !== '') section.set(outer === null ? key : `${outer}.${key}`, value);
  }
  if (unclear > MAX_PROBLEMS) problems.push(`${path}: ${unclear - MAX_PROBLEMS} more lines like these`);
  return { sections, problems };
}
