// A certificate authority for the tests, made by openssl: certificates that are good, for another name, expired, or signed by themselves.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export interface Credentials { readonly key: string; readonly cert: string }

export const NAME = 'lab.test';

export class Authority {
  public readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'probe-authority-'));
  public readonly file = path.join(this.folder, 'ca.pem');
  private readonly key = path.join(this.folder, 'ca.key');
  private serial = 0;

  constructor(name: string = 'Lab Authority') {
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}/O=Lab`, '-keyout', this.key, '-out', this.file,
      '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign');
  }

  public get pem(): string {
    return fs.readFileSync(this.file, 'utf8');
  }

  /** Files of a key and a certificate for a name, or for an address. */
  public files(name: string = NAME, days: number = 1): { key: string; cert: string } {
    this.serial += 1;
    const [key, request, cert, extensions] = ['key', 'csr', 'pem', 'ext'].map((end) => path.join(this.folder, `${this.serial}.${end}`));
    fs.writeFileSync(extensions, `subjectAltName=${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}\n`);
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-keyout', key, '-out', request);
    openssl('x509', '-req', '-in', request, '-CA', this.file, '-CAkey', this.key, '-set_serial', String(this.serial), '-days', String(days), '-extfile', extensions, '-out', cert);
    return { key, cert };
  }

  public credentials(name: string = NAME, days: number = 1): Credentials {
    const { key, cert } = this.files(name, days);
    return { key: fs.readFileSync(key, 'utf8'), cert: fs.readFileSync(cert, 'utf8') };
  }

  public selfSigned(): Credentials {
    const [key, cert] = ['self.key', 'self.pem'].map((file) => path.join(this.folder, file));
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`, '-keyout', key, '-out', cert);
    return { key: fs.readFileSync(key, 'utf8'), cert: fs.readFileSync(cert, 'utf8') };
  }

  public end(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

function openssl(...parameters: string[]): void {
  const { status, stderr, error } = spawnSync('openssl', parameters, { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`openssl ${parameters[0]}: ${stderr}`);
}
