/** Drops what changes from run to run in a line of nginx's error log: time, process, connection, and all from the client on. */
export function normaliseNginxLine(line: string): string | undefined {
  const match = /^(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?(.*)$/s.exec(line.trimEnd());
  const rest = match?.[1] ?? line;
  const message = rest
    .replace(/^(\[[a-z]+\]) \d+#\d+: (?:\*\d+ )?/, '$1 ')
    .replace(/, (?:client|server|request): .*$/s, '');
  if (message === '' || NGINX_CHATTER.test(message)) return undefined;
  return message;
}

/** Lines that say only that a daemon lives. */
const NGINX_CHATTER =
  /^(?:\[notice\] .*|nginx: the configuration file .* syntax is ok|nginx: configuration file .* test is successful)$/;

const FPM_CHATTER =
  /^NOTICE: (?:fpm is running, pid N|ready to handle connections|systemd monitor interval.*|Terminating \.\.\.|exiting, bye-bye!|Finishing \.\.\.|configuration file .* test is successful|using inherited socket .*)$/;

/** Drops what changes from run to run in a line of php-fpm's log: time, process numbers, durations. */
export function normaliseFpmLine(line: string): string | undefined {
  const message = line
    .trimEnd()
    .replace(/^\[\d\d-\w{3}-\d{4} \d\d:\d\d:\d\d(?:\.\d+)?\] /, '')
    .replace(/^\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4} \(\d+\): /, '')
    .replace(/\bchild \d+\b/, 'child N')
    .replace(/\bpid \d+\b/, 'pid N')
    .replace(/\(\d+\.\d+ sec\)/, '(N sec)')
    .replace(/after \d+\.\d+ seconds/, 'after N seconds');
  if (message === '' || FPM_CHATTER.test(message)) return undefined;
  return message;
}

/** Keeps the first of equal neighbours, so that a retried line counts once however often the machine got to it. */
export function withoutRepeats(lines: readonly string[]): readonly string[] {
  return lines.filter((line, at) => line !== lines[at - 1]);
}
