// What no502 is to reach beside the other processes, and whether it does.
const megabytesMax = 300;

/** The goals for a host of so many sites, one a line; nothing where there are none for that size. */
export function goals(size, results) {
  const medianOf = (name) => results.find((each) => each.name === name)?.median ?? Number.NaN;
  const own = results.find(({ name }) => name === 'no502');
  const atMost = (goal, limit, is, unit) =>
    Number.isNaN(limit)
      ? ''
      : `  ${is <= limit ? 'reached' : 'missed '}  at most ${goal}: ${is.toFixed(0)} of ${limit.toFixed(0)} ${unit}\n`;
  const time = (goal, limit) => atMost(goal, limit, own.median, 'ms');
  if (size === 1) return time('`node -e 0` and 40 ms more', medianOf('`node -e 0`') + 40);
  if (size < 10_000) return '';
  return [
    time(
      '1.5 times reading the files and 1 s more',
      1.5 * medianOf('a Node script that reads the files') + 1000,
    ),
    time('a tenth of `nginx -t`', medianOf('`nginx -t`') / 10),
    time('nginx-conf merely parsing', medianOf('nginx-conf, parsing the nginx files')),
    atMost(`${megabytesMax} MB`, megabytesMax, own.memory, 'MB'),
  ].join('');
}
