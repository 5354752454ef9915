#!/usr/bin/env python3
"""Verifies evidence of a Sajeon log offline, without Sajeon: one file, nothing but Python 3.9's standard library.

  python3 verify.py FILE... --key KEYFILE [--earlier CHECKPOINT] [--json]

FILE is an evidence bundle (JSON lines) or a receipt proof (.tlog-proof). KEYFILE has the log's public key as a line
`<name>+<id>+<base64>`; get it from somewhere else than the bundle. CHECKPOINT is one that you kept from before.

Exit code: 0 verified, 1 broken (says where and why), 2 cannot tell. verify.mjs does the same in another language;
the two must agree on every file. The format is described in libs/audit/src/evidence.ts.
"""

import base64
import hashlib
import hmac
import json
import re
import sys
from functools import lru_cache

FORMATS = {"sajeon-evidence@1": 1, "sajeon-evidence@2": 2}
DEPOSITED = "personal-data-deposited"
ERASED = "personal-data-erased"
RECEIPT = b"c2sp.org/tlog-proof@v1"
DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
HEX = re.compile(r"[0-9a-f]{64}")
SIGNATURE_LINE = re.compile("\u2014 ([^ +]+) ([^ ]+)", re.DOTALL)
CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
# No line needs more; a verifier in a language with a large stack must not see more than this one does.
DEEPEST = 64
NAME = re.compile("[a-z][a-z0-9]*")
SURROGATE = re.compile("[\ud800-\udfff]")
LARGEST = 2**63 - 1
LIFTED = {
    "schema": "schema",
    "actor": "actor",
    "agency": "agency",
    "command": "commandId",
    "cause": "causationId",
    "corr": "correlationId",
}
CORE_REQUIRED = {"data", "id", "log", "meta", "prev", "rec", "rev", "seq", "stream", "type", "v"}


class Verdict(Exception):
    """Ends the verification of one file."""

    def __init__(self, result, reason, **where):
        super().__init__(reason)
        self.report = {"result": result, "reason": reason, **where}


def broken(reason, **where):
    return Verdict("broken", reason, **where)


def cannot_tell(reason, **where):
    return Verdict("cannot-tell", reason, **where)


# Ed25519 (RFC 8032, 5.1), verification only: on public values, so nothing here needs to run in constant time.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def point_add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    m = (y1 - x1) * (y2 - x2) % P
    n = (y1 + x1) * (y2 + x2) % P
    c = 2 * t1 * t2 * D % P
    d = 2 * z1 * z2 % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_multiply(factor, point):
    result = (0, 1, 1, 0)
    while factor > 0:
        if factor & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        factor >>= 1
    return result


def point_decode(encoded):
    y = int.from_bytes(encoded, "little")
    sign = y >> 255
    y &= 2**255 - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def point_encode(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | ((x & 1) << 255)).to_bytes(32, "little")


BASE = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


@lru_cache(maxsize=10000)
def ed25519_verify(public, message, signature):
    if len(signature) != 64:
        return False
    key = point_decode(public)
    s = int.from_bytes(signature[32:], "little")
    if key is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    h = int.from_bytes(digest, "little") % ORDER
    x, y, z, t = point_multiply(h, key)
    difference = point_add(point_multiply(s, BASE), (P - x, y, z, P - t))
    return point_encode(difference) == signature[:32]


# Texts


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(data):
    return sha256(b"\x00" + data)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def decode_base64(text):
    """The bytes, or None unless this is the one way of writing them."""
    if not isinstance(text, str):
        return None
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None


def hash_of(text):
    data = decode_base64(text)
    return data if data is not None and len(data) == 32 else None


def is_decimal(value):
    return isinstance(value, str) and DECIMAL.fullmatch(value) is not None and int(value) <= LARGEST


def has_shape(value, required, optional=()):
    """Exactly these members; the optional ones may be missing."""
    return isinstance(value, dict) and set(required) <= set(value) <= set(required) | set(optional)


def is_clean(value, depth=0):
    """What a line is made of: plain names, lists, and text that UTF-8 can carry; JSON can hide halves of characters behind escapes."""
    if isinstance(value, str):
        return SURROGATE.search(value) is None
    if depth > DEEPEST:
        return False
    if isinstance(value, list):
        return all(is_clean(member, depth + 1) for member in value)
    if isinstance(value, dict):
        return all(NAME.fullmatch(name) and is_clean(member, depth + 1) for name, member in value.items())
    return False


