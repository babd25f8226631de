import { directoryOf } from '../../syntax/path-parts.ts';
import type { Source } from '../../syntax/source.ts';
import type { NearbyFiles } from './commands/call.ts';
import { listenersOfCommand } from './commands/listeners-of-command.ts';
import { simpleCommand } from './commands/shell.ts';
import { emptyEnvironment, withVariables } from './environment.ts';
import { type AppReading, declare, together } from './reading.ts';

const line = /^([A-Za-z][\w-]*)[ \t]*:[ \t]*([^ \t\r\n].*)$/gm;

/**
 * The programs of a Procfile. Whatever starts it may give each a port of its own, so that none is sure.
 * https://devcenter.heroku.com/articles/procfile
 */
export function procfileApps(source: Source, nearby: NearbyFiles): AppReading {
  const directory = directoryOf(source.path);
  const readings = [...source.text.matchAll(line)].map((match): AppReading => {
    const [whole, name = '', behind = ''] = match;
    const text = behind.trimEnd();
    const end = match.index + whole.trimEnd().length;
    const span = { source, start: end - text.length, end };
    const command = simpleCommand({ text, span });
    const found = command
      ? listenersOfCommand({
          words: command.words,
          environment: withVariables(emptyEnvironment, [], false),
          directory: command.directory ?? directory,
          nearby,
        })
      : ({ kind: 'unplaced' } as const);
    const doubt = 'whatever reads the Procfile gives it another port';
    return { ...declare(found, { name, declaredBy: `the Procfile`, span, doubt }), sources: [source] };
  });
  return together(readings);
}
