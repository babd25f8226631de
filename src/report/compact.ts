import { positionAt } from '../syntax/source.ts';
import type { Reporter } from './reporter.ts';
import { visible } from './visible.ts';

/** One line a finding, as compilers print it and editors read it: `file:line:column: severity: message [rule]`. */
export const compact: Reporter = ({ findings }, { verbosity }) => {
  let text = '';
  for (const { at, severity, message, rule } of findings) {
    if (verbosity === 'quiet' && severity !== 'error') continue;
    const { line, column } = positionAt(at.source, at.start);
    text += `${visible(`${at.source.file}:${line}:${column}: ${severity}: ${message} [${rule}]`)}\n`;
  }
  return text;
};
