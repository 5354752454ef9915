#!/usr/bin/env node
/**
 * Verifies evidence of a Sajeon log offline, without Sajeon: one file, nothing but Node 20.12 or later.
 *
 *   node verify.mjs FILE... --key KEYFILE [--earlier CHECKPOINT] [--json]
 *
 * FILE is an evidence bundle (JSON lines) or a receipt proof (.tlog-proof). KEYFILE has the log's public key as a line
 * `<name>+<id>+<base64>`; get it from somewhere else than the bundle. CHECKPOINT is one that you kept from before.
 *
 * Exit code: 0 verified · 1 broken (says where and why) · 2 cannot tell. verify.py does the same in another language and with its own
 * arithmetic; the two must agree on every file. The format is described in libs/audit/src/evidence.ts.
 */
import { createHash, createHmac, createPublicKey, hash as oneShot, verify as verifySignature } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const FORMATS = new Map([
  ['sajeon-evidence@1', 1],
  ['sajeon-evidence@2', 2],
]);
const DEPOSITED = 'personal-data-deposited';
const ERASED = 'personal-data-erased';
const RECEIPT = 'c2sp.org/tlog-proof@v1';
const DECIMAL = /^(0|[1-9][0-9]{0,18})$/;
const HEX = /^[0-9a-f]{64}$/;
const LARGEST = 2n ** 63n - 1n;
const LIFTED = {
  schema: 'schema',
  actor: 'actor',
  agency: 'agency',
  command: 'commandId',
  cause: 'causationId',
  corr: 'correlationId',
};
const CORE_REQUIRED = ['data', 'id', 'log', 'meta', 'prev', 'rec', 'rev', 'seq', 'stream', 'type', 'v'];
const CORE_KEYS = new Set([...CORE_REQUIRED, ...Object.keys(LIFTED)]);

/** Ends the verification of one file. */
class Verdict extends Error {
  constructor(result, reason, where = {}) {
    super(reason);
    this.report = { result, reason, ...where };
  }
}
const broken = (reason, where) => new Verdict('broken', reason, where);
const cannotTell = (reason, where) => new Verdict('cannot-tell', reason, where);

// By way of text, because a buffer of its own for each hash takes twice as long.
const sha256 = (bytes) => Buffer.from(oneShot('sha256', bytes, 'binary'), 'binary');
const sha256Hex = (text) => oneShot('sha256', Buffer.from(text, 'utf8'), 'hex');
const leafHash = (bytes) => sha256(Buffer.concat([Buffer.of(0), bytes]));
const nodeHash = (left, right) => sha256(Buffer.concat([Buffer.of(1), left, right]));

/** The bytes, or undefined unless this is the one way of writing them. */
function base64(text) {
  if (typeof text !== 'string') return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function hashOf(text) {
  const bytes = base64(text);
  return bytes?.length === 32 ? bytes : undefined;
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isDecimal = (value) => typeof value === 'string' && DECIMAL.test(value) && BigInt(value) <= LARGEST;

/** Exactly these members, all text or lists of text; the optional ones may be missing. */
function hasShape(value, required, optional = []) {
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  return (
    required.every((name) => names.includes(name)) && names.every((name) => required.includes(name) || optional.includes(name))
  );
}

/** No line needs more; a verifier in a language with a small stack must not see less than this one does. */
const DEEPEST = 64;
const NAME = /^[a-z][a-z0-9]*$/;

/** What a line is made of: plain names, lists, and text that UTF-8 can carry; JSON can hide halves of characters behind escapes. */
function isClean(value, depth = 0) {
  if (typeof value === 'string') return value.isWellFormed();
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.every((member) => isClean(member, depth + 1));
  return Object.entries(value).every(([name, member]) => NAME.test(name) && isClean(member, depth + 1));
}

function isShallow(value, depth = 0) {
  if (typeof value !== 'object' || value === null) return true;
  return depth <= DEEPEST && Object.values(value).every((member) => isShallow(member, depth + 1));
}

/** What was hashed may be any JSON. Undefined for what is none, or is nested too deeply. */
function parseHashed(text) {
  try {
    const value = JSON.parse(text);
    return isShallow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function parseKey(text) {
  const parts = text.split('+');
  const [name, id] = parts;
  const material = base64(parts.slice(2).join('+'));
  if (parts.length < 3 || name === '' || /\s/u.test(name) || material?.length !== 33 || material[0] !== 1) return undefined;
  const keyId = sha256(Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), material])).subarray(0, 4);
  if (keyId.toString('hex') !== id) return undefined;
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), material.subarray(1)]);
  return { name, keyId, publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
}

