import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitNginxDump } from '../../src/load/nginx-dump.ts';

const segment = fc
  .string({ unit: fc.constantFrom(...'abz.-_:é '), minLength: 1, maxLength: 6 })
  .filter((each) => !/^\.{1,2}$|:$| $|^ /.test(each));
const file = fc.tuple(
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((names) => `/${names.join('/')}`),
  fc.string({ unit: fc.constantFrom(...'ab;{}#\n é'), maxLength: 30 }),
);

describe('a dump', () => {
  it('comes apart into the files that nginx put together', () => {
    const files = fc.uniqueArray(file, { minLength: 1, maxLength: 5, selector: ([path]) => path });
    fc.assert(
      fc.property(files, (written) => {
        const text = written.map(([path, body]) => `# configuration file ${path}:\n${body}\n`).join('');
        const dump = splitNginxDump(Buffer.from(text));
        const read = [...(dump?.files ?? [])].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]);
        expect(read).toEqual(written);
        expect(dump?.main).toBe(written[0]?.[0]);
      }),
    );
  });
});
