import type { App, RequestPlan } from './plan.ts';
import { parseApp, parseHunks, parseRequest } from './scenario-lines.ts';

/** One thing a scenario changes on its base host. Paths are absolute. */
export type Change =
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'edit'; readonly path: string; readonly hunks: readonly Hunk[] }
  | { readonly kind: 'delete'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'mode'; readonly path: string; readonly mode: number }
  | { readonly kind: 'owner'; readonly path: string; readonly owner: string };

/** Neighbouring lines that stand once in a file, and what replaces them. No old lines: the new ones go to the end. */
export interface Hunk {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * What the linter must say. `fault`: an error of this rule (or of one of these), and the host does fail. `risk`: the lab
 * made a condition come true that no file states, so that a warning of this rule is right and an error is not. `healthy`: no error.
 * `unknown`: no error either, since what decides is not in the files.
 */
export type Verdict =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'fault'; readonly rules: readonly string[] }
  | { readonly kind: 'risk'; readonly rules: readonly string[] };

/** A request and the status its author expects; `null` where nobody answers. */
export interface ExpectedRequest {
  readonly plan: RequestPlan;
  readonly status: number | null;
  /** Text that the answer must hold, where the status alone would not tell who answered. */
  readonly saying?: string;
}

/** What a page of the lab tells about a host: a scenario, or the `host.md` of a base host. */
export interface Story {
  readonly title: string;
  readonly changes: readonly Change[];
  readonly apps: readonly App[];
  /** Masters whose service is not started: the configuration is a leftover. */
  readonly stopped: readonly string[];
  /** Masters at places where the lab would not look: name and `php-fpm.conf`. */
  readonly masters: readonly (readonly [name: string, file: string])[];
  readonly addresses: readonly string[];
  /** What boot or another package makes and the linter does not see: a directory, or a symlink to a target. */
  readonly boot: readonly (readonly [path: string, target?: string])[];
  readonly requests: readonly ExpectedRequest[];
  /** Directories of a repository that begin as the tree of a base host: path and host. */
  readonly trees: readonly (readonly [path: string, host: string])[];
  /** The version of nginx that the linter is told, as `--nginx-version` does. `unknown`: none, whatever the host's page says. */
  readonly nginxVersion?: string;
}

/** One story with an outcome: what differs from a base host, who visits, and what must be seen. */
export interface Scenario extends Story {
  /** `topic/name`, from its place on disk. */
  readonly id: string;
  readonly base: string;
  readonly verdicts: readonly Verdict[];
  /** The rules that a healthy host looks as if it broke. */
  readonly tempts: readonly string[];
}

/** A scenario file that its author must mend; the message names file and line. */
export class ScenarioError extends Error {}

/** What `bom` behind a file's name asks for; `crlf` asks for carriage returns. Both are too easily lost as characters. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Reads one scenario, in the format that `test/lab/README.md` describes. */
export function parseScenario(id: string, text: string): Scenario {
  const page = parsePage(id, text);
  if (page.title === '' || page.base === '' || page.verdicts.length === 0) {
    throw new ScenarioError(`${id}.md: needs a title, a base and a verdict`);
  }
  return page;
}

/** Reads the `host.md` of a base host. */
export function parseHost(name: string, text: string): Story {
  return parsePage(name, text);
}

/** Reads any page of the lab: what it does not say stays empty. */
export function parsePage(id: string, text: string): Scenario {
  const changes: Change[] = [];
  const apps: App[] = [];
  const requests: ExpectedRequest[] = [];
  const verdicts: Verdict[] = [];
  const stopped: string[] = [];
  const masters: (readonly [string, string])[] = [];
  const addresses: string[] = [];
  const boot: (readonly [string, string?])[] = [];
  const trees: (readonly [string, string])[] = [];
  const tempts: string[] = [];
  const programs = new Map<string, string>();
  let nginxVersion: string | undefined;
  let title = '';
  let base = '';
  const lines = text.split('\n');

  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const fail = (problem: string): never => {
      throw new ScenarioError(`${id}.md:${at + 1}: ${problem}: ${line}`);
    };
    if (line.startsWith('```')) {
      const fence = /^`+/.exec(line)?.[0] ?? '```';
      const close = lines.indexOf(fence, at + 1);
      if (close === -1) fail('the block is never closed');
      const block = lines.slice(at + 1, close);
      const [language = '', first = '', ...words] = line.slice(fence.length).trim().split(/\s+/);
      if (language === 'js' && first === 'app') programs.set(words[0] ?? '', block.join('\n'));
      else if (first === '') fail('the block names no file');
      else if (language === 'diff') {
        changes.push({ kind: 'edit', path: absolute(first), hunks: parseHunks(block) });
      } else {
        const [mark, end] = [
          words.includes('bom') ? BYTE_ORDER_MARK : '',
          words.includes('crlf') ? '\r\n' : '\n',
        ];
        changes.push({ kind: 'write', path: absolute(first), text: `${mark}${block.join(end)}${end}` });
      }
      at = close;
      continue;
    }
    if (title === '' && line.startsWith('# ')) title = line.slice(2).trim();
    if (line.startsWith('- ')) {
      const request = parseRequest(line.slice(2), requests);
      if (request) requests.push(...request);
      else fail('not a request');
      continue;
    }
    const [, word = '', rest = ''] = /^(\w+)(?:: *(.*\S))? *$/.exec(line) ?? [];
    const [left = '', right = ''] = rest.split(/\s*->\s*|\s+/);
    switch (word) {
      case 'base':
        base = rest;
        break;
      case 'delete':
        changes.push({ kind: 'delete', path: absolute(rest) });
        break;
      case 'dir':
        changes.push({ kind: 'directory', path: absolute(rest) });
        break;
      case 'link':
        changes.push({ kind: 'link', path: absolute(left), target: right });
        break;
      case 'mode':
        changes.push({ kind: 'mode', path: absolute(left), mode: Number.parseInt(right, 8) });
        break;
      case 'owner':
        changes.push({ kind: 'owner', path: absolute(left), owner: right });
        break;
      case 'boot':
        boot.push(right === '' ? [absolute(rest)] : [absolute(left), right]);
        break;
      case 'tree':
        trees.push([absolute(left), right]);
        break;
      case 'address':
        addresses.push(rest);
        break;
      case 'stopped':
        stopped.push(rest);
        break;
      case 'master':
        masters.push([left, absolute(right)]);
        break;
      case 'app':
        apps.push(parseApp(rest) ?? fail('not an app'));
        break;
      case 'nginx':
        nginxVersion = rest;
        break;
      case 'tempts':
        tempts.push(...rest.split(/, */));
        break;
      case 'healthy':
        verdicts.push({ kind: 'healthy' });
        break;
      case 'unknown':
        verdicts.push({ kind: 'unknown', reason: rest });
        break;
      case 'fault':
        verdicts.push({ kind: 'fault', rules: rest.split(' or ') });
        break;
      case 'risk':
        verdicts.push({ kind: 'risk', rules: rest.split(' or ') });
        break;
      default:
        break;
    }
  }
  const withPrograms = apps.map((app): App => {
    const program = programs.get(app.name);
    return program === undefined ? app : { ...app, program };
  });
  return {
    id,
    title,
    base,
    changes,
    apps: withPrograms,
    stopped,
    masters,
    addresses,
    boot,
    requests,
    trees,
    ...(nginxVersion !== undefined && { nginxVersion }),
    verdicts,
    tempts,
  };
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
