import { describe, expect, it } from 'vitest';
import { nameThatChooses } from '../../../src/model/nginx/map-choice.ts';
import { nginxOf } from './model.ts';

/** For each entry of a map used by a server of these names: the name for which the map surely gives it. */
function chosen(map: string, names: string): readonly (string | undefined)[] {
  const { passes } = nginxOf(
    `${map} server { server_name ${names}; location ~ \\.php$ { fastcgi_pass $php; } }`,
  );
  const [pass] = passes;
  if (pass?.target.kind !== 'choices') throw new Error('expected a map');
  return pass.target.choices.map(({ choice }) => nameThatChooses(choice, pass.server));
}

describe('the name for which a map surely gives a value', () => {
  it('is one that is a key, and for the default one that is none', () => {
    expect(
      chosen(
        'map $host $php { default unix:/a; old.example.com unix:/b; }',
        'www.example.com old.example.com',
      ),
    ).toEqual(['www.example.com', 'old.example.com']);
  });

  it('is none where every name is a key', () => {
    expect(chosen('map $host $php { default unix:/a; old.example.com unix:/b; }', 'old.example.com')).toEqual(
      [undefined, 'old.example.com'],
    );
  });

  it.each([
    'map $http_x_version $php { default unix:/a; old unix:/b; }',
    'map $host $php { default unix:/a; ~^old unix:/b; }',
    'map $host $php { hostnames; default unix:/a; *.example.com unix:/b; }',
    'map $host $x { default unix:/a; b unix:/b; } map $host $php { default $x; c unix:/c; }',
  ])('is not guessed: %s', (map) => {
    expect(chosen(map, 'www.example.com')[0]).toBeUndefined();
  });

  it.each(['*.example.com', '~^www', '_', '""'])('is no name like %s', (name) => {
    expect(chosen('map $host $php { default unix:/a; old unix:/b; }', name)).toEqual([undefined, undefined]);
  });
});
