import type { Word } from '../../syntax/command-line/words.ts';

/**
 * Fills in what systemd writes for `%i` and its like. What only the running host knows makes the word unknown.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#Specifiers
 */
export function withSpecifiers(word: Word, unit: string): Word {
  if (!word.text.includes('%')) return word;
  const full = unit.replace(/\.\w+$/, '');
  const at = full.indexOf('@');
  const instance = at === -1 ? '' : full.slice(at + 1);
  const prefix = at === -1 ? full : full.slice(0, at);
  const known = new Map([
    ['%', '%'],
    ['i', instance],
    ['I', instance.replaceAll('-', '/').replaceAll('\\x2d', '-')],
    ['n', unit],
    ['N', full],
    ['p', prefix],
    ['P', prefix],
    ['j', prefix.slice(prefix.lastIndexOf('-') + 1)],
    ['t', '/run'],
    ['S', '/var/lib'],
    ['C', '/var/cache'],
    ['L', '/var/log'],
    ['E', '/etc'],
    ['T', '/tmp'],
    ['V', '/var/tmp'],
    ['h', '/root'],
    ['u', 'root'],
    ['U', '0'],
  ]);
  let isUnknown = word.isUnknown ?? false;
  const text = word.text.replace(/%(.)/g, (whole, letter: string) => {
    const value = known.get(letter);
    if (value === undefined) isUnknown = true;
    return value ?? whole;
  });
  return { ...word, text, ...(isUnknown && { isUnknown: true }) };
}