/** The keys of a key file, or undefined when it is not one. */
export function parseKeys(text) {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const keys = lines.map(parseKey);
  return keys.length === 0 || keys.includes(undefined) ? undefined : keys;
}

/** Origin, size, root and signatures of a checkpoint, or undefined when it is not one. */
function parseCheckpoint(note) {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, end + 1);
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text)) return undefined;
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .map((line) => {
      const parts = /^— ([^ +]+) ([^ ]+)$/u.exec(line);
      const bytes = parts ? base64(parts[2]) : undefined;
      return bytes && bytes.length > 4
        ? { name: parts[1], keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) }
        : undefined;
    });
  if (signatures.length > 100 || signatures.includes(undefined)) return undefined;
  const lines = text.slice(0, -1).split('\n');
  const root = hashOf(lines[2] ?? '');
  if (lines.length < 3 || lines.includes('') || !isDecimal(lines[1]) || !root) return undefined;
  return { text, origin: lines[0], size: BigInt(lines[1]), root, signatures };
}

const signatureCache = new Map();

/** One of the keys signed, and no signature that claims one of them is false. */
function isSigned({ text, signatures }, keys) {
  let signed = false;
  for (const { name, keyId, signature } of signatures) {
    const key = keys.find((each) => each.name === name && each.keyId.equals(keyId));
    if (!key) continue;
    const about = `${keyId.toString('hex')}${signature.toString('hex')}${text}`;
    if (!signatureCache.has(about)) {
      if (signatureCache.size > 10_000) signatureCache.clear();
      const valid = signature.length === 64 && verifySignature(null, Buffer.from(text, 'utf8'), key.publicKey, signature);
      signatureCache.set(about, valid);
    }
    if (!signatureCache.get(about)) return false;
    signed = true;
  }
  return signed;
}

/** Signatures in the name of the log: which keys they claim, as `<name>+<id>`. */
const claimed = ({ origin, signatures }) =>
  [
    ...new Set(signatures.filter(({ name }) => name === origin).map(({ name, keyId }) => `${name}+${keyId.toString('hex')}`)),
  ].sort();

/**
 * The keys that signed, where all of them are the log's by the word of the bundle alone: it lists them, they are none of these, and what they
 * signed is not false.
 */
function signedByOthers(checkpoint, keys, listed) {
  const ofLog = listed.filter(({ name }) => name === checkpoint.origin);
  const names = (key) => checkpoint.signatures.some(({ name, keyId }) => key.name === name && key.keyId.equals(keyId));
  if (keys.some(names) || !isSigned(checkpoint, ofLog)) return [];
  return [...new Set(ofLog.filter(names).map(({ name, keyId }) => `${name}+${keyId.toString('hex')}`))].sort();
}

const bits = (value) => (value === 0n ? 0 : value.toString(2).length);
const ones = (value) => value.toString(2).replaceAll('0', '').length;

/** RFC 9162, 2.1.3.2. */
export function verifyInclusion(index, size, leaf, proof, root) {
  if (index < 0n || index >= size) return false;
  const inner = bits(index ^ (size - 1n));
  if (proof.length !== inner + ones(index >> BigInt(inner))) return false;
  let hash = leaf;
  proof.forEach((sibling, level) => {
    const isRight = level >= inner || ((index >> BigInt(level)) & 1n) === 1n;
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  });
  return hash.equals(root);
}

/** RFC 9162, 2.1.4.2. */
export function verifyConsistency(from, to, proof, fromRoot, toRoot) {
  if (from > to) return false;
  if (from === to) return proof.length === 0 && fromRoot.equals(toRoot);
  if (from <= 0n) return false;
  const shift = bits(from & -from) - 1;
  const whole = from === 1n << BigInt(shift);
  const inner = bits((from - 1n) ^ (to - 1n)) - shift;
  const path = whole ? proof : proof.slice(1);
  const mask = (from - 1n) >> BigInt(shift);
  if (path.length !== inner + ones(mask >> BigInt(inner)) || (!whole && proof.length === 0)) return false;
  let before = whole ? fromRoot : proof[0];
  let after = before;
  path.forEach((sibling, level) => {
    if (level >= inner || ((mask >> BigInt(level)) & 1n) === 1n) {
      before = nodeHash(sibling, before);
      after = nodeHash(sibling, after);
    } else after = nodeHash(after, sibling);
  });
  return before.equals(fromRoot) && after.equals(toRoot);
}

