// The model of HAProxy against the real one: its ports, its health checks, and chains with the lab's other servers behind it. Programs
// that are not installed are named with the command that installs them.

import { present } from './running';
import { haproxyServers } from './servers-of-haproxy';
import { tryServers } from './try-server';

tryServers(present('openssl', 'apt-get install -y openssl') ? haproxyServers() : []);
