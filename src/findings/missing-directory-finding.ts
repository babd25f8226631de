import type { RuleFinding } from '../engine/rule.ts';
import type { MissingDirectory } from '../model/checks/missing-directory.ts';
import type { Host } from '../model/host.ts';
import { masterRefusal } from './master-refusal.ts';

/** The finding for a directory without which a master does not start. */
export function missingDirectoryFinding(missing: MissingDirectory, host: Host, help: string): RuleFinding {
  const { master, setting, directory, span, others, log, seenByTest } = missing;
  return masterRefusal(
    {
      master,
      message: `the directory "${directory}" of ${setting} does not exist`,
      log,
      at: span,
      seenByTest,
      related: others.slice(0, 3).map((other) => ({ span: other, message: 'and of this' })),
      help,
    },
    host,
  );
}
