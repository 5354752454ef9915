import { Logger } from '@nestjs/common';
import { isThisMachine } from '@sajeon/event-store';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext, type SecureContextOptions } from 'node:tls';

/** Files of PEM: the certificate with its chain, and its key. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Where a process answers, and under which certificate. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsFiles | undefined;
}

/**
 * `PORT`, `HOST`, `SAJEON_TLS_CERT_FILE` and `SAJEON_TLS_KEY_FILE`. In production a process that speaks no TLS is reached from its own machine
 * only: from a proxy there, or a sidecar.
 * @throws Error that names the variable and says what to do, in English and Korean
 */
export function listening(env: NodeJS.ProcessEnv, port: number): Listening {
  const production = env['NODE_ENV'] === 'production';
  const certificate = env['SAJEON_TLS_CERT_FILE']?.trim();
  const key = env['SAJEON_TLS_KEY_FILE']?.trim();
  if (Boolean(certificate) !== Boolean(key)) {
    throw new Error('SAJEON_TLS_CERT_FILE and SAJEON_TLS_KEY_FILE go together (인증서와 그 개인키를 함께 지정하십시오).');
  }
  const tls = certificate && key ? { certificate, key } : undefined;
  const host = env['HOST']?.trim() || (production && tls !== undefined ? '0.0.0.0' : '127.0.0.1');
  if (production && tls === undefined && !isThisMachine(host)) {
    throw new Error(
      `HOST=${host}: in production other machines reach the service by TLS alone. Set SAJEON_TLS_CERT_FILE and SAJEON_TLS_KEY_FILE, or let a proxy on this machine come to 127.0.0.1.\n` +
        `HOST=${host}: 운영에서는 다른 장비가 TLS로만 접속합니다. SAJEON_TLS_CERT_FILE과 SAJEON_TLS_KEY_FILE을 지정하거나, 같은 장비의 프록시가 127.0.0.1로 접속하게 하십시오.`,
    );
  }
  return { host, port: Number(env['PORT'] ?? port), tls };
}

/** Forward secrecy and authenticated encryption alone; TLS 1.3 has nothing else. */
const CIPHERS = ['ECDHE-ECDSA', 'ECDHE-RSA'].flatMap((exchange) =>
  ['AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'AES128-GCM-SHA256'].map((cipher) => `${exchange}-${cipher}`),
);

/** @throws Error when a file cannot be read, or the key is another certificate's */
export function tlsOptions(files: TlsFiles): SecureContextOptions {
  const options: SecureContextOptions = {
    cert: readFileSync(files.certificate, 'utf8'),
    key: readFileSync(files.key, 'utf8'),
    minVersion: 'TLSv1.2',
    ciphers: CIPHERS.join(':'),
    honorCipherOrder: true,
  };
  createSecureContext(options);
  return options;
}

const LOOK_MS = 2_000;

/**
 * Takes a renewed certificate up for the connections that come. One that does not fit its key, as while only one of the files is written, is
 * told and left alone.
 * @returns to look no more
 */
export function renewTls(server: Pick<Server, 'setSecureContext'>, files: TlsFiles, everyMs = LOOK_MS): () => void {
  const logger = new Logger('tls');
  const take = (): void => {
    try {
      server.setSecureContext(tlsOptions(files));
      logger.log(`certificate renewed from ${files.certificate}`);
    } catch (error) {
      logger.error(`certificate not renewed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const paths = [files.certificate, files.key];
  for (const path of paths) watchFile(path, { interval: everyMs, persistent: false }, take);
  return () => {
    for (const path of paths) unwatchFile(path, take);
  };
}
