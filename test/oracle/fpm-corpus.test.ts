import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { FpmProblemKind } from '../../src/syntax/fpm/problem.ts';
import { readFpm } from '../../src/syntax/fpm/reader.ts';
import { decode } from '../../src/syntax/source.ts';
import { differences } from './fpm-dump.ts';
import {
  askPhpFpm,
  firstError,
  installedPhpFpm,
  makeDirectory,
  readMaster,
  remarksOn,
  withoutPhpFpm,
  wrap,
} from './php-fpm.ts';

const corpus = resolve(import.meta.dirname, '../../../shared/corpus');
const hasCorpus = existsSync(join(corpus, 'labels.jsonl'));
const noCorpus = 'left out: ../shared/corpus is not there';

interface Label {
  readonly path: string;
  readonly kind: string;
  readonly verdict: string;
  readonly msg: string | null;
}

function labels(): readonly Label[] {
  return readFileSync(join(corpus, 'labels.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line): Label => JSON.parse(line))
    .filter(({ kind }) => kind.startsWith('fpm-'));
}

/** What an override file lacks by design, and what makes it whole. */
const supplements: ReadonlyMap<FpmProblemKind, string> = new Map([
  ['user-missing', 'user = root'],
  ['listen-missing', 'listen = 127.0.0.1:9000'],
  ['pm-missing', 'pm = static'],
  ['max-children', 'pm.max_children = 1'],
]);

const canAsk = hasCorpus && installedPhpFpm !== undefined;
const why = hasCorpus ? `left out: ${withoutPhpFpm}` : noCorpus;

describe.skipIf(!canAsk)(`real pools against php-fpm -tt${canAsk ? '' : ` (${why})`}`, () => {
  const directory = makeDirectory();
  afterAll(() => rmSync(directory, { recursive: true }));

  it('refuses what php-fpm refuses in its words, and reads the rest to the same values', () => {
    const wrongVerdicts: string[] = [];
    const wrongWords: string[] = [];
    const wrongValues: string[] = [];
    let refused = 0;
    let compared = 0;
    for (const { path } of labels()) {
      let file = join(corpus, path);
      let extra = '';
      for (let round = 0; round < 5; round++) {
        const main = wrap(directory, file, readMaster(file), extra);
        const verdict = askPhpFpm(main);
        const master = readMaster(main);
        const error = firstError(master);
        if (round === 0 && verdict.error !== undefined) refused++;
        if ((verdict.error === undefined) !== (error === undefined)) {
          wrongVerdicts.push(`${path}: php-fpm says ${verdict.error}, no502 ${error}`);
        } else if (verdict.error !== error) {
          wrongWords.push(`${path}: php-fpm says ${verdict.error}, no502 ${error}`);
        } else if (error === undefined) {
          compared++;
          wrongValues.push(...differences(master, verdict.dump).map((line) => `${path}: ${line}`));
          const ours = remarksOn(master);
          if (ours.join('\n') !== verdict.remarks.join('\n')) {
            wrongWords.push(`${path}: php-fpm remarks ${verdict.remarks.join()}, no502 ${ours.join()}`);
          }
        }
        const fatal = master.problems.filter((problem) => problem.fatal && problem.seenByTest);
        const more = [...new Set(fatal.map((problem) => supplements.get(problem.kind)))];
        if (fatal[0]?.kind === 'include-glob') file = withoutIncludes(file, directory);
        else if (fatal.length > 0 && !more.includes(undefined)) extra = [extra, ...more].join('\n');
        else break;
      }
    }
    expect(wrongVerdicts).toEqual([]);
    expect(wrongWords).toEqual([]);
    expect(wrongValues).toEqual([]);
    expect(refused).toBeGreaterThan(30);
    expect(compared).toBeGreaterThan(200);
  }, 180_000);
});

describe.skipIf(!hasCorpus)(`real pools against their labels${hasCorpus ? '' : ` (${noCorpus})`}`, () => {
  it('finds the error of every file that is labelled with one, and none elsewhere', () => {
    const wrong: string[] = [];
    for (const { path, kind, verdict, msg } of labels()) {
      const { text, encoding } = decode(readFileSync(join(corpus, path)));
      const header = kind === 'fpm-fragment' ? '[fragment]\n' : '';
      const source = { path, file: path, text: header + text, encoding };
      // The labeller's php-fpm had no environment.
      const options = { phpVersion: '8.2', prefix: '/usr', env: new Map<string, string>() };
      const reading = readFpm(source, () => ({ kind: 'no-match' }), options);
      const message = reading.problems
        .find((problem) => problem.fatal)
        ?.message.replace(/^\[[^\]]*:\d+\] /, '');
      // What only the whole configuration shows is compared above; what the labeller's machine lacked is not the reader's.
      const isReadersOwn = verdict !== 'ok' && !/^\[pool |^failed to open access log/.test(msg ?? '');
      const expected = isReadersOwn ? (msg ?? undefined) : undefined;
      if (message !== expected) wrong.push(`${path}: labelled ${expected}, no502 says ${message}`);
    }
    expect(wrong).toEqual([]);
  });
});

/** A copy of a file whose includes lead to directories of another machine: they lead to a pool here instead. */
function withoutIncludes(file: string, directory: string): string {
  const pool = join(directory, 'pool.conf');
  writeFileSync(pool, '[included]\nuser = root\nlisten = 9001\npm = static\npm.max_children = 1\n');
  const copy = join(directory, 'copy.conf');
  const text = readFileSync(file, 'latin1');
  writeFileSync(
    copy,
    text.replace(/^([ \t]*include[ \t]*=).*$/gm, (_, key) => `${key}${pool}`),
    'latin1',
  );
  return copy;
}
