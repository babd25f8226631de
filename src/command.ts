import { main } from './main.ts';
import { processIo } from './process-io.ts';

void main(process.argv.slice(2), processIo()).then((code) => {
  // Taking a heap apart takes a tenth of a run. Everything is written by now, but on Windows, where a terminal may lag behind.
  if (process.platform === 'win32') process.exitCode = code;
  else process.exit(code);
});
