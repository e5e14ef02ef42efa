// The probe at every server of the lab that answers itself. Programs that are not installed are named with the command that installs them.

import { probeServers } from './probe-lab';
import { present } from '../lab/running';
import { debianServers } from '../lab/servers-of-debian';
import { nodeServers } from '../lab/servers-of-node';

/** Cleartext gRPC is not a matter of the probe, and socket.io has a protocol of its own above WebSocket. */
probeServers(present('openssl', 'apt-get install -y openssl') ? [...nodeServers(), ...debianServers()].filter(({ name }) => !/grpc-js|socket\.io/.test(name)) : []);