def is_shallow(value, depth=0):
    if not isinstance(value, (list, dict)):
        return True
    members = value if isinstance(value, list) else value.values()
    return depth <= DEEPEST and all(is_shallow(member, depth + 1) for member in members)


def parse_hashed(text):
    """What was hashed may be any JSON. None for what is none, or is nested too deeply."""
    try:
        value = parse_json(text)
    except ValueError:
        return None
    return value if is_shallow(value) else None


def refuse_constant(name):
    raise ValueError(f"JSON has no {name}")


def parse_int(text):
    """Python would refuse to read a very long one."""
    return int(text) if len(text) < 20 else float(text)


def parse_json(text):
    """Raises ValueError for what is not JSON."""
    try:
        return json.loads(text, parse_constant=refuse_constant, parse_int=parse_int)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def quoted(text):
    """As RFC 8785 writes a string."""
    plain = json.dumps(text, ensure_ascii=False)
    return SURROGATE.sub(lambda half: f"\\u{ord(half.group()):04x}", plain)


def parse_key(text):
    parts = text.split("+")
    material = decode_base64("+".join(parts[2:])) if len(parts) >= 3 else None
    name = parts[0]
    if material is None or len(material) != 33 or material[0] != 1 or name == "" or re.search(r"\s", name):
        return None
    key_id = sha256(name.encode() + b"\n" + material)[:4]
    return {"name": name, "id": key_id, "public": material[1:]} if key_id.hex() == parts[1] else None


def parse_keys(text):
    lines = [line.strip() for line in text.split("\n")]
    keys = [parse_key(line) for line in lines if line and not line.startswith("#")]
    return None if not keys or None in keys else keys


class Checkpoint:
    def __init__(self, text, origin, size, root, signatures):
        self.text, self.origin, self.size, self.root, self.signatures = text, origin, size, root, signatures

    def is_signed(self, keys):
        """One of the keys signed, and no signature that claims one of them is false."""
        signed = False
        for name, key_id, signature in self.signatures:
            key = next((key for key in keys if key["name"] == name and key["id"] == key_id), None)
            if key is None:
                continue
            if not ed25519_verify(key["public"], self.text.encode(), signature):
                return False
            signed = True
        return signed

    def claimed(self):
        """Signatures in the name of the log: which keys they claim, as <name>+<id>."""
        return sorted({f"{name}+{key_id.hex()}" for name, key_id, _ in self.signatures if name == self.origin})

    def signed_by_others(self, keys, listed):
        """The keys that signed, where all of them are the log's by the word of the bundle alone, and what they signed is not false."""
        claims = {(name, key_id) for name, key_id, _ in self.signatures}
        of_log = [key for key in listed if key["name"] == self.origin]
        if any((key["name"], key["id"]) in claims for key in keys) or not self.is_signed(of_log):
            return []
        return sorted({f"{key['name']}+{key['id'].hex()}" for key in of_log if (key["name"], key["id"]) in claims})


def parse_checkpoint(note):
    """None when it is not one."""
    end = note.rfind("\n\n")
    if end < 0 or not note.endswith("\n"):
        return None
    text = note[: end + 1]
    if CONTROL.search(text):
        return None
    signatures = []
    for line in note[end + 2 : -1].split("\n"):
        parts = SIGNATURE_LINE.fullmatch(line)
        data = decode_base64(parts.group(2)) if parts else None
        if data is None or len(data) <= 4:
            return None
        signatures.append((parts.group(1), data[:4], data[4:]))
    if len(signatures) > 100:
        return None
    lines = text[:-1].split("\n")
    if len(lines) < 3 or "" in lines or not is_decimal(lines[1]):
        return None
    root = hash_of(lines[2])
    return None if root is None else Checkpoint(text, lines[0], int(lines[1]), root, signatures)


def parse_core(text):
    """None unless it is written in the one way that is hashed."""
    try:
        core = parse_json(text)
    except ValueError:
        return None
    if not has_shape(core, CORE_REQUIRED, LIFTED):
        return None
    for name, value in core.items():
        if name == "v":
            good = type(value) is int and value == 1
        elif name == "prev":
            good = value is None or hash_of(value) is not None
        else:
            good = isinstance(value, str)
        if not good:
            return None
    if not (is_decimal(core["seq"]) and is_decimal(core["rev"])):
        return None
    if not (HEX.fullmatch(core["data"]) and HEX.fullmatch(core["meta"])):
        return None
    written = {"v": lambda value: "1", "prev": lambda value: "null" if value is None else quoted(value)}
    members = [quoted(name) + ":" + written.get(name, quoted)(core[name]) for name in sorted(core)]
    return core if "{" + ",".join(members) + "}" == text else None


