import { ScenarioError } from '../../scenario.ts';
import { isMapping } from './values.ts';

/** `KEY=value` lines, with comments and quotes. */
export function readEnvFile(content: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of content.split('\n')) {
    const match = /^\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*$/.exec(line);
    if (!match) continue;
    const [, name = '', raw = ''] = match;
    const quoted = /^(["'])(.*)\1/.exec(raw);
    found.set(name, quoted ? (quoted[2] ?? '') : raw.replace(/\s+#.*$/, ''));
  }
  return found;
}

/**
 * Replaces the variables in every scalar of a file.
 * https://docs.docker.com/reference/compose-file/interpolation/
 */
export function interpolate(value: unknown, environment: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return interpolateText(value, environment);
  if (Array.isArray(value)) return value.map((item) => interpolate(item, environment));
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => [key, interpolate(inside, environment)]),
  );
}

const VARIABLE = /\$(?:(\$)|(\w+)|\{(\w+)(?:(:?[-?+])([^}]*))?\})/g;

function interpolateText(value: string, environment: ReadonlyMap<string, string>): string {
  return value.replace(VARIABLE, (_, dollar, bare, braced, operator: string | undefined, word = '') => {
    if (dollar !== undefined) return '$';
    const known = environment.get(bare ?? braced);
    const isSet = operator?.startsWith(':') ? known !== undefined && known !== '' : known !== undefined;
    switch (operator?.at(-1)) {
      case '-':
        return isSet ? (known ?? '') : word;
      case '+':
        return isSet ? word : '';
      case '?':
        if (!isSet) throw new ScenarioError(`the variable ${braced} is needed: ${word}`);
        return known ?? '';
      default:
        return known ?? '';
    }
  });
}
