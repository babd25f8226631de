import { describe, expect, it } from 'vitest';
import type { PassTarget } from '../../../src/model/nginx/pass.ts';
import { nginxOf } from './model.ts';

/** What each pass leads to, in words. */
function leadsTo(http: string): readonly string[] {
  return nginxOf(http).passes.map(({ target, unreachable }) => unreachable ?? words(target));
}

function words(target: PassTarget): string {
  switch (target.kind) {
    case 'address':
      return target.parsed.kind === 'address' ? target.parsed.logged : target.parsed.kind;
    case 'upstream':
      return `upstream ${target.upstream.name}`;
    case 'choices':
      return target.choices
        .map(({ choice, target: chosen }) => `${choice.when}: ${words(chosen)}`)
        .join(', ');
    case 'unknown':
      return `unknown: ${target.why}`;
    default:
      return target satisfies never;
  }
}

describe('what a pass leads to', () => {
  it('is an upstream of any file, place and case, before it is a host', () => {
    expect(
      leadsTo(
        'server { location / { proxy_pass http://BackEnd/api; } } upstream backend { server 127.0.0.1:1; }',
      ),
    ).toEqual(['upstream backend']);
  });

  it('follows set constants of the server and of the location', () => {
    expect(
      leadsTo(`server {
        set $php unix:/run/a.sock;
        location /a { fastcgi_pass $php; }
        location /b { set $php unix:/run/b.sock; fastcgi_pass $php; }
      }`),
    ).toEqual(['unknown: its host is decided by the request', 'unix:/run/b.sock']);
    expect(leadsTo('server { set $php unix:/run/a.sock; location / { fastcgi_pass $php; } }')).toEqual([
      'unix:/run/a.sock',
    ]);
  });

  it('does not guess a variable that a condition may set', () => {
    expect(
      leadsTo(`server {
        set $php unix:/run/a.sock;
        if ($host = b) { set $php unix:/run/b.sock; }
        location / { fastcgi_pass $php; }
      }`),
    ).toEqual(['unknown: its host is decided by the request']);
  });

  it('does not take the variable of another server', () => {
    expect(
      leadsTo(
        'server { server_name a; set $php unix:/run/a.sock; } server { server_name b; location / { fastcgi_pass $php; } }',
      ),
    ).toEqual(['unknown: its host is decided by the request']);
  });

  it('knows every entry of a map, and a map with only a default as a constant', () => {
    expect(
      leadsTo(`map $host $php { default unix:/run/a.sock; old.example.com unix:/run/b.sock; }
        map $host $app { default 127.0.0.1:3000; }
        server { location / { fastcgi_pass $php; } location /app { proxy_pass http://$app; } }`),
    ).toEqual(['default: unix:/run/a.sock, old.example.com: unix:/run/b.sock', '127.0.0.1:3000']);
  });

  it('leaves a path to the request, but not a host', () => {
    expect(
      leadsTo(`server {
        location /a { proxy_pass http://127.0.0.1:3000$request_uri; }
        location /b { proxy_pass http://$host:3000; }
        location /c { proxy_pass http://127.0.0.1:3000/$1; }
      }`),
    ).toEqual(['127.0.0.1:3000', 'unknown: its host is decided by the request', '127.0.0.1:3000']);
  });

  it('survives maps that refer to each other', () => {
    expect(
      leadsTo(
        'map $b $a { default $b; } map $a $b { default $a; } server { location / { fastcgi_pass $a; } }',
      ),
    ).toEqual([expect.stringContaining('unknown')]);
  });
});

describe('a pass that no request comes to', () => {
  it.each([
    [
      'server { return 301 https://$host$request_uri; location / { proxy_pass http://127.0.0.1:1; } }',
      'server returns',
    ],
    [
      'server { rewrite ^ https://x$request_uri permanent; location / { proxy_pass http://127.0.0.1:1; } }',
      'server returns',
    ],
    ['server { location / { return 404; proxy_pass http://127.0.0.1:1; } }', 'location returns'],
    ['server { location / { deny all; proxy_pass http://127.0.0.1:1; } }', 'denies every request'],
    ['server { location @x { proxy_pass http://127.0.0.1:1; } }', 'nothing leads to @x'],
    [
      'server { location ~ x { return 204; } location ~ x { proxy_pass http://127.0.0.1:1; } }',
      'an earlier location',
    ],
  ])('%s', (http, why) => {
    expect(leadsTo(http).at(-1)).toContain(why);
  });

  it.each([
    'server { if ($x) { return 301 /; } location / { proxy_pass http://127.0.0.1:1; } }',
    'server { location / { allow 10.0.0.0/8; deny all; proxy_pass http://127.0.0.1:1; } }',
    'server { location / { try_files $uri @x; } location @x { proxy_pass http://127.0.0.1:1; } }',
    'server { location / { return 404; location /a { proxy_pass http://127.0.0.1:1; } } }',
    'server { location ~* x { return 204; } location ~ x { proxy_pass http://127.0.0.1:1; } }',
  ])('is not this one: %s', (http) => {
    expect(leadsTo(http)).toEqual(['127.0.0.1:1']);
  });
});
