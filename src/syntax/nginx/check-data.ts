import type { DataContext } from './contexts.ts';
import type { Stated } from './duplicates.ts';
import { type Directive, type NginxProblem, reportedLineOf } from './tree.ts';

/** What nginx says of a line in a block of data, such as `map { }`; undefined where it takes it. */
export function refusalOfDataLine(
  line: Directive,
  context: DataContext,
  stated: Stated,
): NginxProblem | undefined {
  if (line.statement.contents) return refusal(line, 'syntax', 'unexpected "{"');
  const { name, args } = line;
  switch (context) {
    case 'map': {
      if (args.length === 0 && (name === 'hostnames' || name === 'volatile')) return undefined;
      if (args.length !== 1) return refusal(line, 'arguments', 'invalid number of the map parameters');
      if (name !== 'default') return undefined;
      const message = stated.first?.has(name) ? 'duplicate default map parameter' : undefined;
      stated.first ??= new Map();
      stated.first.set(name, line);
      return message === undefined ? undefined : refusal(line, 'duplicate', message);
    }
    case 'geo':
      if (args.length === 0 && name === 'ranges') return undefined;
      return args.length === 1
        ? undefined
        : refusal(line, 'arguments', 'invalid number of the geo parameters');
    case 'split_clients':
      return isShare(name) ? undefined : refusal(line, 'invalid-value', `invalid percent value "${name}"`);
    case 'types':
    case 'charset_map':
      return undefined;
    default:
      return context satisfies never;
  }
}

/** `*`, or a percentage above zero with up to two decimals: ngx_atofp in src/core/ngx_string.c. */
function isShare(text: string): boolean {
  return text === '*' || (/^\d*(?:\.\d{0,2})?%$/.test(text) && /[1-9]/.test(text));
}

function refusal(
  line: Directive,
  kind: 'syntax' | 'arguments' | 'duplicate' | 'invalid-value',
  message: string,
): NginxProblem {
  const { start, nameEnd: end } = line;
  return {
    kind,
    message,
    span: { source: line.source, start, end },
    reportedLine: reportedLineOf(line),
    fatal: true,
  };
}
