import { describe, expect, test } from 'vitest';
import { nginxOf } from './model.ts';

/** What the only pass of a server leads to. */
function target(server: string): string | undefined {
  const [pass] = nginxOf(`server { ${server} }`).passes;
  return pass?.target.kind;
}

describe('a variable that set gives a constant', () => {
  test('is that constant', () => {
    expect(target('location / { set $port 81; proxy_pass http://127.0.0.1:$port; }')).toBe('address');
  });

  test.each([
    ['Lua assigns to it', 'access_by_lua_block { ngx.var.port = 8080 + tonumber(ngx.var[1]) }'],
    ['Lua assigns to a name that it computes', 'access_by_lua_block { ngx.var[name] = 8080 }'],
    ['a script in another file may', 'access_by_lua_file /etc/nginx/access.lua;'],
    ['a module of Lua may', 'access_by_lua_block { require("router").go() }'],
    ['a subrequest does', 'auth_request /auth; auth_request_set $port $upstream_http_x_port;'],
    ['Lua computes it', "set_by_lua_block $port { return '8080' }"],
  ])('is unknown where %s', (_, line) => {
    const pass = `location / { set $port ''; ${line} proxy_pass http://127.0.0.1:$port; }`;
    const nginx = nginxOf(`server { ${pass} }`);
    expect(nginx.passes.map(({ target }) => target.kind)).toEqual(['unknown']);
  });

  test('stays what it is where Lua only reads it', () => {
    const line = 'access_by_lua_block { if ngx.var.port == "81" then ngx.exit(403) end }';
    expect(target(`location / { set $port 81; ${line} proxy_pass http://127.0.0.1:$port; }`)).toBe('address');
  });
});
