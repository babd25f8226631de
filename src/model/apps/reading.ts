import type { Source } from '../../syntax/source.ts';
import type { App, AppProcess, UnplacedApp } from './app.ts';
import type { CommandListeners } from './commands/call.ts';

/** What one reader of declarations found. */
export interface AppReading {
  readonly apps: readonly App[];
  readonly unplaced: readonly UnplacedApp[];
  readonly sources: readonly Source[];
}

/** Of a reader that found nothing. */
export const nothingRead: AppReading = { apps: [], unplaced: [], sources: [] };

/** Several readings as one. */
export function together(readings: readonly AppReading[]): AppReading {
  return {
    apps: readings.flatMap(({ apps }) => apps),
    unplaced: readings.flatMap(({ unplaced }) => unplaced),
    sources: readings.flatMap(({ sources }) => sources),
  };
}

/** What is known of a program beside its command. */
export interface Declared {
  readonly name: string;
  readonly declaredBy: string;
  /** Where it is started. */
  readonly span: UnplacedApp['span'];
  readonly process?: AppProcess;
  /** Why it may not run at all, as it reads behind "unless". */
  readonly doubt?: string;
  readonly isPackaged?: true;
}

/** Names what a command declares. */
export function declare(found: CommandListeners, declared: Declared): Omit<AppReading, 'sources'> {
  const { name, declaredBy, span, process, doubt, isPackaged } = declared;
  switch (found.kind) {
    case 'silent':
      return { apps: [], unplaced: [] };
    case 'unplaced':
      return { apps: [], unplaced: [{ name, declaredBy, ...(span && { span }) }] };
    case 'listens':
      return {
        apps: found.listeners.map((listener) => ({
          ...listener,
          name,
          declaredBy,
          ...(doubt !== undefined && { doubt: listener.doubt ?? doubt }),
          ...(process && { process }),
          ...(isPackaged && { isPackaged }),
        })),
        unplaced: [],
      };
    default:
      return found satisfies never;
  }
}
