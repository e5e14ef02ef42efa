// The model of nginx against the real one, as an origin and in front of the lab's other servers, with a chain of two where the
// second decides. Programs that are not installed are named with the command that installs them.

import * as http2 from 'node:http2';
import { knockAt } from './client';
import { knockOf } from './lab-clients';
import { LabServer, listen, present, site } from './running';
import { nginxBefore, nginxPresent, nginxServers } from './servers-of-nginx';
import { tryServers } from './try-server';
import { node } from '../../src/systems/node';

tryServers(present('openssl', 'apt-get install -y openssl') ? nginxServers() : []);

const http2Alone: LabServer = {
  name: 'Node.js http2, cleartext',
  listener: 'clear',
  model: (knock) => node({ http2: {} }, knock),
  start: (place) => listen(http2.createServer((_request, response) => response.end('ok')), place),
};

// Which of the two it is depends on who speaks first, so it is no row of the table above.
(nginxPresent() ? test : test.skip)('an HTTP/2-only server behind HTTP/1 proxy_pass: its frames come through, or nothing', async () => {
  const server = nginxBefore('proxy_pass', { locations: [{ does: { is: 'proxy_pass' } }] }, http2Alone);
  const knock = knockOf('h1.1', 'clear')!;
  const place = await site(server.name);
  const running = await server.start(place);
  try {
    expect(['wrong-protocol', 'timeout']).toContain((await knockAt(place.port, knock)).kind);
    expect(server.model(knock)).toMatchObject({ kind: 'wrong-protocol', possible: expect.stringContaining('proxy_read_timeout') });
  } finally {
    await running.end();
  }
}, 20_000);
