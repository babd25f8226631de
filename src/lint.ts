import { LinkedPass } from './engine/linked-pass.ts';
import { runRules } from './engine/run.ts';
import { type Coverage, type Report, summarize } from './engine/summary.ts';
import type { LintRequest } from './lint-request.ts';
import { discover } from './load/discover.ts';
import type { HostInput } from './load/host-input.ts';
import type { FoundApps } from './model/apps/app.ts';
import { readApps } from './model/apps/read-apps.ts';
import { assembleDeployment } from './model/assemble/deployment.ts';
import type { Deployment } from './model/deployment.ts';
import type { HostFacts } from './model/host/facts.ts';

/** What was linted, and what came of it. */
export interface Linted {
  readonly report: Report;
  readonly deployment: Deployment;
}

/**
 * The whole of no502: finds the files, reads and links the hosts, runs the rules, adds up the report.
 *
 * @throws UsageError where a path is not there or nothing can be linted.
 * @throws InternalError where a rule fails.
 */
export async function lint(request: LintRequest): Promise<Report> {
  return (await lintDeployment(request)).report;
}

/** The same for those who ask the deployment as well: see {@link lint}. */
export async function lintDeployment({
  fs,
  cwd,
  paths,
  root,
  machines = [],
  exclude,
  options,
  rules,
}: LintRequest): Promise<Linted> {
  const {
    hosts: inputs,
    problems,
    templates,
  } = await discover({
    fs,
    cwd,
    paths,
    exclude,
    machines,
    ...(root !== undefined && { root }),
  });
  const told = new Map(machines.map(({ name, facts }) => [name, { ...options, ...facts }]));
  const factsOf = ({ place }: HostInput): HostFacts => (place && told.get(place.id)) ?? options;
  const apps = new Map<HostInput, FoundApps>();
  for (const input of inputs) apps.set(input, await readApps(input));
  const { deployment, files, unread } = assembleDeployment(inputs, factsOf, (input) => apps.get(input));
  const { findings, skipped, suppressed } = runRules(deployment, rules, options.ruleLevels);
  const report: Report = {
    findings,
    summary: summarize(
      coverageOf(deployment, templates.filter(({ isRead }) => !isRead).length),
      findings,
      skipped,
      suppressed,
    ),
    reading: {
      get files() {
        return files();
      },
      ...(templates.length > 0 && { templates }),
      unread: [
        ...problems,
        ...unread.map(({ file, message, isMain = false }) => ({ file, reason: message, named: isMain })),
      ],
      masters: deployment.hosts.flatMap(({ masters }) =>
        masters.map(({ title, config, pools }) => ({
          name: title,
          file: config.main.file,
          pools: pools.map(({ name }) => name),
        })),
      ),
      get passes() {
        return deployment.hosts.flatMap(({ links }) => links.map((link) => new LinkedPass(link)));
      },
    },
  };
  return { report, deployment };
}

function coverageOf({ hosts }: Deployment, templates: number): Coverage {
  const links = hosts.flatMap((host) => host.links);
  const masters = hosts.flatMap((host) => host.masters);
  return {
    hosts: hosts.length,
    servers: hosts.reduce((sum, { nginx }) => sum + (nginx?.servers.length ?? 0), 0),
    passes: links.length,
    linked: links.filter(({ state }) => state === 'found').length,
    unknown: links.filter(({ state }) => state === 'unknown').length,
    masters: masters.length,
    pools: masters.reduce((sum, { pools }) => sum + pools.length, 0),
    ...(templates > 0 && { templates }),
  };
}
