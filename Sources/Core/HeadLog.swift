import Foundation
import Storage
import Synchronization

/// The file beside the database that remembers how far the audit chain had come, so that a tail
/// that was cut off, or an older copy put in the database's place, is found.
///
/// A line is added after each commit that added to the chain, and flushed to the disk. It holds the
/// number and the hash of the newest row and a keyed mark over both; the hash stands for every row
/// before. Its owner alone can read it. A last line that was not finished counts for nothing.
package final class HeadLog: Sendable {
    /// The newest row of the chain: its number and its hash.
    package struct Head: Sendable, Hashable {
        package let seq: Int
        package let hash: String

        package init(seq: Int, hash: String) {
            self.seq = seq
            self.hash = hash
        }

        /// The head as the database has it.
        package init(_ db: Connection) throws {
            let row = try db.first("SELECT seq, hash FROM ledger_head WHERE id = 1")
            seq = try row?.get("seq") ?? 0
            hash = try row?.get("hash") ?? ""
        }

        /// `12:0af3…`, as `verify` prints it and takes it.
        package var text: String { "\(seq):\(hash)" }
    }

    /// What a line says of a head.
    package enum Word: String, Sendable {
        /// The chain had come so far.
        case head
        /// `verify` found everything whole up to it.
        case verified
        /// The file was gone when the chain had come so far.
        case begun
        /// Somebody in charge said that this is the ledger as it should be: what stands before it
        /// in the file counts no longer.
        case accepted
    }

    package struct Line: Sendable, Hashable {
        package let word: Word
        package let head: Head
    }

    /// Past this size only the newest lines are kept.
    package static let sizeLimit = 1 << 20
    /// How many lines are kept then. One would do: the newest hash stands for all.
    static let keptLines = 1_000

    package let path: String
    private let key: SecretKey
    private let newest = Mutex(0)

    package init(_ path: String, key: AuditKey) {
        self.path = path
        self.key = key.derived("heads")
    }

    /// Makes the file where there is none; a district has one from its first day.
    package func create() throws {
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        guard descriptor >= 0 else { throw unwritable }
        close(descriptor)
    }

    package var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// Adds the head of the chain as the database has it now, unless it was added already.
    package func note(_ db: Connection) throws {
        let head = try Head(db)
        guard newest.withLock({ $0 < head.seq }) else { return }
        try note(head)
        newest.withLock { $0 = max($0, head.seq) }
    }

    package func note(_ head: Head, as word: Word = .head) throws {
        let isNew = !exists
        var descriptor = try locked()
        defer { close(descriptor) }
        var file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        let size = try file.seekToEnd()
        if size > UInt64(Self.sizeLimit) {
            try shorten()
            close(descriptor)
            descriptor = try locked()
            file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            try file.seekToEnd()
        }
        let text =
            isNew && word == .head ? line(.begun, head) + line(word, head) : line(word, head)
        // A line that was not finished ends here, and is passed over.
        try file.write(contentsOf: Data((try endsInLine(file) ? text : "\n" + text).utf8))
        try file.synchronize()
        if isNew { synchronizeFolder(of: path) }
    }

    /// What the finished lines say since somebody last accepted the ledger as it was, and the
    /// numbers of lines that the key did not make.
    package func read() -> (lines: [Line], foreign: [Int]) {
        guard let data = FileManager.default.contents(atPath: path) else { return ([], []) }
        var lines: [Line] = []
        var foreign: [Int] = []
        let all = String(decoding: data, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        for (index, text) in all.enumerated() where !text.isEmpty {
            guard let line = read(text) else {
                let isUnfinished = text.utf8.count < 64 || index == all.count - 1
                if !isUnfinished { foreign.append(index + 1) }
                continue
            }
            if line.word == .accepted { lines = [] }
            lines.append(line)
        }
        return (lines, foreign)
    }

    /// The newest head up to which `verify` found everything whole.
    package func verified() -> Head? {
        read().lines.last { $0.word == .verified }?.head
    }

    /// Whether a run that began at this head, and found nothing, leaves no gap: one from the first
    /// row, and one from a head no newer than the newest that was found whole.
    package func goesOn(from start: Head?) -> Bool {
        guard exists else { return false }
        guard let start else { return true }
        return verified().map { start.seq <= $0.seq } ?? false
    }

    private func read(_ text: Substring) -> Line? {
        let parts = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let word = Word(rawValue: parts[0]), let seq = Int(parts[1]),
            key.isMAC(parts[3], of: ["head", parts[0], parts[1], parts[2]])
        else { return nil }
        return Line(word: word, head: Head(seq: seq, hash: parts[2]))
    }

    private func line(_ word: Word, _ head: Head) -> String {
        let parts = [word.rawValue, String(head.seq), head.hash]
        return (parts + [key.mac(["head"] + parts)]).joined(separator: "\t") + "\n"
    }

    /// Opens the file with its lock: a command and the server may both write.
    private func locked() throws -> Int32 {
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
            guard descriptor >= 0 else { throw unwritable }
            flock(descriptor, LOCK_EX)
            var (mine, there) = (stat(), stat())
            // Another may have put a shorter file in its place meanwhile.
            if fstat(descriptor, &mine) == 0, stat(path, &there) == 0, mine.st_ino == there.st_ino {
                return descriptor
            }
            close(descriptor)
        }
    }

    private func endsInLine(_ file: FileHandle) throws -> Bool {
        let end = try file.seekToEnd()
        guard end > 0 else { return true }
        try file.seek(toOffset: end - 1)
        return try file.read(upToCount: 1) == Data("\n".utf8)
    }

    private func shorten() throws {
        let lines = read().lines
        var kept = Array(lines.suffix(Self.keptLines))
        if let verified = lines.last(where: { $0.word == .verified }), !kept.contains(verified) {
            kept.insert(verified, at: 0)
        }
        let text = kept.map { line($0.word, $0.head) }.joined()
        try writeDurably(Array(text.utf8), to: path)
    }

    private var unwritable: Refusal {
        .conflict(
            zh: "无法写入审计链首文件 \(path)。",
            en: "The file of the ledger's heads, \(path), cannot be written.")
    }
}