/** The tree over leaves that come one after another. */
class Tree {
  size = 0n;
  peaks = [];
  append(leaf) {
    let hash = leaf;
    for (let rest = this.size; (rest & 1n) === 1n; rest >>= 1n) hash = nodeHash(this.peaks.pop(), hash);
    this.peaks.push(hash);
    this.size += 1n;
  }
  root() {
    return this.peaks.length === 0 ? sha256(Buffer.alloc(0)) : this.peaks.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** The core, or undefined unless it is written in the one way that is hashed. */
function parseCore(text) {
  let core;
  try {
    core = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(core)) return undefined;
  const names = Object.keys(core);
  if (!names.every((name) => CORE_KEYS.has(name)) || !CORE_REQUIRED.every((name) => names.includes(name))) return undefined;
  for (const name of names) {
    if (name === 'v' ? core.v !== 1 : name === 'prev' ? core.prev !== null && !hashOf(core.prev) : typeof core[name] !== 'string')
      return undefined;
  }
  if (!isDecimal(core.seq) || !isDecimal(core.rev) || !HEX.test(core.data) || !HEX.test(core.meta)) return undefined;
  const canonical = names.sort().map((name) => `${JSON.stringify(name)}:${JSON.stringify(core[name])}`);
  return `{${canonical.join(',')}}` === text ? core : undefined;
}

/** Takes a bundle line by line. */
class BundleVerifier {
  line = 0;
  events = 0n;
  withheld = 0n;
  personal = 0n;
  disclosed = 0n;
  /** Commitments shown, by reference: what they commit to, and whether the bundle has accounted for them. */
  commitments = new Map();
  erased = new Map();
  checkpoints = [];
  /** Keys of the log that an earlier checkpoint was signed with and that we were not given. */
  missing = new Set();
  digest = createHash('sha256');
  streams = new Map();
  tree = new Tree();
  lastSeq = -1n;
  done = false;

  constructor(keys) {
    this.outsideKeys = keys;
  }

  /** @param bytes one line, without its newline */
  take(bytes) {
    this.line++;
    if (this.done) throw broken('after-trailer', { line: this.line });
    const content = this.parse(bytes);
    if (this.line === 1) this.header(content);
    else if (content?.kind === 'checkpoint') this.earlier(content);
    else if (content?.kind === 'event') this.event(content);
    else if (content?.kind === 'personal' && this.version === 2) this.personalData(content);
    else if (content?.kind === 'trailer') return this.trailer(content);
    else throw this.malformed();
    this.digest.update(bytes).update('\n');
  }

  end(fragment) {
    if (fragment) {
      this.line++;
      if (this.done) throw broken('after-trailer', { line: this.line });
      throw this.line === 1 ? cannotTell('not-a-bundle') : this.malformed();
    }
    if (this.line === 0) throw cannotTell('not-a-bundle');
    if (!this.done) throw broken('trailer-missing', { line: this.line });
  }

  malformed() {
    return broken('line-malformed', { line: this.line });
  }

  /** Only as it is written by who makes bundles: white space, or a name that is there twice, would show other readers something else. */
  parse(bytes) {
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      const content = JSON.parse(text);
      if (isClean(content) && JSON.stringify(content) === text) return content;
    } catch {
      // said below
    }
    throw this.line === 1 ? cannotTell('not-a-bundle') : this.malformed();
  }

  header(content) {
    if (!isObject(content) || content.kind !== 'header' || !FORMATS.has(content.format)) throw cannotTell('not-a-bundle');
    this.version = FORMATS.get(content.format);
    const { log, scope, made, checkpoint, keys } = content;
    if (!hasShape(content, ['kind', 'format', 'log', 'scope', 'made', 'checkpoint', 'keys'])) throw this.malformed();
    if (![log, made, checkpoint].every((text) => typeof text === 'string')) throw this.malformed();
    if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string')) throw this.malformed();
    this.log = log;
    this.scope = this.scopeOf(scope);
    this.listed = keys.map(parseKey).filter((key) => key !== undefined);
    this.keys = this.outsideKeys ?? this.listed;
    this.head = this.checkpointOf(checkpoint);
    if (this.scope.kind === 'range' && this.scope.to > this.head.size) throw this.malformed();
  }

  scopeOf(scope) {
    if (isObject(scope)) {
      if (scope.kind === 'log' && hasShape(scope, ['kind'])) return { kind: 'log' };
      if (scope.kind === 'streams' && hasShape(scope, ['kind', 'streams']) && Array.isArray(scope.streams)) {
        const names = new Set(scope.streams);
        if (names.size === scope.streams.length && names.size > 0 && scope.streams.every((name) => typeof name === 'string')) {
          return { kind: 'streams', names };
        }
      }
      if (scope.kind === 'range' && hasShape(scope, ['kind', 'from', 'to']) && isDecimal(scope.from) && isDecimal(scope.to)) {
        if (BigInt(scope.from) < BigInt(scope.to)) return { kind: 'range', from: BigInt(scope.from), to: BigInt(scope.to) };
      }
    }
    throw this.malformed();
  }

  checkpointOf(note, otherKeys = () => false) {
    const checkpoint = parseCheckpoint(note);
    if (!checkpoint) throw broken('checkpoint-malformed', { line: this.line });
    if (checkpoint.origin !== this.log) throw broken('other-log', { line: this.line });
    if (!isSigned(checkpoint, this.keys) && !otherKeys(checkpoint)) throw unsigned(checkpoint, this.line);
    return checkpoint;
  }

  /**
   * An earlier checkpoint of another key is no proof of anything wrong: the newest one, which is signed by ours, has to go on from it. What cannot be
   * told is whether the log signed it, so this is never green either.
   */
  ofAnotherKey(checkpoint) {
    const keys = signedByOthers(checkpoint, this.keys, this.listed);
    if (keys.length > 0) this.missingAt ??= this.line;
    for (const key of keys) this.missing.add(key);
    return keys.length > 0;
  }

  proofOf(proof) {
    const hashes = Array.isArray(proof) && proof.length <= 64 ? proof.map(hashOf) : [undefined];
    if (hashes.includes(undefined)) throw this.malformed();
    return hashes;
  }

  earlier(content) {
    if (!hasShape(content, ['kind', 'note', 'proof']) || typeof content.note !== 'string') throw this.malformed();
    const proof = this.proofOf(content.proof);
    const checkpoint = this.checkpointOf(content.note, (of) => this.ofAnotherKey(of));
    const before = this.checkpoints.at(-1)?.size ?? 0n;
    if (this.events > 0n || checkpoint.size <= before || checkpoint.size > this.head.size) {
      throw broken('checkpoint-order', { line: this.line });
    }
    if (!verifyConsistency(checkpoint.size, this.head.size, proof, checkpoint.root, this.head.root)) {
      throw broken('checkpoint-inconsistent', { line: this.line });
    }
    this.checkpoints.push(checkpoint);
  }

  event(content) {
    const whole = this.scope.kind === 'log';
    if (this.personal > 0n) throw this.malformed();
    const required = ['kind', 'core', 'leaf', ...(whole ? [] : ['proof'])];
    if (!hasShape(content, required, ['data', 'metadata'])) throw this.malformed();
    const { core: text, leaf: leafText, data, metadata } = content;
    const leaf = hashOf(leafText);
    if (typeof text !== 'string' || !leaf || ![data, metadata].every((each) => each === undefined || typeof each === 'string')) {
      throw this.malformed();
    }
    const proof = whole ? [] : this.proofOf(content.proof);
    const core = parseCore(text);
    if (!core) throw broken('core-malformed', { line: this.line });
    const seq = BigInt(core.seq);
    const where = { line: this.line, seq: core.seq };
    if (core.log !== this.log) throw broken('other-log', where);
    this.order(core, seq, where);
    if (!leafHash(Buffer.from(text, 'utf8')).equals(leaf)) throw broken('leaf-mismatch', where);
    if (!whole && !verifyInclusion(seq, this.head.size, leaf, proof, this.head.root)) throw broken('not-in-log', where);
    this.chain(core, leafText, where);
    if (data !== undefined && sha256Hex(data) !== core.data) throw broken('data-altered', where);
    if (metadata !== undefined && sha256Hex(metadata) !== core.meta) throw broken('metadata-altered', where);
    if (metadata !== undefined && !agrees(core, metadata)) throw broken('core-contradicts-metadata', where);
    if (data !== undefined && (core.type === DEPOSITED || core.type === ERASED)) this.commit(core, data, where);
    if (data === undefined || metadata === undefined) this.withheld++;
    this.events++;
    if (whole) this.grow(leaf, where);
  }

  /** What an event says of personal data: that something lies in the vault, or that it does no more. */
  commit(core, data, where) {
    const content = parseHashed(data);
    const fields = isObject(content) ? content.fields : undefined;
    const isText = (value) => typeof value === 'string' && value !== '';
    if (!Array.isArray(fields) || !fields.every(isObject)) throw broken('personal-malformed', where);
    for (const { $pii, path, c, ref } of fields) {
      if (core.type === ERASED) {
        if (!isText(ref)) throw broken('personal-malformed', where);
        if (!this.erased.has(ref)) this.erased.set(ref, core.seq);
      } else {
        if (!isText($pii) || !isText(path) || typeof c !== 'string' || !HEX.test(c) || this.commitments.has($pii))
          throw broken('personal-malformed', where);
        this.commitments.set($pii, { path, c, seq: core.seq, accounted: false });
      }
    }
  }

  /** A value with its salt, or the reference alone: then it is withheld. */
  personalData(content) {
    const shown = 'value' in content;
    if (!hasShape(content, ['kind', 'ref', ...(shown ? ['path', 'salt', 'value'] : [])])) throw this.malformed();
    const { ref, path, salt, value } = content;
    if (typeof ref !== 'string' || (shown && ![path, salt, value].every((text) => typeof text === 'string')))
      throw this.malformed();
    const commitment = this.commitments.get(ref);
    if (!commitment) throw broken('personal-not-in-record', { line: this.line });
    const where = { line: this.line, seq: commitment.seq };
    if (commitment.accounted) throw this.malformed();
    if (this.erased.has(ref)) throw broken('personal-not-erased', where);
    if (shown) {
      const saltBytes = base64(salt);
      if (saltBytes?.length !== 32) throw this.malformed();
      const made = createHmac('sha256', saltBytes).update(`${path}\0${value}`, 'utf8').digest('hex');
      if (path !== commitment.path || made !== commitment.c) throw broken('personal-altered', where);
      this.disclosed++;
    }
    commitment.accounted = true;
    this.personal++;
  }

  order(core, seq, where) {
    if (seq >= this.head.size) throw broken('not-in-log', where);
    if (this.scope.kind === 'streams') {
      if (!this.scope.names.has(core.stream)) throw broken('not-in-scope', where);
      if (seq <= this.lastSeq) throw broken('out-of-order', where);
    } else {
      const expected = (this.scope.from ?? 0n) + this.events;
      if (this.scope.kind === 'range' && (seq < this.scope.from || seq >= this.scope.to)) throw broken('not-in-scope', where);
      if (seq > expected) throw broken('event-missing', { line: this.line, seq: String(expected) });
      if (seq < expected) throw broken('out-of-order', where);
    }
    this.lastSeq = seq;
  }

  chain(core, leafText, where) {
    const rev = BigInt(core.rev);
    const last = this.streams.get(core.stream);
    if (!last) {
      if (this.scope.kind !== 'range' && rev !== 0n) throw broken('event-missing', where);
      if ((rev === 0n) !== (core.prev === null)) throw broken('chain-broken', where);
    } else {
      if (rev > last.rev + 1n) throw broken('event-missing', where);
      if (rev !== last.rev + 1n || core.prev !== last.leaf) throw broken('chain-broken', where);
    }
    this.streams.set(core.stream, { rev, leaf: leafText });
  }

  /** The whole log is proven by building its tree anew; the earlier checkpoints narrow down where it went wrong. */
  grow(leaf, where) {
    this.tree.append(leaf);
    this.milestones ??= [...this.checkpoints, this.head];
    while (this.milestones[0]?.size === this.tree.size) {
      const { root, size } = this.milestones.shift();
      if (!root.equals(this.tree.root())) {
        throw broken('root-mismatch', {
          ...where,
          seq: String(this.sound ?? 0n),
          detail: `between ${this.sound ?? 0n} and ${size - 1n}`,
        });
      }
      this.sound = size;
    }
  }

  trailer(content) {
    const numbers = ['events', 'checkpoints', 'withheld', ...(this.version === 2 ? ['personal'] : [])];
    if (!hasShape(content, ['kind', ...numbers, 'sha256'])) throw this.malformed();
    if (!numbers.every((name) => isDecimal(content[name]))) throw this.malformed();
    if (typeof content.sha256 !== 'string' || !HEX.test(content.sha256)) throw this.malformed();
    this.done = true;
    const where = { line: this.line };
    if (this.events === 0n) throw cannotTell('no-events', where);
    if (this.scope.kind === 'streams') {
      if (this.streams.size !== this.scope.names.size) throw broken('stream-empty', where);
    } else {
      const [from, to] = this.scope.kind === 'range' ? [this.scope.from, this.scope.to] : [0n, this.head.size];
      if (this.events !== to - from) throw broken('event-missing', { ...where, seq: String(from + this.events) });
    }
    if (this.version === 2) {
      for (const [ref, { seq, accounted }] of this.commitments)
        if (!accounted && !this.erased.has(ref)) throw broken('personal-missing', { ...where, seq });
    }
    const counted = [this.events, BigInt(this.checkpoints.length), this.withheld, this.personal].map(String);
    if (numbers.some((name, index) => content[name] !== counted[index])) {
      throw broken('count-mismatch', where);
    }
    if (this.digest.digest('hex') !== content.sha256) throw broken('digest-mismatch', where);
  }

  summary() {
    return {
      log: this.log,
      scope: this.scope.kind,
      size: String(this.head.size),
      root: this.head.root.toString('base64'),
      events: String(this.events),
      withheld: String(this.withheld),
      personal: {
        disclosed: String(this.disclosed),
        withheld: String(this.personal - this.disclosed),
        erased: [...this.erased].filter(([ref]) => this.commitments.has(ref)).map(([ref, seq]) => ({ ref, seq })),
      },
    };
  }
}

function unsigned(checkpoint, line) {
  const by = claimed(checkpoint).join(', ');
  return broken('checkpoint-unsigned', { line, ...(by === '' ? {} : { detail: `signed by ${by}` }) });
}

/** What is lifted from the metadata into the core says the same in both. */
function agrees(core, metadata) {
  const parsed = parseHashed(metadata);
  if (!isObject(parsed)) return false;
  return Object.entries(LIFTED).every(([name, key]) => {
    const there = Object.hasOwn(parsed, key) ? parsed[key] : undefined;
    return core[name] === there;
  });
}

/** A receipt proof: C2SP tlog-proof whose extra data are the core. */
function verifyReceipt(bytes, keys) {
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw broken('line-malformed', { line: 1 });
  }
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end).split('\n');
  const extra = /^extra ([^ ]+)$/.exec(lines[1] ?? '');
  const index = /^index ([^ ]+)$/.exec(lines[2] ?? '');
  const coreBytes = extra ? base64(extra[1]) : undefined;
  const proof = lines.slice(3).map(hashOf);
  if (end < 0 || !coreBytes || !index || !isDecimal(index[1]) || proof.length > 64 || proof.includes(undefined)) {
    throw broken('line-malformed', { line: 1 });
  }
  const checkpoint = parseCheckpoint(text.slice(end + 2));
  if (!checkpoint) throw broken('checkpoint-malformed', { line: lines.length + 2 });
  let core;
  try {
    core = parseCore(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(coreBytes));
  } catch {
    // said below
  }
  if (!core || core.seq !== index[1]) throw broken('core-malformed', { line: 2 });
  const where = { line: 3, seq: core.seq };
  if (core.log !== checkpoint.origin) throw broken('other-log', where);
  if (!keys) throw cannotTell('no-key');
  if (!isSigned(checkpoint, keys)) throw unsigned(checkpoint, lines.length + 2);
  if (!verifyInclusion(BigInt(core.seq), checkpoint.size, leafHash(coreBytes), proof, checkpoint.root))
    throw broken('not-in-log', where);
  const { size, root, origin } = checkpoint;
  return { log: origin, size: String(size), root: root.toString('base64'), events: '1', withheld: '1', seen: [checkpoint] };
}

