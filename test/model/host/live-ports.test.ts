import { expect, test } from 'vitest';
import { memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import { openRoot } from '../../../src/load/root.ts';
import { livePorts } from '../../../src/model/host/live-ports.ts';

const head =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

test('the ports of sockets that listen', () => {
  const fs = memoryFileSystem({
    '/host/proc/net/tcp': `${head}   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41 1\n   1: 0100007F:0BB9 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 42 1\n`,
    '/host/proc/net/tcp6': `${head}   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 43 1\n`,
  });
  expect([...livePorts(openRoot(fs, '/host', '/host'))]).toEqual([3000, 8080]);
});

test('none where the tree is not that of a running host', () => {
  expect(livePorts(openRoot(memoryFileSystem({ '/host/etc/passwd': '' }), '/host', '/host')).size).toBe(0);
});
