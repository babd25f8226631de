import type { Source } from '../../src/syntax/source.ts';
import type { Random } from './random.ts';

/** Pieces in any order. */
export function soup(random: Random, of: readonly string[], most: number): string {
  let text = '';
  for (let left = random.below(most + 1); left > 0; left--) text += random.pick(of);
  return text;
}

/** Bytes, as Latin-1 has them. */
function bytes(random: Random, most: number): string {
  let text = '';
  for (let left = random.below(most + 1); left > 0; left--) text += String.fromCharCode(random.below(256));
  return text;
}

/** A stretch of a real text with something cut out, put in, doubled or moved. */
export function mutated(
  random: Random,
  texts: readonly string[],
  of: readonly string[],
  longest: number,
): string {
  if (texts.length === 0) return soup(random, of, 20);
  const whole = random.pick(texts);
  const from = whole.length <= longest || random.once(4) ? 0 : random.below(whole.length);
  let text = whole.slice(from, from + longest);
  for (let changes = 1 + random.below(4); changes > 0; changes--) {
    const at = random.below(text.length + 1);
    const length = random.below(random.once(3) ? 200 : 8);
    const before = text.slice(0, at);
    const behind = text.slice(at);
    switch (random.below(6)) {
      case 0:
        text = before + behind.slice(length);
        break;
      case 1:
        text = before + behind.slice(0, length) + behind;
        break;
      case 2:
        text = before + String.fromCharCode(random.below(256)) + behind.slice(1);
        break;
      case 3:
        text = before + soup(random, of, 4) + behind;
        break;
      case 4:
        text = before + random.pick(texts).slice(0, length) + behind;
        break;
      default:
        text = behind + before;
    }
  }
  return text;
}

/** Of the three kinds one. */
export function anyText(
  random: Random,
  texts: readonly string[],
  of: readonly string[],
  longest = 400,
): string {
  switch (random.below(5)) {
    case 0:
      return bytes(random, 40);
    case 1:
    case 2:
      return soup(random, of, 24);
    default:
      return mutated(random, texts, of, longest);
  }
}

/** Now and then pieces over and over: what takes more time than the text is long, or calls itself for each of them, shows. */
export function orRepeated(random: Random, text: string, of: readonly string[]): string {
  if (!random.once(400)) return text;
  const unit = Array.from({ length: 1 + random.below(3) }, () => random.pick(of)).join('');
  return text + unit.repeat(Math.ceil(100_000 / Math.max(1, unit.length)));
}

/** A source as `decode` would make one: no lone surrogates, and Latin-1 where that is all it takes, every other time. */
export function sourceFrom(text: string, path = '/etc/x.conf'): Source {
  const whole = withoutLoneSurrogates(text);
  const isLatin = /[\x80-\xff]/.test(whole) && !/[^\x00-\xff]/.test(whole) && whole.length % 2 === 1;
  return { path, file: path.slice(1), text: whole, encoding: isLatin ? 'latin1' : 'utf8' };
}

/** What no file can hold. */
export function withoutLoneSurrogates(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? Buffer.from(text).toString() : text;
}