# The tree (RFC 9162, 2.1)


def verify_inclusion(index, size, leaf, proof, root):
    """As RFC 9162, 2.1.3.2 words it."""
    if not 0 <= index < size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            r = node_hash(r, p)
        fn >>= 1
        sn >>= 1
    return sn == 0 and r == root


def verify_consistency(first, second, proof, first_root, second_root):
    """As RFC 9162, 2.1.4.2 words it."""
    if first > second:
        return False
    if first == second:
        return not proof and first_root == second_root
    if first <= 0 or not proof:
        return False
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn >>= 1
        sn >>= 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr = node_hash(c, fr)
            sr = node_hash(c, sr)
            while not fn & 1 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            sr = node_hash(sr, c)
        fn >>= 1
        sn >>= 1
    return sn == 0 and fr == first_root and sr == second_root


class Tree:
    """The tree over leaves that come one after another: (height, hash) of its full subtrees."""

    def __init__(self):
        self.peaks = []

    def append(self, leaf):
        height = 0
        while self.peaks and self.peaks[-1][0] == height:
            leaf = node_hash(self.peaks.pop()[1], leaf)
            height += 1
        self.peaks.append((height, leaf))

    def root(self):
        if not self.peaks:
            return sha256(b"")
        root = self.peaks[-1][1]
        for _, peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


# Bundles