async function* linesOf(file) {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    let from = 0;
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let at = bytes.indexOf(10, rest.length); at >= 0; at = bytes.indexOf(10, from)) {
      yield { bytes: bytes.subarray(from, at), ended: true };
      from = at + 1;
    }
    rest = bytes.subarray(from);
  }
  if (rest.length > 0) yield { bytes: rest, ended: false };
}

/** Verifies one file. @returns `{ file, result, reason, line?, seq?, detail?, … }` */
export async function verifyFile(file, keys, earlier) {
  const verifier = new BundleVerifier(keys);
  let first = true;
  try {
    let summary;
    let seen;
    for await (const { bytes, ended } of linesOf(file)) {
      if (first && bytes.equals(Buffer.from(RECEIPT))) {
        ({ seen, ...summary } = verifyReceipt(readFileSync(file), keys));
        break;
      }
      first = false;
      if (ended) verifier.take(bytes);
      else verifier.end(bytes);
    }
    if (!summary) {
      verifier.end();
      summary = verifier.summary();
      seen = [...verifier.checkpoints, verifier.head];
    }
    if (earlier) {
      const there = seen.find(({ size }) => size === earlier.size);
      if (earlier.origin !== summary.log) throw cannotTell('earlier-of-other-log');
      if (!there) throw cannotTell('earlier-not-covered');
      if (!there.root.equals(earlier.root)) throw broken('split-view', { detail: `two logs of ${earlier.size} leaves` });
    }
    if (!keys) throw cannotTell('consistent-only', summary);
    if (verifier.missing.size > 0) {
      throw cannotTell('key-missing', { line: verifier.missingAt, detail: [...verifier.missing].sort().join(', '), ...summary });
    }
    return { file, result: 'verified', reason: 'verified', ...summary };
  } catch (error) {
    if (error instanceof Verdict) return { file, ...error.report };
    if (error?.code && error.syscall) return { file, result: 'cannot-tell', reason: 'unreadable', detail: error.message };
    throw error;
  }
}

