/** What a configuration test of a daemon said. */
export interface TestResult {
  readonly ok: boolean;
  /** Normalised lines, in the daemon's order. */
  readonly output: readonly string[];
}

/** How a daemon behaved: its own test, whether it then ran, and what it logged until it was ready or gone. */
export interface DaemonRecord {
  readonly test: TestResult;
  readonly started: boolean;
  readonly log: readonly string[];
}

/** What one visitor saw, and what nginx wrote to its error log meanwhile. */
export interface RequestRecord {
  readonly request: string;
  /** `null` where nobody answered: nginx is not running, or hung up without a status. */
  readonly status: number | null;
  /** The first line of a plain text answer; absent for nginx's own pages. */
  readonly body?: string;
  readonly log: readonly string[];
}

/** The recorded truth of one host: what the real servers did. */
export interface Observation {
  readonly nginx: DaemonRecord;
  /** By master name. */
  readonly fpm: Readonly<Record<string, DaemonRecord>>;
  readonly requests: readonly RequestRecord[];
  /** php-fpm's lines after it was ready, all masters together. */
  readonly fpmRuntime: readonly string[];
}

/** True where the host did not do all of its work: a daemon stayed down, or a request was answered with a server error. */
export function failed(observation: Observation): boolean {
  return (
    !observation.nginx.started ||
    Object.values(observation.fpm).some((master) => !master.started) ||
    observation.requests.some(({ status }) => status === null || status >= 500)
  );
}

/** Every line that the daemons of the host wrote, without its level: what a predicted log line is compared with. */
export function linesWritten(observation: Observation): ReadonlySet<string> {
  const daemons = [observation.nginx, ...Object.values(observation.fpm)];
  const lines = [
    ...daemons.flatMap((daemon) => [...daemon.test.output, ...daemon.log]),
    ...observation.requests.flatMap((request) => request.log),
    ...observation.fpmRuntime,
  ];
  return new Set(lines.flatMap((line) => equalInTime(withoutLevel(line))));
}

/**
 * Lines of which the kernel's timing picks one: when a peer closes without having read everything, nginx sees either the
 * end of the stream or a reset. Both are true, and both are recorded in the wild.
 */
const RACES: readonly (readonly string[])[] = [
  ['reading response header from upstream', 'sending request to upstream'].flatMap((doing) => [
    `upstream prematurely closed connection while ${doing}`,
    `recv() failed (104: Connection reset by peer) while ${doing}`,
    `writev() failed (104: Connection reset by peer) while ${doing}`,
    `writev() failed (32: Broken pipe) while ${doing}`,
  ]),
];

/** The line and the others that the same cause may write in its place. */
function equalInTime(line: string): readonly string[] {
  return RACES.find((race) => race.includes(line)) ?? [line];
}

/** The text of an observation in which racing lines are told as the first of their kind: what two runs are compared by. */
export function withoutRaces(text: string): string {
  return RACES.reduce(
    (told, [first = '', ...others]) => others.reduce((all, line) => all.replaceAll(line, first), told),
    text,
  );
}

/** Drops what a daemon puts before its message: `[crit] `, `nginx: [emerg] `, `ERROR: `. */
export function withoutLevel(line: string): string {
  return line.replace(/^(?:nginx: )?(?:\[[a-z]+\] |[A-Z]+: )?/, '');
}
