// Servers for the tests of the probe, in this process, each on a free port of loopback and gone at the end.

import { AddressInfo, createServer, Server, Socket } from 'node:net';

const running: (() => Promise<void>)[] = [];

/** Starts a server; gives its port. */
export async function started(server: Server, more: () => void = () => undefined): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push(() => new Promise((resolve) => {
    more();
    server.close(() => resolve());
    sockets.forEach((socket) => socket.destroy());
    setTimeout(resolve, 1000).unref();
  }));
  return (server.address() as AddressInfo).port;
}

export async function endAll(): Promise<void> {
  await Promise.all(running.splice(0).map((end) => end()));
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
