import { listening } from './listening.js';

const TLS = { SAJEON_TLS_CERT_FILE: '/tls/crt', SAJEON_TLS_KEY_FILE: '/tls/key' };

describe('in production', () => {
  const production = (env: NodeJS.ProcessEnv) => listening({ NODE_ENV: 'production', ...env }, 3000);

  it('a process without TLS answers its own machine only', () => {
    expect(production({})).toEqual({ host: '127.0.0.1', port: 3000, tls: undefined });
    expect(production({ HOST: '::1', PORT: '81' })).toEqual({ host: '::1', port: 81, tls: undefined });
  });

  it.each(['0.0.0.0', '::', '10.1.2.3', 'api.example'])('does not start on %s without TLS, and says what to do', (HOST) => {
    expect(() => production({ HOST })).toThrow(/by TLS alone[\s\S]*SAJEON_TLS_CERT_FILE과/);
  });

  it('answers every machine once it speaks TLS', () => {
    const tls = { certificate: '/tls/crt', key: '/tls/key' };
    expect(production(TLS)).toEqual({ host: '0.0.0.0', port: 3000, tls });
    expect(production({ ...TLS, HOST: '10.1.2.3' })).toMatchObject({ host: '10.1.2.3', tls });
  });
});

it('elsewhere nobody is asked for TLS', () => {
  expect(listening({}, 3001)).toEqual({ host: '127.0.0.1', port: 3001, tls: undefined });
  expect(listening({ HOST: '0.0.0.0' }, 3001)).toMatchObject({ host: '0.0.0.0', tls: undefined });
});

it.each(Object.entries(TLS))('%s alone is half a certificate', (name, file) => {
  expect(() => listening({ [name]: file }, 3000)).toThrow('go together');
});
