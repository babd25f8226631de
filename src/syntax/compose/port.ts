/** Ports from `first` to `last`, both included; mostly they are the same. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** A part of a text, and where in it. */
export interface Part {
  readonly text: string;
  readonly start: number;
}

/** The parts of `[[HOST:]PUBLISHED:]TARGET[/PROTOCOL]`; what is not written is absent. */
export interface ShortPort {
  readonly hostIp?: Part;
  readonly published?: Part;
  readonly target: Part;
  readonly protocol?: string;
}

/**
 * Takes the short form of a port apart. Variables may be left in it as `${...}`; colons and slashes in them separate nothing.
 *
 * https://github.com/compose-spec/compose-spec/blob/main/05-services.md#ports
 */
export function parseShortPort(text: string): ShortPort {
  const slash = outsideVariables(text, '/').at(-1);
  const ports = slash === undefined ? text : text.slice(0, slash);
  const protocol = slash === undefined ? undefined : text.slice(slash + 1).toLowerCase();
  const colons = outsideVariables(ports, ':');
  const beforeTarget = colons.at(-1);
  const beforePublished = colons.at(-2);
  const target = part(ports, beforeTarget === undefined ? 0 : beforeTarget + 1, ports.length);
  const published = part(ports, beforePublished === undefined ? 0 : beforePublished + 1, beforeTarget ?? 0);
  const host = part(ports, 0, beforePublished ?? 0);
  return {
    target,
    ...(published.text !== '' && { published }),
    ...(host.text !== '' && { hostIp: withoutBrackets(host) }),
    ...(protocol !== undefined && { protocol }),
  };
}

/** Reads `80` or `8000-8010`; nothing where it is neither. */
export function parsePortRange(text: string): PortRange | undefined {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!found) return undefined;
  const first = Number(found[1]);
  const last = Number(found[2] ?? found[1]);
  return first <= last && last <= 65535 ? { first, last } : undefined;
}

/** The offsets of a character, those left out that stand inside of `${...}`. */
export function outsideVariables(text: string, character: string): readonly number[] {
  const offsets: number[] = [];
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '{') open++;
    else if (text[at] === '}' && open > 0) open--;
    else if (text[at] === character && open === 0) offsets.push(at);
  }
  return offsets;
}

function part(text: string, start: number, end: number): Part {
  return { text: text.slice(start, end), start };
}

function withoutBrackets({ text, start }: Part): Part {
  return text.startsWith('[') && text.endsWith(']')
    ? { text: text.slice(1, -1), start: start + 1 }
    : { text, start };
}
