import type { Source } from '../source.ts';
import { readerByLines } from './read-by-lines.ts';
import { readWhole } from './read-whole.ts';
import { ParsedNginx } from './tree.ts';

/** A reader of many files, which remembers what their lines say. */
export function nginxParser(): (source: Source) => ParsedNginx {
  const readByLines = readerByLines();
  return (source) => {
    const contents = readByLines(source.asRead ?? source.text);
    if (contents) return new ParsedNginx(source, contents, []);
    const whole = readWhole(source);
    return new ParsedNginx(source, whole.contents, whole.problems);
  };
}

/**
 * Reads one file into its directives, as nginx's tokenizer and ngx_conf_parse do (src/core/ngx_conf_file.c), without
 * knowing what the directives mean. Never throws: what nginx refuses is in `problems`, and reading goes on after it.
 * Takes time in proportion to the length of the text and no stack, however deep the blocks nest.
 */
export function parseNginx(source: Source): ParsedNginx {
  return nginxParser()(source);
}
