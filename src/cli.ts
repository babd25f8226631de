#!/usr/bin/env node
import { runCompiled } from './compile-cache.ts';
import { setForSmallHosts } from './v8-settings.ts';

// Kept compiled is what a run that lints needs; these need little of it.
const isShort = process.argv.some((word) => ['--version', '--help', '-h', 'rules', 'explain'].includes(word));

if (!isShort) {
  // Node has its own modules compiled, which no longer counts once V8 is set.
  const early = process.argv.includes('--staged') ? ['node:child_process', 'node:crypto'] : [];
  for (const name of early) process.getBuiltinModule(name);
  setForSmallHosts();
}

runCompiled(__dirname, 'no502.js', { keeps: !isShort, beforeKeeping: setForSmallHosts });
