import { main } from './main.ts';
import { processIo } from './process-io.ts';

/** Runs the command for this process and leaves its exit code behind. */
void main(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
