import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '../embedded/embedded-postgres.js';

/** A PostgreSQL that speaks TLS on a port of this machine, under a certificate for `localhost` of an authority of its own. */
export class TlsServer {
  private constructor(
    private readonly folder: string,
    private readonly server: EmbeddedPostgres,
    readonly port: number,
    /** Its owner, by the socket. */
    readonly owner: pg.Pool,
  ) {}

  /** @param hba lines of pg_hba.conf for this machine, by address */
  static async start(hba: string): Promise<TlsServer> {
    const folder = mkdtempSync(join(tmpdir(), 'sajeon-tls-'));
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'hba.conf'), `local all all trust\n${hba}\n`);
    const port = await freePort();
    const server = await EmbeddedPostgres.open({
      directory: join(folder, 'postgres'),
      durable: false,
      settings: { port, listen_addresses: '127.0.0.1', hba_file: join(folder, 'hba.conf') },
    });
    const owner = new pg.Pool({ ...server.config, max: 1 });
    // A server that stops ends its connections, and a pool that nobody listens to would take the test with it.
    owner.on('error', () => undefined);
    const tls = new TlsServer(folder, server, port, owner);
    tls.authority('ca');
    tls.certificate('server', 'ca', '/CN=localhost', 'DNS:localhost');
    await tls.owner.query(`alter system set ssl_ca_file = '${tls.at('ca.crt')}'`);
    await tls.present('server');
    return tls;
  }

  async stop(): Promise<void> {
    await this.owner.end();
    await this.server.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A file of this server's folder. */
  at(name: string): string {
    return join(this.folder, name);
  }

  authority(name: string): void {
    openssl(
      'req',
      '-x509',
      ...this.newKey(name),
      '-out',
      this.at(`${name}.crt`),
      '-days',
      '2',
      '-subj',
      `/CN=${name} of this test`,
    );
  }

  /** Writes NAME.crt and NAME.key. */
  certificate(name: string, by: string, subject: string, names = 'DNS:nobody'): void {
    openssl('req', ...this.newKey(name), '-out', this.at(`${name}.csr`), '-subj', subject);
    writeFileSync(this.at(`${name}.ext`), `subjectAltName=${names}\n`);
    const authority = ['-CA', this.at(`${by}.crt`), '-CAkey', this.at(`${by}.key`), '-CAcreateserial'];
    const made = ['-days', '2', '-extfile', this.at(`${name}.ext`), '-out', this.at(`${name}.crt`)];
    openssl('x509', '-req', '-in', this.at(`${name}.csr`), ...authority, ...made);
  }

  /** Has the server present this certificate from now on. */
  async present(name: string): Promise<void> {
    const { uid, gid } = statSync(join(this.at('postgres'), 'data'));
    chmodSync(this.at(`${name}.key`), 0o600);
    if (process.getuid?.() === 0) chownSync(this.at(`${name}.key`), uid, gid);
    await this.owner.query(`alter system set ssl_cert_file = '${this.at(`${name}.crt`)}'`);
    await this.owner.query(`alter system set ssl_key_file = '${this.at(`${name}.key`)}'`);
    await this.owner.query('alter system set ssl = on');
    await this.reloaded((ssl, file) => ssl === 'on' && file === this.at(`${name}.crt`));
  }

  async speakPlainly(): Promise<void> {
    await this.owner.query('alter system set ssl = off');
    await this.reloaded((ssl) => ssl === 'off');
  }

  private async reloaded(is: (ssl: string, certificate: string) => boolean): Promise<void> {
    await this.owner.query('select pg_reload_conf()');
    for (let left = 100; left > 0; left--) {
      const { rows } = await this.owner.query<{ ssl: string; file: string }>(
        `select current_setting('ssl') as ssl, current_setting('ssl_cert_file') as file`,
      );
      if (rows[0] !== undefined && is(rows[0].ssl, rows[0].file)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error('the server does not take its new settings');
  }

  private newKey(name: string): readonly string[] {
    return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', this.at(`${name}.key`)];
  }
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'ignore' });
}

export async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}
