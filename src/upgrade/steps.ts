import { baseName } from '../syntax/path-parts.ts';
import type { VersionLayout } from './layout.ts';
import type { LostPool, PointerArea, Step, Upgrade } from './upgrade.ts';
import type { VersionText } from './version-text.ts';

/** What the steps are made of. */
export interface StepFacts extends Omit<Upgrade, 'steps'> {
  readonly oldLayout: VersionLayout | undefined;
  readonly newLayout: VersionLayout | undefined;
  readonly text: VersionText;
  /** True where php-fpm of the new version would not start as its files are. */
  readonly isRefused: boolean;
  /** The `--root` of the call, for the commands that name it. */
  readonly root?: string;
}

/**
 * The order that keeps the sites up: the new php-fpm answers before nginx is told of it, and the old one stops last. nginx lets its
 * old workers finish what they have begun: https://nginx.org/en/docs/control.html#reconfiguration
 */
export function stepsOf(facts: StepFacts): readonly Step[] {
  return [
    ...install(facts),
    ...copyPools(facts),
    ...carryOver(facts),
    ...startNew(facts),
    ...switchNginx(facts),
    ...otherPlaces(facts),
    ...stopOld(facts),
  ];
}

function step(title: string, commands: readonly string[], notes: readonly string[] = []): Step {
  return { title, commands, notes };
}

function install({ to, extensions, newLayout, text }: StepFacts): readonly Step[] {
  const isMissing = to.state !== 'runs';
  if (!isMissing && extensions.length === 0) return [];
  const what = isMissing ? `PHP ${to.version}` : `the extensions that PHP ${to.version} lacks`;
  const packages = [...new Set(extensions.flatMap((extension) => extension.package ?? []))];
  const unnamed = extensions.filter((extension) => extension.package === undefined);
  const names = unnamed.map(({ name }) => text.rename(name)).join(', ');
  return [
    step(
      `Install ${what}`,
      installCommand([...(isMissing ? fpmPackage(to.version, newLayout) : []), ...packages], newLayout),
      unnamed.length > 0 ? [`with the extensions of which no package is known: ${names}`] : [],
    ),
  ];
}

function fpmPackage(version: string, layout: VersionLayout | undefined): readonly string[] {
  const digits = version.replace('.', '');
  if (layout?.layout === 'debian') return [`php${version}-fpm`];
  if (layout?.layout === 'remi') return [`php${digits}-php-fpm`];
  return layout?.layout === 'alpine' ? [`php${digits}-fpm`] : [];
}

const installers: Readonly<Partial<Record<VersionLayout['layout'], string>>> = {
  debian: 'apt install',
  remi: 'dnf install',
  alpine: 'apk add',
};

function installCommand(packages: readonly string[], layout: VersionLayout | undefined): readonly string[] {
  const installer = layout && installers[layout.layout];
  return installer === undefined || packages.length === 0 ? [] : [`${installer} ${packages.join(' ')}`];
}

function copyPools({ lostPools, from, to, text }: StepFacts): readonly Step[] {
  const files = [...new Map(lostPools.map((pool) => [pool.at.source.path, pool])).values()];
  if (files.length === 0) return [];
  const colliding = lostPools.filter(({ collides }) => collides && from.state === 'runs');
  return [
    step(
      `Give PHP ${to.version} the pools that only PHP ${from.version} has`,
      files.map((pool) => copyCommand(pool, text)),
      colliding.map(
        ({ name, listen = '' }) =>
          `${name}: give its copy another address than ${listen}, which PHP ${from.version} still holds, and nginx the same`,
      ),
    ),
  ];
}

function copyCommand({ at: { source }, target }: LostPool, text: VersionText): string {
  const words = new Map<string, string>();
  for (const { start, end, renamed } of text.mentions(source.text)) {
    const before = source.text.slice(Math.max(0, start - longestLead), start);
    const lead = /php(?!.*php)[\w./@-]*$/i.exec(before)?.[0] ?? '';
    words.set(lead + source.text.slice(start, end), lead + renamed);
  }
  const [from, to] = [shellWord(source.path), shellWord(target)];
  if (words.size === 0) return `cp -p ${from} ${to}`;
  const script = [...words].map(([old, now]) => `s|${old.replaceAll('.', '\\.')}|${now}|g`).join('; ');
  return `sed '${script}' ${from} > ${to}`;
}

