import { describe, expect, it } from 'vitest';
import { findComposeProjects, readComposeProjects } from '../../../src/load/compose/find-projects.ts';
import { repository } from './read.ts';

const IMAGES = 'services: { web: { image: nginx } }\n';
const PART = 'services: { web: { ports: ["80:80"] } }\n';

async function found(files: Record<string, string>): Promise<{ projects: string[]; variants: string[] }> {
  const short = (path: string): string => path.replace('/repos/shop/', '');
  const paths = Object.keys(files).map((path) => `/repos/shop/${path}`);
  const { projects, variants } = await findComposeProjects(repository(files), paths);
  return {
    projects: projects.map(({ paths: own }) => own.map(short).join(' + ')),
    variants: variants.map(short),
  };
}

describe('compose files of a directory', () => {
  it('are a base with its override; others are variants', async () => {
    const files = {
      'docker-compose.yml': IMAGES,
      'docker-compose.override.yml': PART,
      'docker-compose.prod.yml': IMAGES,
      'docker-compose-dev.yaml': PART,
      'nginx.yml': IMAGES,
    };
    expect(await found(files)).toEqual({
      projects: ['docker-compose.yml + docker-compose.override.yml'],
      variants: ['docker-compose-dev.yaml', 'docker-compose.prod.yml'],
    });
  });

  it('are taken in the order of docker compose', async () => {
    const files = {
      'docker-compose.yml': IMAGES,
      'compose.yml': IMAGES,
      'compose.yaml': IMAGES,
      'docker-compose.override.yaml': PART,
      'compose.override.yaml': PART,
    };
    expect(await found(files)).toEqual({
      projects: ['compose.yaml + compose.override.yaml'],
      variants: ['compose.yml', 'docker-compose.override.yaml', 'docker-compose.yml'],
    });
  });

  it('are projects of their own without a base, where each service can be started', async () => {
    const files = {
      'docker-compose.prod.yml': IMAGES,
      'docker-compose.part.yml': PART,
      'compose.old.yml': '- a\n',
    };
    expect(await found(files)).toEqual({
      projects: ['docker-compose.prod.yml'],
      variants: ['compose.old.yml', 'docker-compose.part.yml'],
    });
  });

  it('are what COMPOSE_FILE of .env names', async () => {
    const files = { '.env': 'COMPOSE_FILE=a.yml:./docker-compose.dev.yml\n', 'docker-compose.yml': IMAGES };
    expect(await found(files)).toEqual({
      projects: ['a.yml + docker-compose.dev.yml'],
      variants: ['docker-compose.yml'],
    });
  });

  it('are parts where another project includes them', async () => {
    const files = {
      'compose.yaml': 'include: [db/compose.yaml]\nservices: { web: { image: nginx } }\n',
      'db/compose.yaml': 'services: { db: { image: mysql } }\n',
      'other/compose.yaml': IMAGES,
    };
    const paths = Object.keys(files).map((path) => `/repos/shop/${path}`);
    const { projects } = await readComposeProjects(repository(files), paths);
    expect(projects.map(({ directory, services }) => [directory, services.length])).toEqual([
      ['/repos/shop', 2],
      ['/repos/shop/other', 1],
    ]);
  });
});
