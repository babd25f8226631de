import fc from 'fast-check';
import { expect, test } from 'vitest';
import pmDynamicInconsistent from '../../rules/pm-dynamic-inconsistent.ts';
import { fixFindings } from '../../src/fix/fix.ts';
import { lint } from '../../src/lint.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { baseHost } from '../rules/base-host.ts';

const pool = '/host/etc/php/8.2/fpm/pool.d/www.conf';

/** The numbers of a dynamic pool; what is left out is not set. */
interface Numbers {
  readonly max_children: number;
  readonly min_spare_servers?: number | undefined;
  readonly max_spare_servers?: number | undefined;
  readonly start_servers?: number | undefined;
}

function poolOf(numbers: Numbers): string {
  const lines = Object.entries(numbers).flatMap(([name, value]) =>
    value === undefined ? [] : [`pm.${name} = ${value}`],
  );
  return `[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = dynamic\n${lines.join('\n')}\n`;
}

async function fixPool(text: string): Promise<{ readonly text: string; readonly found: number }> {
  const files = Object.entries(baseHost).map(([path, entry]) => [`/host/${path}`, entry]);
  const { changes, report } = await fixFindings({
    fs: memoryFileSystem({ ...Object.fromEntries(files), [pool]: text }),
    cwd: '/host',
    unsafe: false,
    lint: (fs) =>
      lint({
        fs,
        cwd: '/host',
        root: '/host',
        paths: [],
        exclude: [],
        options: {},
        rules: [pmDynamicInconsistent],
      }),
    refuse: () => undefined,
  });
  return { text: changes[0]?.text ?? text, found: report.findings.length };
}

const number = fc.option(fc.integer({ min: -2, max: 12 }), { nil: undefined });

test('any numbers of a dynamic pool are brought together, and max_children stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        max_children: fc.integer({ min: 1, max: 10 }),
        min_spare_servers: number,
        max_spare_servers: number,
        start_servers: number,
      }),
      async (numbers) => {
        const { text, found } = await fixPool(poolOf(numbers));
        expect(found).toBe(0);
        expect(text).toContain(`pm.max_children = ${numbers.max_children}\n`);
      },
    ),
    { numRuns: 60 },
  );
});

test('only what must move is moved', async () => {
  const numbers = { max_children: 4, min_spare_servers: 2, max_spare_servers: 3, start_servers: 6 };
  const { text } = await fixPool(poolOf(numbers));
  expect(text).toBe(poolOf({ ...numbers, start_servers: 3 }));
});
