import { describe, expect, it } from 'vitest';
import { openWeb } from './open.ts';

/** The same pairs are put to the real envsubst in `test/oracle/image-files.test.ts`. */
describe('a template', () => {
  it.each([
    ['$PORT ${PORT} $PORTS ${PORT', '80 80 $PORTS ${PORT'],
    ['${PORT:-1} $$PORT \\$PORT "$PORT"', '${PORT:-1} $80 \\80 "80"'],
    ['$host ${NONE} $1 ${1} $', '$host ${NONE} $1 ${1} $'],
  ])('%s becomes what envsubst makes of it', async (template, expected) => {
    const web = await openWeb(
      'image: nginx\nenvironment: { PORT: 80 }\nvolumes: ["./t:/etc/nginx/templates"]',
      {
        't/a.conf.template': template,
      },
    );
    const read = web.root.read('/etc/nginx/conf.d/a.conf');
    expect(read.kind === 'read' && read.source.text).toBe(expected);
  });
});
