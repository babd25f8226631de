import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../load.ts';
import type { Tree } from '../plan.ts';
import { parseHost, type Scenario, ScenarioError, type Story } from '../scenario.ts';
import { applyChanges, readTree, resolveOwners } from '../tree.ts';
import { composeFilesOf } from './compose/file.ts';
import { composePlan } from './compose/plan.ts';
import { imageOf } from './images.ts';
import { declaredHosts, machinesPlan } from './machines.ts';
import type { NetworkPlan } from './plan.ts';

/** A base repository of several hosts: its tree and its own page. */
export interface Project {
  readonly name: string;
  readonly story: Story;
  readonly tree: Tree;
}

/** Reads all base repositories of `test/lab/projects`. */
export function loadProjects(lab: string, hosts: ReadonlyMap<string, Host>): ReadonlyMap<string, Project> {
  const projects = join(lab, 'projects');
  const names = readdirSync(projects).sort();
  return new Map(names.map((name) => [name, loadProject(projects, name, hosts)] as const));
}

function loadProject(projects: string, name: string, hosts: ReadonlyMap<string, Host>): Project {
  const story = parseHost(name, readFileSync(join(projects, name, 'project.md'), 'utf8'));
  const tree = new Map(readTree(join(projects, name, 'root')));
  for (const [path, host] of story.trees) {
    const base = hosts.get(host);
    if (!base) throw new ScenarioError(`${name}: there is no base host ${host}`);
    for (const [inside, entry] of base.tree)
      if (!tree.has(`${path}${inside}`)) tree.set(`${path}${inside}`, entry);
  }
  return { name, story, tree: resolveOwners(applyChanges(tree, story.changes)) };
}

/** The repository of a scenario: its base with its changes made. */
export function repositoryOf(scenario: Scenario, projects: ReadonlyMap<string, Project>): Tree {
  const project = projects.get(scenario.base);
  if (!project) throw new ScenarioError(`${scenario.id}: there is no base project ${scenario.base}`);
  return resolveOwners(applyChanges(project.tree, scenario.changes));
}

/** What a person runs in the repository: `docker compose up`, or the hosts that `no502.yaml` names. */
export function networkPlanOf(
  lab: string,
  scenario: Scenario,
  projects: ReadonlyMap<string, Project>,
): NetworkPlan {
  const repository = repositoryOf(scenario, projects);
  const story = projects.get(scenario.base)?.story;
  if (composeFilesOf(repository).length > 0)
    return composePlan(repository, (name) => imageOf(lab, name), scenario.requests);
  if (declaredHosts(repository).length === 0)
    throw new ScenarioError(`${scenario.id}: neither a compose file nor hosts in no502.yaml`);
  const apps = [
    ...new Map([...(story?.apps ?? []), ...scenario.apps].map((app) => [app.name, app])).values(),
  ];
  return machinesPlan(repository, { ...scenario, apps, boot: [...(story?.boot ?? []), ...scenario.boot] });
}