const TELL = {
  verified: ['확인됨', 'VERIFIED'],
  broken: ['훼손됨', 'BROKEN'],
  'cannot-tell': ['판단 불가', 'CANNOT TELL'],
};

const REASON = {
  'consistent-only': [
    '묶음 자신의 키로만 앞뒤가 맞습니다. 공개키를 다른 곳에서 받아 --key로 주십시오.',
    'It agrees with itself by its own key only. Get the public key from elsewhere and give it with --key.',
  ],
  'no-key': ['공개키(--key)가 없습니다.', 'There is no public key (--key).'],
  'key-missing': [
    '앞선 체크포인트는 가지고 계시지 않은 키로 서명되었습니다. 그 공개키를 다른 곳에서 받아 키 파일에 더하십시오. 나머지는 모두 맞습니다.',
    'An earlier checkpoint is signed with a key that you do not have. Get that public key from elsewhere and add it to the key file. All else is as it must be.',
  ],
  'no-events': ['사건이 하나도 없습니다.', 'It has no event.'],
  'not-a-bundle': ['증거 묶음이 아닙니다.', 'This is no evidence bundle.'],
  unreadable: ['읽을 수 없습니다.', 'It cannot be read.'],
  'key-unreadable': ['공개키 파일을 읽을 수 없습니다.', 'The key file cannot be read as one.'],
  'earlier-unreadable': [
    '앞선 체크포인트를 읽을 수 없거나 이 키로 서명되지 않았습니다.',
    'The earlier checkpoint cannot be read, or this key did not sign it.',
  ],
  'earlier-not-covered': [
    '가지고 계신 체크포인트까지 이어지는 증명이 없습니다.',
    'It has no proof that goes on from the checkpoint you have.',
  ],
  'earlier-of-other-log': ['가지고 계신 체크포인트는 다른 로그의 것입니다.', 'The checkpoint you have is of another log.'],
  'split-view': [
    '가지고 계신 체크포인트와 다른 기록입니다: 기록이 둘로 갈라졌습니다.',
    'This is another record than the one your checkpoint is of: there are two.',
  ],
  'line-malformed': ['형식에 맞지 않는 줄입니다.', 'The line is not as the format demands.'],
  'checkpoint-malformed': ['체크포인트의 형식이 맞지 않습니다.', 'The checkpoint is not written as one.'],
  'checkpoint-unsigned': ['체크포인트가 가지고 계신 키로 서명되지 않았습니다.', 'No key that you have signed the checkpoint.'],
  'checkpoint-order': ['체크포인트의 순서가 맞지 않습니다.', 'The checkpoints are not in order.'],
  'checkpoint-inconsistent': ['앞선 체크포인트에서 이어지는 기록이 아닙니다.', 'The log does not go on from that checkpoint.'],
  'other-log': ['다른 로그의 것입니다.', 'It is of another log.'],
  'core-malformed': ['해시된 내용의 형식이 맞지 않습니다.', 'What was hashed is not written as it must be.'],
  'leaf-mismatch': ['사건이 바뀌었습니다.', 'The event was altered.'],
  'not-in-log': ['서명된 기록에 없는 사건입니다.', 'The event is not in the signed log.'],
  'not-in-scope': ['이 묶음의 범위 밖의 사건입니다.', 'The event is outside what the bundle shows.'],
  'event-missing': ['사건이 빠져 있습니다.', 'An event is missing.'],
  'out-of-order': ['사건의 순서가 바뀌었거나 되풀이되었습니다.', 'Events are out of order, or repeated.'],
  'chain-broken': ['앞선 사건과 이어지지 않습니다.', 'It does not go on from the event before.'],
  'data-altered': ['내용이 바뀌었습니다.', 'The data were altered.'],
  'metadata-altered': ['부가 정보가 바뀌었습니다.', 'The metadata were altered.'],
  'core-contradicts-metadata': ['해시된 내용과 부가 정보가 서로 다릅니다.', 'What was hashed and the metadata differ.'],
  'root-mismatch': ['서명된 기록과 다릅니다.', 'These are not the events that were signed.'],
  'personal-malformed': [
    '개인정보에 관한 사건의 형식이 맞지 않습니다.',
    'An event about personal data is not written as it must be.',
  ],
  'personal-not-in-record': ['기록에 없는 개인정보입니다.', 'These personal data are not in the record.'],
  'personal-altered': ['개인정보가 기록된 것과 다릅니다.', 'The personal data are not what was recorded.'],
  'personal-not-erased': [
    '파기되었다고 기록된 개인정보가 남아 있습니다.',
    'Personal data that the record says were erased are still there.',
  ],
  'personal-missing': [
    '개인정보가 까닭 없이 빠져 있습니다(비공개도 파기도 아님).',
    'Personal data are missing: neither withheld nor erased.',
  ],
  'stream-empty': ['범위의 스트림 가운데 사건이 없는 것이 있습니다.', 'A stream that it is about has no event.'],
  'trailer-missing': ['끝이 잘려 있습니다.', 'Its end is cut off.'],
  'after-trailer': ['끝난 뒤에 무엇인가 더 있습니다.', 'Something comes after its end.'],
  'count-mismatch': ['센 수가 맞지 않습니다.', 'The counts do not fit.'],
  'digest-mismatch': ['증명되지 않는 부분이 바뀌었습니다.', 'A part that proves nothing was altered.'],
};

