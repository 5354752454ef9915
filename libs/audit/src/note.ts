import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { HASH_BYTES, sha256, type Hash } from './tree/hashing.js';

/** Text signed by keys that have names: C2SP signed-note. `text` ends with a newline; the signature lines follow an empty one. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** Four bytes that say which key, and which kind of signature. */
  readonly keyId: Buffer;
  readonly signature: Buffer;
}

/** What a signature says: the log speaks (1), or a witness saw it at a time (4). The numbers are those of signed-note. */
export type SignatureKind = 'log' | 'witness';

export interface VerifierKey {
  readonly name: string;
  readonly kind: SignatureKind;
  readonly keyId: Buffer;
  /** As others are given it: `<name>+<key id>+<base64>`. */
  readonly text: string;
  readonly publicKey: KeyObject;
}

export interface SigningKey {
  readonly verifier: VerifierKey;
  /** As it is kept: `PRIVATE+KEY+<name>+<key id>+<base64>`. */
  readonly secret: string;
  readonly privateKey: KeyObject;
}

/** The head of a log at one size: C2SP tlog-checkpoint. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Hash;
}

/** A note, key or checkpoint that is not written as its format demands. */
export class MalformedNote extends Error {
  override readonly name = 'MalformedNote';
}

const ALGORITHM: Readonly<Record<SignatureKind, number>> = { log: 1, witness: 4 };
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SIGNATURE_BYTES = 64;
const MOST_SIGNATURES = 100;
const LARGEST_SIZE = 2n ** 63n - 1n;

export function generateKey(name: string, kind: SignatureKind): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return signingKey(name, kind, privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(PKCS8.length));
}

/** @throws MalformedNote */
export function parseSigningKey(text: string): SigningKey {
  const [first, second, name = '', id = '', encoded = '', ...more] = text.split('+');
  // base64 may hold a plus sign
  const material = base64([encoded, ...more].join('+'));
  const kind = kindOf(material[0]);
  if (first !== 'PRIVATE' || second !== 'KEY' || material.length !== 1 + HASH_BYTES) throw new MalformedNote('not a signing key');
  const key = signingKey(name, kind, material.subarray(1));
  if (key.verifier.keyId.toString('hex') !== id) throw new MalformedNote(`the key of ${name} does not have the id ${id}`);
  return key;
}

/** @throws MalformedNote */
export function parseVerifierKey(text: string): VerifierKey {
  const [name = '', id = '', ...encoded] = text.split('+');
  const material = base64(encoded.join('+'));
  if (material.length !== 1 + HASH_BYTES) throw new MalformedNote('not a verifier key');
  const key = verifierKey(name, kindOf(material[0]), material.subarray(1));
  if (key.keyId.toString('hex') !== id) throw new MalformedNote(`the key of ${name} does not have the id ${id}`);
  return key;
}

/** Signs as the log; several keys sign while one takes over from another. */
export function signNote(text: string, keys: readonly SigningKey[]): string {
  const lines = keys.map(({ verifier, privateKey }) =>
    signatureLine(verifier, sign(null, Buffer.from(text, 'utf8'), privateKey)),
  );
  return `${text}\n${lines.join('')}`;
}

/** A witness's line for a note: "at this time, this was the largest consistent tree that I had seen" (C2SP tlog-cosignature). */
export function cosignatureLine(text: string, key: SigningKey, at: Date): string {
  const seconds = BigInt(Math.floor(at.getTime() / 1000));
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(seconds);
  return signatureLine(key.verifier, Buffer.concat([time, sign(null, cosigned(text, seconds), key.privateKey)]));
}

/** @throws MalformedNote */
export function parseNote(note: string): Note {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new MalformedNote('a note has a text, an empty line and signatures');
  const text = note.slice(0, end + 1);
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text)) throw new MalformedNote('a note has no control characters');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw new MalformedNote('too many signatures');
  const signatures = lines.map((line) => {
    const [, name, encoded] = /^— ([^ +]+) ([^ ]+)$/u.exec(line) ?? [];
    const bytes = base64(encoded ?? '');
    if (name === undefined || bytes.length < 5) throw new MalformedNote('a line that is no signature');
    return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
  });
  return { text, signatures };
}

/**
 * The keys among these that signed. Signatures of other keys are passed over, as the format demands; one that claims a key of ours
 * and is false makes the whole note worthless.
 */
export function signersOf(note: Note, keys: readonly VerifierKey[]): readonly VerifierKey[] {
  const signers = new Set<VerifierKey>();
  for (const { name, keyId, signature } of note.signatures) {
    const key = keys.find((each) => each.name === name && each.keyId.equals(keyId));
    if (!key) continue;
    if (!isSignedBy(note.text, key, signature)) return [];
    signers.add(key);
  }
  return [...signers];
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** Lines after the third are extensions: they are signed, and mean nothing here. @throws MalformedNote */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  const hash = base64(root);
  if (origin === '' || !/^(0|[1-9]\d{0,18})$/.test(size) || BigInt(size) > LARGEST_SIZE || hash.length !== HASH_BYTES) {
    throw new MalformedNote('not a checkpoint');
  }
  if (rest.at(-1) !== '' || rest.slice(0, -1).includes('')) throw new MalformedNote('a checkpoint has no empty lines');
  return { origin, size: BigInt(size), root: hash };
}

/** Only the one way of writing these bytes; Buffer.from would pass over whatever it cannot read. @throws MalformedNote */
export function base64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new MalformedNote('not base64');
  return bytes;
}

function isSignedBy(text: string, key: VerifierKey, signature: Buffer): boolean {
  if (key.kind === 'log')
    return signature.length === SIGNATURE_BYTES && verify(null, Buffer.from(text, 'utf8'), key.publicKey, signature);
  if (signature.length !== 8 + SIGNATURE_BYTES) return false;
  return verify(null, cosigned(text, signature.readBigUInt64BE()), key.publicKey, signature.subarray(8));
}

const cosigned = (text: string, seconds: bigint): Buffer => Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, 'utf8');

const signatureLine = ({ name, keyId }: VerifierKey, signature: Buffer): string =>
  `— ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;

function signingKey(name: string, kind: SignatureKind, seed: Buffer): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(SPKI.length);
  const verifier = verifierKey(name, kind, raw);
  const material = Buffer.concat([Buffer.of(ALGORITHM[kind]), seed]).toString('base64');
  return { verifier, privateKey, secret: `PRIVATE+KEY+${name}+${verifier.keyId.toString('hex')}+${material}` };
}

function verifierKey(name: string, kind: SignatureKind, raw: Buffer): VerifierKey {
  if (name === '' || /[\s+]/u.test(name)) throw new MalformedNote(`"${name}" is not a name for a key`);
  const material = Buffer.concat([Buffer.of(ALGORITHM[kind]), raw]);
  const keyId = sha256(Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), material])).subarray(0, 4);
  return {
    name,
    kind,
    keyId,
    text: `${name}+${keyId.toString('hex')}+${material.toString('base64')}`,
    publicKey: createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' }),
  };
}

function kindOf(algorithm: number | undefined): SignatureKind {
  if (algorithm === ALGORITHM.log) return 'log';
  if (algorithm === ALGORITHM.witness) return 'witness';
  throw new MalformedNote(`no algorithm ${algorithm}`);
}
