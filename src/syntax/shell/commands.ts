/** One simple command of a shell script. */
export interface ShellCommand {
  /** Quotes taken off; `$NAME` and `${NAME}` are left in, anything that is computed is `$(...)`. */
  readonly words: readonly string[];
  /** Files it writes to: `> file`, `>> file`. */
  readonly outputs: readonly string[];
}

const OPERATORS = /^(?:&&|\|\||;;|[;|&(){}\n])/;

/**
 * The simple commands of a shell script, in order, whatever decides which of them run: enough to tell what a script may touch, not what it
 * does. Here-documents are not told from commands.
 *
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function shellCommands(script: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let outputs: string[] = [];
  let at = 0;
  const flush = (): void => {
    if (words.length > 0 || outputs.length > 0) commands.push({ words, outputs });
    words = [];
    outputs = [];
  };
  while (at < script.length) {
    const rest = script.slice(at, at + 6);
    const blank = /^(?:[ \t\r]|\\\r?\n)/.exec(rest)?.[0];
    if (blank) {
      at += blank.length;
      continue;
    }
    if (rest.startsWith('#')) {
      const end = script.indexOf('\n', at);
      at = end === -1 ? script.length : end;
      continue;
    }
    const redirect = /^(?:&>>?|\d?>>?(?:&\d|\|)?|\d?<&?)/.exec(rest)?.[0];
    const operator = redirect ? undefined : OPERATORS.exec(rest)?.[0];
    if (operator && !(operator === '{' && /[^\s]/.test(rest.charAt(1)))) {
      flush();
      at += operator.length;
      continue;
    }
    if (redirect) {
      at += redirect.length;
      if (/&\d$/.test(redirect)) continue;
      while (/[ \t]/.test(script.charAt(at))) at++;
      const target = wordAt(script, at);
      if (redirect.includes('>')) outputs.push(target.text);
      at = Math.max(target.end, at + 1);
      continue;
    }
    const word = wordAt(script, at);
    words.push(word.text);
    at = Math.max(word.end, at + 1);
  }
  flush();
  return commands;
}

function wordAt(script: string, from: number): { readonly text: string; readonly end: number } {
  let text = '';
  let quote = '';
  let at = from;
  for (; at < script.length; at++) {
    const character = script.charAt(at);
    if (quote === '' && /[\s;|&()<>]/.test(character)) break;
    if (character === '\\' && quote !== "'") {
      at++;
      if (script.charAt(at) !== '\n') text += script.charAt(at);
    } else if (quote !== "'" && (character === '`' || (character === '$' && script.charAt(at + 1) === '('))) {
      at = endOfSubstitution(script, at);
      text += '$(...)';
    } else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else text += character;
  }
  return { text, end: at };
}

/** The last character of `$(...)` or of what stands between backticks. */
function endOfSubstitution(script: string, from: number): number {
  if (script.charAt(from) === '`') {
    const end = script.indexOf('`', from + 1);
    return end === -1 ? script.length : end;
  }
  let open = 0;
  for (let at = from + 1; at < script.length; at++) {
    if (script.charAt(at) === '(') open++;
    else if (script.charAt(at) === ')' && --open === 0) return at;
  }
  return script.length;
}
