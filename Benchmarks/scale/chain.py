"""The ledger's own fingerprints, identities and audit links, made outside the program.

Rows that are put into the database directly carry what the program would have written, so that
`groundwork verify` reads each of them and finds the ledger whole.
"""

import hashlib
import hmac
import time

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ABSENT = b"\xff" * 8


def part(text):
    """A part goes in behind its length, an absent one as eight bytes that no length has."""
    if text is None:
        return ABSENT
    data = text.encode()
    return len(data).to_bytes(8, "big") + data


def fingerprint(parts):
    return hashlib.sha256(b"".join(map(part, parts))).hexdigest()


class Identities:
    """Identities that sort by the order in which they were made."""

    def __init__(self, random):
        self.random = random
        # The moment counts on by itself, so that a fast writer keeps the order.
        self.moment = int(time.time() * 1000) - 10_000_000

    def make(self):
        self.moment += 1
        rest, head = self.moment, []
        for _ in range(10):
            head.append(ALPHABET[rest & 31])
            rest >>= 5
        tail = self.random.getrandbits(80)
        letters = [ALPHABET[(tail >> shift) & 31] for shift in range(0, 80, 5)]
        return "".join(reversed(head)) + "".join(letters)


class Chain:
    """Adds rows to the audit chain and moves the ledger's head, as one writer."""

    def __init__(self, database, key_file):
        self.database = database
        with open(key_file, "rb") as file:
            self.key = file.read()
        self.position, self.seq, self.hash = database.execute(
            "SELECT position, seq, hash FROM ledger_head").fetchone()

    def publish(self, import_id, rows, digest, moment):
        """The link of one import; answers the position before its first record."""
        base = self.position
        first, last = base + 1, base + rows
        self.position, self.seq = last, self.seq + 1
        parts = [
            str(self.seq), str(moment), ACTOR, "import.published", import_id, str(first),
            str(last), digest]
        text = fingerprint([self.hash] + parts)
        self.hash = hmac.new(self.key, text.encode(), hashlib.sha256).hexdigest()
        self.database.execute(
            "INSERT INTO audit (seq, at, actor, action, subject, first_position, last_position,"
            " digest, hash) VALUES (?, ?, ?, 'import.published', ?, ?, ?, ?, ?)",
            (self.seq, moment, ACTOR, import_id, first, last, digest, self.hash))
        return base

    def close(self):
        self.database.execute(
            "UPDATE ledger_head SET position = ?, seq = ?, hash = ?, shown = ?",
            (self.position, self.seq, self.hash, self.seq))


ACTOR = "scale"