/** A chain shows that nothing lies between its events; that nothing follows its last one, only the log shows. */
const OPEN_END = [
  '  담긴 사건과 그 사이에는 바뀌거나 빠진 것이 없습니다. 마지막 사건 뒤에 더 없는지는 기록 전체의 봉인이 있어야 보입니다(sajeon evidence --complete).',
  '  Nothing is altered or missing among these events. That none follows the last one takes the seals of the whole log (sajeon evidence --complete).',
];

function tell(report) {
  const [ko, en] = TELL[report.result];
  const place = [report.line && `line ${report.line}`, report.seq !== undefined && `seq ${report.seq}`, report.detail].filter(
    Boolean,
  );
  const [reasonKo, reasonEn] = REASON[report.reason] ?? ['', ''];
  const lines = [`${report.file}: ${ko} · ${en}${report.result === 'verified' ? '' : ` [${report.reason}] ${place.join(', ')}`}`];
  if (reasonKo) lines.push(`  ${reasonKo}`, `  ${reasonEn}`);
  if (report.events !== undefined) {
    lines.push(
      `  ${report.log} · ${report.events} events (${report.withheld} with something withheld) in a log of ${report.size} · root ${report.root}`,
    );
  }
  if (report.result === 'verified' && report.scope === 'streams') lines.push(...OPEN_END);
  const { disclosed, withheld, erased } = report.personal ?? { disclosed: '0', withheld: '0', erased: [] };
  if (disclosed !== '0' || withheld !== '0') lines.push(`  personal data: ${disclosed} shown, ${withheld} withheld`);
  for (const { ref, seq } of erased) lines.push(`  ${ref}: 파기됨 · erased under receipt ${seq}`);
  return `${lines.join('\n')}\n`;
}

