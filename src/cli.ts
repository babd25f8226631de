#!/usr/bin/env node
import { runCompiled } from './compile-cache.ts';

// Kept compiled is what a run that lints needs; these need little of it.
const isShort = process.argv.some((word) => ['--version', '--help', '-h', 'rules', 'explain'].includes(word));

runCompiled(__dirname, 'no502.js', { keeps: !isShort });
