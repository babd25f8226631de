import { afterAll, describe, expect, it } from 'vitest';
import { refusalCases } from '../model/nginx/start/refusal-cases.ts';
import { nginxVersion, openWorkbench, refusalIn, SENTINEL, withoutNginx } from './nginx.ts';

// The cases are what nginx 1.22 says; where the machine has a newer one, words may differ.
const isThatNginx = nginxVersion?.startsWith('1.22.') ?? false;
const reason = nginxVersion === undefined ? withoutNginx : 'left out: the cases are those of nginx 1.22';

describe.skipIf(!isThatNginx)(
  `what the real nginx refuses to start with (${isThatNginx ? '1.22' : reason})`,
  () => {
    const bench = openWorkbench();
    afterAll(() => bench.close());

    it.each(refusalCases)('$http', ({ http, says }) => {
      const remark = refusalIn(bench.test(`events {}\nhttp {\n${http}\n}\n${SENTINEL}\n`));
      const said = remark && [remark.message, ...(remark.line === undefined ? [] : [remark.line])];
      expect(said).toEqual(says);
    });
  },
);
