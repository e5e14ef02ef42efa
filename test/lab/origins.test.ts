// The models of servers against the real programs, started here: each client of the lab knocks at each server.
// Programs that are not installed are named with the command that installs them.

import { present } from './running';
import { debianServers } from './servers-of-debian';
import { nodeServers } from './servers-of-node';
import { tryServers } from './try-server';

tryServers(present('openssl', 'apt-get install -y openssl') ? [...nodeServers(), ...debianServers()] : []);
