import { placeOf } from '../model/fpm/setting.ts';
import type { Span } from '../syntax/source.ts';
import { lineWith } from './line.ts';
import type { Scope } from './scope.ts';
import type { Pointer, PointerArea } from './upgrade.ts';

/**
 * What the files of the new php-fpm and its php.ini name of the old version: an `include` of its pools, its pid file or log, its
 * extension directory. A `listen` under the old name is left out: whoever wrote it kept nginx's files as they are.
 */
export function fpmPointers({ newMasters, from, text }: Scope): readonly Pointer[] {
  const pointers = new Map<string, Pointer>();
  const add = (area: PointerArea, at: Span, today: string): void => {
    const written = at.source.text.slice(at.start, at.end);
    const renamed = text.rename(written);
    if (renamed === written) return;
    pointers.set(`${at.source.file}:${at.start}`, {
      area,
      at,
      today,
      line: lineWith(at, renamed),
      affects: [],
    });
  };
  for (const { config, phpIni, title } of newMasters) {
    for (const { span } of config.includes) add('php-fpm', span, `${title} reads the pools of PHP ${from}`);
    for (const entry of config.entries) {
      if (entry.name === 'include' || entry.name.startsWith('listen')) continue;
      add('php-fpm', placeOf(entry), `${title} names PHP ${from}`);
    }
    const directives = [...(phpIni?.directives.values() ?? []), ...(phpIni?.extensions ?? [])];
    for (const { span, name } of directives) {
      const isLoaded = /extension/i.test(name);
      add('php.ini', span, isLoaded ? `built for PHP ${from}` : `${title} names PHP ${from}`);
    }
  }
  return [...pointers.values()];
}