/** How far before a version the `php` stands that belongs to it, so that no other number is changed. */
const longestLead = 12;

/** A word that a shell takes as it is, whatever somebody has called a file. */
function shellWord(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Files of the new php-fpm itself: what they name is needed before it starts. */
const ownAreas: ReadonlySet<PointerArea> = new Set(['php-fpm', 'php.ini']);

function carryOver(facts: StepFacts): readonly Step[] {
  const { poolChanges, phpValues, refusals, pointers, from, to, newLayout } = facts;
  const notes: string[] = [];
  if (poolChanges.length > 0) notes.push('the lines of pools named above');
  if (phpValues.length > 0) {
    notes.push(`the values of php.ini named above, into ${newLayout?.ini ?? 'its php.ini'}`);
  }
  if (refusals.length > 0) notes.push('without what is refused or ignored');
  if (pointers.some(({ area }) => ownAreas.has(area))) {
    notes.push(`and change the lines of its own files that name PHP ${from.version}`);
  }
  return notes.length === 0
    ? []
    : [step(`Carry over to PHP ${to.version} what was changed by hand`, [], notes)];
}

function startNew(facts: StepFacts): readonly Step[] {
  const { to, lostPools, poolChanges, phpValues, extensions, newLayout, isRefused } = facts;
  const changes = lostPools.length + poolChanges.length + phpValues.length + extensions.length;
  if (to.state === 'runs' && changes === 0 && !isRefused) return [];
  const program = newLayout && baseName(newLayout.binary);
  const service = newLayout?.service;
  const test =
    program === undefined ? [] : [`${newLayout?.layout === 'debian' ? program : newLayout?.binary} -t`];
  const start =
    service === undefined
      ? newLayout?.layout === 'alpine'
        ? [`rc-update add ${program}`, `rc-service ${program} restart`]
        : []
      : [`systemctl enable ${service}`, `systemctl reload-or-restart ${service}`];
  return [
    step(
      `Test php-fpm of PHP ${to.version}, then start it beside the old one`,
      [...test, ...start],
      isRefused ? ['it does not start as its files are: no502 tells why'] : [],
    ),
  ];
}

function switchNginx({ pointers, from, to, root }: StepFacts): readonly Step[] {
  const own = pointers.filter(({ area }) => area === 'nginx');
  if (own.length === 0) return [];
  const where = root === undefined ? '' : ` --root ${shellWord(root)}`;
  const isByHand = own.some(({ line, edit }) => line !== undefined && edit === undefined);
  return [
    step(
      `Point nginx at PHP ${to.version}`,
      [
        `no502 upgrade${where} --from ${from.version} --to ${to.version} --fix`,
        'nginx -t && systemctl reload nginx',
      ],
      isByHand ? ['what --fix leaves is shown above with the line that it should be'] : [],
    ),
  ];
}

function otherPlaces({ pointers, to }: StepFacts): readonly Step[] {
  const areas = new Set(
    pointers.map(({ area }) => area).filter((area) => area !== 'nginx' && !ownAreas.has(area)),
  );
  if (areas.size === 0) return [];
  const commands: string[] = [];
  if (areas.has('systemd')) commands.push('systemctl daemon-reload');
  if (areas.has('supervisor')) commands.push('supervisorctl reread && supervisorctl update');
  if (areas.has('monit')) commands.push('monit reload');
  for (const { area, at, line } of pointers) {
    if (area !== 'alternatives' || line === undefined) continue;
    commands.push(
      `update-alternatives --set ${at.source.path.replace('/etc/alternatives/', '')} ${shellWord(line)}`,
    );
  }
  const names = [...areas].filter((area) => area !== 'alternatives');
  return [
    step(
      `Move the rest to PHP ${to.version}`,
      commands,
      names.length > 0 ? [`first change the lines shown above: ${names.join(', ')}`] : [],
    ),
  ];
}

function stopOld({ from, oldLayout, root }: StepFacts): readonly Step[] {
  const check = root === undefined ? 'no502' : `no502 --root ${shellWord(root)}`;
  const last = step('See that every pass reaches its listener', [check]);
  if (from.state !== 'runs') return [last];
  const service = oldLayout?.service;
  return [
    last,
    step(
      `Stop PHP ${from.version}, once the log of nginx has been quiet for a while`,
      service === undefined ? [] : [`systemctl disable --now ${service}`],
      ['until then the way back is short: undo the change of nginx and reload it'],
    ),
  ];
}