const USAGE = `usage: verify.mjs FILE... --key KEYFILE [--earlier CHECKPOINT] [--json]
`;

function usage() {
  process.stderr.write(USAGE);
  return 2;
}

export async function main(args) {
  const files = [];
  const options = { json: false };
  for (let at = 0; at < args.length; at++) {
    if (args[at] === '--json') options.json = true;
    else if (args[at] === '--key' || args[at] === '--earlier') {
      const value = args[at + 1];
      if (value === undefined) return usage();
      options[args[at].slice(2)] = value;
      at++;
    } else if (args[at].startsWith('--')) return usage();
    else files.push(args[at]);
  }
  if (files.length === 0) return usage();

  let unusable;
  let keys;
  let earlier;
  if (options.key !== undefined) {
    keys = parseKeys(readText(options.key) ?? '');
    if (!keys) unusable = { reason: 'key-unreadable', detail: options.key };
  }
  if (options.earlier !== undefined && !unusable) {
    earlier = parseCheckpoint(readText(options.earlier) ?? '');
    if (!earlier || !keys || !isSigned(earlier, keys)) unusable = { reason: 'earlier-unreadable', detail: options.earlier };
  }
  let exit = 0;
  for (const file of files) {
    const report = unusable ? { file, result: 'cannot-tell', ...unusable } : await verifyFile(file, keys, earlier);
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : tell(report));
    if (report.result === 'broken') exit = 1;
    else if (report.result === 'cannot-tell' && exit === 0) exit = 2;
  }
  return exit;
}

function readText(file) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch {
    return undefined;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = await main(process.argv.slice(2));