class BundleVerifier:
    """Takes a bundle line by line."""

    def __init__(self, keys):
        self.outside_keys = keys
        self.line = self.events = self.withheld = self.personal = self.disclosed = 0
        self.commitments = {}  # by reference: [path, commitment, seq, accounted for]
        self.erased = {}
        self.checkpoints = []
        self.missing, self.missing_at = set(), None  # keys of the log that an earlier checkpoint was signed with and that we were not given
        self.milestones = None
        self.sound = 0
        self.digest = hashlib.sha256()
        self.streams = {}
        self.tree = Tree()
        self.last_seq = -1
        self.done = False

    def take(self, data):
        """One line, without its newline."""
        self.line += 1
        if self.done:
            raise broken("after-trailer", line=self.line)
        content = self.parse(data)
        kind = content.get("kind") if isinstance(content, dict) else None
        if self.line == 1:
            self.header(content)
        elif kind == "checkpoint":
            self.earlier(content)
        elif kind == "event":
            self.event(content)
        elif kind == "personal" and self.version == 2:
            self.personal_data(content)
        elif kind == "trailer":
            self.trailer(content)
            return
        else:
            raise self.malformed()
        self.digest.update(data + b"\n")

    def end(self, fragment=b""):
        if fragment:
            self.line += 1
            if self.done:
                raise broken("after-trailer", line=self.line)
            raise cannot_tell("not-a-bundle") if self.line == 1 else self.malformed()
        if self.line == 0:
            raise cannot_tell("not-a-bundle")
        if not self.done:
            raise broken("trailer-missing", line=self.line)

    def malformed(self):
        return broken("line-malformed", line=self.line)

    def parse(self, data):
        try:
            text = data.decode("utf-8")
            content = parse_json(text)
            # Only as it is written by who makes bundles: white space, or a name that is there twice, would show other readers something else.
            if is_clean(content) and json.dumps(content, ensure_ascii=False, separators=(",", ":")) == text:
                return content
        except ValueError:
            pass
        raise cannot_tell("not-a-bundle") if self.line == 1 else self.malformed()

    def header(self, content):
        if not isinstance(content, dict) or content.get("kind") != "header":
            raise cannot_tell("not-a-bundle")
        if not isinstance(content.get("format"), str) or content["format"] not in FORMATS:
            raise cannot_tell("not-a-bundle")
        self.version = FORMATS[content["format"]]
        if not has_shape(content, ("kind", "format", "log", "scope", "made", "checkpoint", "keys")):
            raise self.malformed()
        if not all(isinstance(content[name], str) for name in ("log", "made", "checkpoint")):
            raise self.malformed()
        keys = content["keys"]
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise self.malformed()
        self.log = content["log"]
        self.scope(content["scope"])
        self.listed = [key for key in map(parse_key, keys) if key is not None]
        self.keys = self.listed if self.outside_keys is None else self.outside_keys
        self.head = self.checkpoint(content["checkpoint"])
        if self.kind == "range" and self.to > self.head.size:
            raise self.malformed()

    def scope(self, scope):
        self.kind = scope.get("kind") if isinstance(scope, dict) else None
        self.start, self.to, self.names = 0, None, None
        if self.kind == "log" and has_shape(scope, ("kind",)):
            return
        if self.kind == "streams" and has_shape(scope, ("kind", "streams")) and isinstance(scope["streams"], list):
            names = scope["streams"]
            if names and all(isinstance(name, str) for name in names) and len(set(names)) == len(names):
                self.names = set(names)
                return
        if self.kind == "range" and has_shape(scope, ("kind", "from", "to")):
            if is_decimal(scope["from"]) and is_decimal(scope["to"]) and int(scope["from"]) < int(scope["to"]):
                self.start, self.to = int(scope["from"]), int(scope["to"])
                return
        raise self.malformed()

    def checkpoint(self, note, earlier=False):
        checkpoint = parse_checkpoint(note)
        if checkpoint is None:
            raise broken("checkpoint-malformed", line=self.line)
        if checkpoint.origin != self.log:
            raise broken("other-log", line=self.line)
        if not checkpoint.is_signed(self.keys):
            # An earlier checkpoint of another key is no proof of anything wrong: the newest one, which is signed by ours, has to go on from it.
            # What cannot be told is whether the log signed it, so this is never green either.
            others = checkpoint.signed_by_others(self.keys, self.listed) if earlier else []
            if not others:
                raise unsigned(checkpoint, self.line)
            self.missing.update(others)
            self.missing_at = self.line if self.missing_at is None else self.missing_at
        return checkpoint

    def proof(self, proof):
        hashes = [hash_of(each) for each in proof] if isinstance(proof, list) and len(proof) <= 64 else [None]
        if None in hashes:
            raise self.malformed()
        return hashes

    def earlier(self, content):
        if not has_shape(content, ("kind", "note", "proof")) or not isinstance(content["note"], str):
            raise self.malformed()
        proof = self.proof(content["proof"])
        checkpoint = self.checkpoint(content["note"], earlier=True)
        before = self.checkpoints[-1].size if self.checkpoints else 0
        if self.events > 0 or not before < checkpoint.size <= self.head.size:
            raise broken("checkpoint-order", line=self.line)
        if not verify_consistency(checkpoint.size, self.head.size, proof, checkpoint.root, self.head.root):
            raise broken("checkpoint-inconsistent", line=self.line)
        self.checkpoints.append(checkpoint)

    def event(self, content):
        if self.personal > 0:
            raise self.malformed()
        whole = self.kind == "log"
        required = ("kind", "core", "leaf") if whole else ("kind", "core", "leaf", "proof")
        if not has_shape(content, required, ("data", "metadata")):
            raise self.malformed()
        if not all(isinstance(content[name], str) for name in ("core", "data", "metadata") if name in content):
            raise self.malformed()
        leaf = hash_of(content["leaf"])
        if leaf is None:
            raise self.malformed()
        proof = [] if whole else self.proof(content["proof"])
        core = parse_core(content["core"])
        if core is None:
            raise broken("core-malformed", line=self.line)
        seq = int(core["seq"])
        where = {"line": self.line, "seq": core["seq"]}
        if core["log"] != self.log:
            raise broken("other-log", **where)
        self.order(core, seq, where)
        if leaf_hash(content["core"].encode()) != leaf:
            raise broken("leaf-mismatch", **where)
        if not whole and not verify_inclusion(seq, self.head.size, leaf, proof, self.head.root):
            raise broken("not-in-log", **where)
        self.chain(core, content["leaf"], where)
        data, metadata = content.get("data"), content.get("metadata")
        if data is not None and hashlib.sha256(data.encode()).hexdigest() != core["data"]:
            raise broken("data-altered", **where)
        if metadata is not None and hashlib.sha256(metadata.encode()).hexdigest() != core["meta"]:
            raise broken("metadata-altered", **where)
        if metadata is not None and not agrees(core, metadata):
            raise broken("core-contradicts-metadata", **where)
        if data is not None and core["type"] in (DEPOSITED, ERASED):
            self.commit(core, data, where)
        if data is None or metadata is None:
            self.withheld += 1
        self.events += 1
        if whole:
            self.grow(leaf, where)

    def commit(self, core, data, where):
        """What an event says of personal data: that something lies in the vault, or that it does no more."""
        content = parse_hashed(data)
        fields = content.get("fields") if isinstance(content, dict) else None
        if not isinstance(fields, list):
            raise broken("personal-malformed", **where)
        if not all(isinstance(field, dict) for field in fields):
            raise broken("personal-malformed", **where)
        for field in fields:
            if core["type"] == ERASED:
                ref = field.get("ref")
                if not isinstance(ref, str) or ref == "":
                    raise broken("personal-malformed", **where)
                self.erased.setdefault(ref, core["seq"])
                continue
            ref, path, made = field.get("$pii"), field.get("path"), field.get("c")
            if not all(isinstance(text, str) and text != "" for text in (ref, path, made)):
                raise broken("personal-malformed", **where)
            if not HEX.fullmatch(made) or ref in self.commitments:
                raise broken("personal-malformed", **where)
            self.commitments[ref] = [path, made, core["seq"], False]

    def personal_data(self, content):
        """A value with its salt, or the reference alone: then it is withheld."""
        shown = "value" in content
        if not has_shape(content, ("kind", "ref", "path", "salt", "value") if shown else ("kind", "ref")):
            raise self.malformed()
        if not all(isinstance(text, str) for text in content.values()):
            raise self.malformed()
        commitment = self.commitments.get(content["ref"])
        if commitment is None:
            raise broken("personal-not-in-record", line=self.line)
        path, made, seq, accounted = commitment
        where = {"line": self.line, "seq": seq}
        if accounted:
            raise self.malformed()
        if content["ref"] in self.erased:
            raise broken("personal-not-erased", **where)
        if shown:
            salt = hash_of(content["salt"])
            if salt is None:
                raise self.malformed()
            message = (content["path"] + "\0" + content["value"]).encode()
            if content["path"] != path or hmac.new(salt, message, hashlib.sha256).hexdigest() != made:
                raise broken("personal-altered", **where)
            self.disclosed += 1
        commitment[3] = True
        self.personal += 1

    def order(self, core, seq, where):
        if seq >= self.head.size:
            raise broken("not-in-log", **where)
        if self.kind == "streams":
            if core["stream"] not in self.names:
                raise broken("not-in-scope", **where)
            if seq <= self.last_seq:
                raise broken("out-of-order", **where)
        else:
            expected = self.start + self.events
            if self.kind == "range" and not self.start <= seq < self.to:
                raise broken("not-in-scope", **where)
            if seq > expected:
                raise broken("event-missing", line=self.line, seq=str(expected))
            if seq < expected:
                raise broken("out-of-order", **where)
        self.last_seq = seq

    def chain(self, core, leaf_text, where):
        rev = int(core["rev"])
        last = self.streams.get(core["stream"])
        if last is None:
            if self.kind != "range" and rev != 0:
                raise broken("event-missing", **where)
            if (rev == 0) != (core["prev"] is None):
                raise broken("chain-broken", **where)
        else:
            if rev > last[0] + 1:
                raise broken("event-missing", **where)
            if rev != last[0] + 1 or core["prev"] != last[1]:
                raise broken("chain-broken", **where)
        self.streams[core["stream"]] = (rev, leaf_text)

    def grow(self, leaf, where):
        """The whole log is proven by building its tree anew; the earlier checkpoints narrow down where it went wrong."""
        self.tree.append(leaf)
        if self.milestones is None:
            self.milestones = [*self.checkpoints, self.head]
        while self.milestones and self.milestones[0].size == self.events:
            milestone = self.milestones.pop(0)
            if milestone.root != self.tree.root():
                between = f"between {self.sound} and {milestone.size - 1}"
                raise broken("root-mismatch", **{**where, "seq": str(self.sound), "detail": between})
            self.sound = milestone.size

    def trailer(self, content):
        counted = {"events": self.events, "checkpoints": len(self.checkpoints), "withheld": self.withheld}
        if self.version == 2:
            counted["personal"] = self.personal
        if not has_shape(content, ("kind", *counted, "sha256")):
            raise self.malformed()
        if not all(is_decimal(content[name]) for name in counted):
            raise self.malformed()
        if not isinstance(content["sha256"], str) or not HEX.fullmatch(content["sha256"]):
            raise self.malformed()
        self.done = True
        if self.events == 0:
            raise cannot_tell("no-events", line=self.line)
        if self.kind == "streams":
            if len(self.streams) != len(self.names):
                raise broken("stream-empty", line=self.line)
        else:
            to = self.head.size if self.kind == "log" else self.to
            if self.events != to - self.start:
                raise broken("event-missing", line=self.line, seq=str(self.start + self.events))
        if self.version == 2:
            for ref, (_, _, seq, accounted) in self.commitments.items():
                if not accounted and ref not in self.erased:
                    raise broken("personal-missing", line=self.line, seq=seq)
        if any(content[name] != str(count) for name, count in counted.items()):
            raise broken("count-mismatch", line=self.line)
        if self.digest.hexdigest() != content["sha256"]:
            raise broken("digest-mismatch", line=self.line)

    def summary(self):
        return {
            "log": self.log,
            "scope": self.kind,
            "size": str(self.head.size),
            "root": base64.b64encode(self.head.root).decode(),
            "events": str(self.events),
            "withheld": str(self.withheld),
            "personal": {
                "disclosed": str(self.disclosed),
                "withheld": str(self.personal - self.disclosed),
                "erased": [{"ref": ref, "seq": seq} for ref, seq in self.erased.items() if ref in self.commitments],
            },
        }


def unsigned(checkpoint, line):
    by = ", ".join(checkpoint.claimed())
    return broken("checkpoint-unsigned", line=line, **({"detail": f"signed by {by}"} if by else {}))


def agrees(core, metadata):
    """What is lifted from the metadata into the core says the same in both."""
    parsed = parse_hashed(metadata)
    if not isinstance(parsed, dict):
        return False
    return all((name in core) == (key in parsed) and core.get(name) == parsed.get(key) for name, key in LIFTED.items())


def verify_receipt(data, keys):
    """A receipt proof: C2SP tlog-proof whose extra data are the core."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise broken("line-malformed", line=1) from None
    end = text.find("\n\n")
    lines = text[: max(end, 0)].split("\n") + ["", "", ""]
    extra, index = lines[1], lines[2]
    core_data = decode_base64(extra[6:]) if extra.startswith("extra ") and len(extra) > 6 else None
    seq = index[6:] if index.startswith("index ") else None
    proof = [hash_of(line) for line in lines[3:-3]]
    if end < 0 or core_data is None or not is_decimal(seq) or len(proof) > 64 or None in proof:
        raise broken("line-malformed", line=1)
    signed_line = len(lines) - 1
    checkpoint = parse_checkpoint(text[end + 2 :])
    if checkpoint is None:
        raise broken("checkpoint-malformed", line=signed_line)
    try:
        core = parse_core(core_data.decode("utf-8"))
    except UnicodeDecodeError:
        core = None
    if core is None or core["seq"] != seq:
        raise broken("core-malformed", line=2)
    if core["log"] != checkpoint.origin:
        raise broken("other-log", line=3, seq=seq)
    if keys is None:
        raise cannot_tell("no-key")
    if not checkpoint.is_signed(keys):
        raise unsigned(checkpoint, signed_line)
    if not verify_inclusion(int(seq), checkpoint.size, leaf_hash(core_data), proof, checkpoint.root):
        raise broken("not-in-log", line=3, seq=seq)
    root = base64.b64encode(checkpoint.root).decode()
    summary = {"log": checkpoint.origin, "size": str(checkpoint.size), "root": root, "events": "1", "withheld": "1"}
    return summary, [checkpoint]


def verify_bundle(lines, keys):
    verifier = BundleVerifier(keys)
    for line in lines:
        if line.endswith(b"\n"):
            verifier.take(line[:-1])
        else:
            verifier.end(line)
    verifier.end()
    missing = {"line": verifier.missing_at, "detail": ", ".join(sorted(verifier.missing))} if verifier.missing else None
    return verifier.summary(), [*verifier.checkpoints, verifier.head], missing


def verify_file(file, keys, earlier):
    try:
        with open(file, "rb") as lines:
            if lines.readline() in (RECEIPT, RECEIPT + b"\n"):
                lines.seek(0)
                (summary, seen), missing = verify_receipt(lines.read(), keys), None
            else:
                lines.seek(0)
                summary, seen, missing = verify_bundle(lines, keys)
        if earlier is not None:
            there = next((each for each in seen if each.size == earlier.size), None)
            if earlier.origin != summary["log"]:
                raise cannot_tell("earlier-of-other-log")
            if there is None:
                raise cannot_tell("earlier-not-covered")
            if there.root != earlier.root:
                raise broken("split-view", detail=f"two logs of {earlier.size} leaves")
        if keys is None:
            raise cannot_tell("consistent-only", **summary)
        if missing is not None:
            raise cannot_tell("key-missing", **missing, **summary)
        return {"file": file, "result": "verified", "reason": "verified", **summary}
    except Verdict as verdict:
        return {"file": file, **verdict.report}
    except OSError as error:
        return {"file": file, "result": "cannot-tell", "reason": "unreadable", "detail": str(error)}


TELL = {"verified": "확인됨 · VERIFIED", "broken": "훼손됨 · BROKEN", "cannot-tell": "판단 불가 · CANNOT TELL"}


# What each reason means, as verify.mjs says it.
REASON = {
    "consistent-only": (
        "묶음 자신의 키로만 앞뒤가 맞습니다. 공개키를 다른 곳에서 받아 --key로 주십시오.",
        "It agrees with itself by its own key only. Get the public key from elsewhere and give it with --key.",
    ),
    "no-key": ("공개키(--key)가 없습니다.", "There is no public key (--key)."),
    "key-missing": (
        "앞선 체크포인트는 가지고 계시지 않은 키로 서명되었습니다. 그 공개키를 다른 곳에서 받아 키 파일에 더하십시오. 나머지는 모두 맞습니다.",
        "An earlier checkpoint is signed with a key that you do not have. Get that public key from elsewhere and add it to the key file. All else is as it must be.",
    ),
    "no-events": ("사건이 하나도 없습니다.", "It has no event."),
    "not-a-bundle": ("증거 묶음이 아닙니다.", "This is no evidence bundle."),
    "unreadable": ("읽을 수 없습니다.", "It cannot be read."),
    "key-unreadable": ("공개키 파일을 읽을 수 없습니다.", "The key file cannot be read as one."),
    "earlier-unreadable": (
        "앞선 체크포인트를 읽을 수 없거나 이 키로 서명되지 않았습니다.",
        "The earlier checkpoint cannot be read, or this key did not sign it.",
    ),
    "earlier-not-covered": ("가지고 계신 체크포인트까지 이어지는 증명이 없습니다.", "It has no proof that goes on from the checkpoint you have."),
    "earlier-of-other-log": ("가지고 계신 체크포인트는 다른 로그의 것입니다.", "The checkpoint you have is of another log."),
    "split-view": (
        "가지고 계신 체크포인트와 다른 기록입니다: 기록이 둘로 갈라졌습니다.",
        "This is another record than the one your checkpoint is of: there are two.",
    ),
    "line-malformed": ("형식에 맞지 않는 줄입니다.", "The line is not as the format demands."),
    "checkpoint-malformed": ("체크포인트의 형식이 맞지 않습니다.", "The checkpoint is not written as one."),
    "checkpoint-unsigned": ("체크포인트가 가지고 계신 키로 서명되지 않았습니다.", "No key that you have signed the checkpoint."),
    "checkpoint-order": ("체크포인트의 순서가 맞지 않습니다.", "The checkpoints are not in order."),
    "checkpoint-inconsistent": ("앞선 체크포인트에서 이어지는 기록이 아닙니다.", "The log does not go on from that checkpoint."),
    "other-log": ("다른 로그의 것입니다.", "It is of another log."),
    "core-malformed": ("해시된 내용의 형식이 맞지 않습니다.", "What was hashed is not written as it must be."),
    "leaf-mismatch": ("사건이 바뀌었습니다.", "The event was altered."),
    "not-in-log": ("서명된 기록에 없는 사건입니다.", "The event is not in the signed log."),
    "not-in-scope": ("이 묶음의 범위 밖의 사건입니다.", "The event is outside what the bundle shows."),
    "event-missing": ("사건이 빠져 있습니다.", "An event is missing."),
    "out-of-order": ("사건의 순서가 바뀌었거나 되풀이되었습니다.", "Events are out of order, or repeated."),
    "chain-broken": ("앞선 사건과 이어지지 않습니다.", "It does not go on from the event before."),
    "data-altered": ("내용이 바뀌었습니다.", "The data were altered."),
    "metadata-altered": ("부가 정보가 바뀌었습니다.", "The metadata were altered."),
    "core-contradicts-metadata": ("해시된 내용과 부가 정보가 서로 다릅니다.", "What was hashed and the metadata differ."),
    "root-mismatch": ("서명된 기록과 다릅니다.", "These are not the events that were signed."),
    "personal-malformed": ("개인정보에 관한 사건의 형식이 맞지 않습니다.", "An event about personal data is not written as it must be."),
    "personal-not-in-record": ("기록에 없는 개인정보입니다.", "These personal data are not in the record."),
    "personal-altered": ("개인정보가 기록된 것과 다릅니다.", "The personal data are not what was recorded."),
    "personal-not-erased": ("파기되었다고 기록된 개인정보가 남아 있습니다.", "Personal data that the record says were erased are still there."),
    "personal-missing": ("개인정보가 까닭 없이 빠져 있습니다(비공개도 파기도 아님).", "Personal data are missing: neither withheld nor erased."),
    "stream-empty": ("범위의 스트림 가운데 사건이 없는 것이 있습니다.", "A stream that it is about has no event."),
    "trailer-missing": ("끝이 잘려 있습니다.", "Its end is cut off."),
    "after-trailer": ("끝난 뒤에 무엇인가 더 있습니다.", "Something comes after its end."),
    "count-mismatch": ("센 수가 맞지 않습니다.", "The counts do not fit."),
    "digest-mismatch": ("증명되지 않는 부분이 바뀌었습니다.", "A part that proves nothing was altered."),
}

# A chain shows that nothing lies between its events; that nothing follows its last one, only the log shows.
OPEN_END = (
    "담긴 사건과 그 사이에는 바뀌거나 빠진 것이 없습니다. 마지막 사건 뒤에 더 없는지는 기록 전체의 봉인이 있어야 보입니다(sajeon evidence --complete).",
    "Nothing is altered or missing among these events. That none follows the last one takes the seals of the whole log (sajeon evidence --complete).",
)


def tell(report):
    place = [f"{name} {report[name]}" for name in ("line", "seq") if name in report]
    place += [report["detail"]] if "detail" in report else []
    why = "" if report["result"] == "verified" else f" [{report['reason']}] {', '.join(place)}"
    print(f"{report['file']}: {TELL[report['result']]}{why}")
    for sentence in REASON.get(report["reason"], ()):
        print(f"  {sentence}")
    if "events" in report:
        print(
            f"  {report['log']} · {report['events']} events ({report['withheld']} with something withheld)"
            f" in a log of {report['size']} · root {report['root']}"
        )
    if report["result"] == "verified" and report.get("scope") == "streams":
        for sentence in OPEN_END:
            print(f"  {sentence}")
    personal = report.get("personal")
    if personal and (personal["disclosed"] != "0" or personal["withheld"] != "0"):
        print(f"  personal data: {personal['disclosed']} shown, {personal['withheld']} withheld")
    for gone in personal["erased"] if personal else []:
        print(f"  {gone['ref']}: 파기됨 · erased under receipt {gone['seq']}")


def read_text(file):
    try:
        with open(file, "rb") as content:
            return content.read().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def usage():
    sys.stderr.write("usage: verify.py FILE... --key KEYFILE [--earlier CHECKPOINT] [--json]\n")
    return 2


def main(arguments):
    files, options, as_json = [], {}, False
    rest = iter(arguments)
    for argument in rest:
        if argument == "--json":
            as_json = True
        elif argument in ("--key", "--earlier"):
            options[argument] = next(rest, None)
            if options[argument] is None:
                return usage()
        elif argument.startswith("--"):
            return usage()
        else:
            files.append(argument)
    if not files:
        return usage()
    unusable = keys = earlier = None
    if "--key" in options:
        keys = parse_keys(read_text(options["--key"]))
        unusable = {"reason": "key-unreadable", "detail": options["--key"]} if keys is None else None
    if "--earlier" in options and unusable is None:
        earlier = parse_checkpoint(read_text(options["--earlier"]))
        if earlier is None or keys is None or not earlier.is_signed(keys):
            unusable = {"reason": "earlier-unreadable", "detail": options["--earlier"]}
    code = 0
    for file in files:
        if unusable:
            report = {"file": file, "result": "cannot-tell", **unusable}
        else:
            report = verify_file(file, keys, earlier)
        if as_json:
            print(json.dumps(report, ensure_ascii=False))
        else:
            tell(report)
        if report["result"] == "broken":
            code = 1
        elif report["result"] == "cannot-tell" and code == 0:
            code = 2
    return code


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
