import Core
import Foundation

/// The file beside the database that remembers what was erased, so that a copy of the database
/// put back later learns of it.
///
/// Each line holds codes only and a keyed mark over the line before and itself. Its owner alone
/// can read it. A last line that was not finished when the machine stopped is written again from
/// the database.
struct ErasureLog: Sendable {
    let path: String
    let key: AuditKey

    /// Everything that was erased, in order.
    ///
    /// - Throws: `Refusal.conflict` when a line was changed, taken out or added by hand.
    func read() throws -> [Erasure] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return try lines(data).erasures
    }

    /// Adds what is not in the file yet.
    func append(_ erasures: [Erasure]) throws {
        guard !erasures.isEmpty else { return }
        let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
        guard descriptor >= 0 else {
            throw Refusal.conflict(
                zh: "无法写入删除记录文件 \(path)。",
                en: "The file of erasures \(path) cannot be written.")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        // A command and the server may both erase: one of them at a time writes.
        flock(descriptor, LOCK_EX)
        defer { flock(descriptor, LOCK_UN) }
        let data = try file.readToEnd() ?? Data()
        let (known, end, last) = try lines(data)
        let ids = Set(known.map(\.id))
        var mark = last
        var text = ""
        for erasure in erasures where !ids.contains(erasure.id) {
            mark = key.link(mark, erasure.parts)
            text += line(erasure, mark)
        }
        guard !text.isEmpty else { return }
        try file.truncate(atOffset: UInt64(end))
        try file.seek(toOffset: UInt64(end))
        try file.write(contentsOf: Data(text.utf8))
        try file.synchronize()
    }

    private func line(_ erasure: Erasure, _ mark: String) -> String {
        [
            erasure.id, String(erasure.at.milliseconds), erasure.persons.joined(separator: ","),
            erasure.records.joined(separator: ","), erasure.evidence.joined(separator: ","), mark,
        ].joined(separator: "\t") + "\n"
    }

    /// The finished lines, the byte after the last of them, and its mark.
    private func lines(_ data: Data) throws -> (erasures: [Erasure], end: Int, mark: String) {
        var erasures: [Erasure] = []
        var mark = ""
        let end = data.lastIndex(of: 10).map { data.distance(from: data.startIndex, to: $0) + 1 }
        let text = String(decoding: data.prefix(end ?? 0), as: UTF8.self)
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
            guard parts.count == 6, let milliseconds = Int64(parts[1]) else { throw damaged }
            let erasure = Erasure(
                id: parts[0], persons: Erasure.list(parts[2]), records: Erasure.list(parts[3]),
                evidence: Erasure.list(parts[4]), at: Moment(milliseconds: milliseconds))
            mark = key.link(mark, erasure.parts)
            guard mark == parts[5] else { throw damaged }
            erasures.append(erasure)
        }
        return (erasures, end ?? 0, mark)
    }

    private var damaged: Refusal {
        .conflict(
            zh: "删除记录文件 \(path) 与密钥不符，可能被改动；请找回原文件。",
            en: "The file of erasures \(path) was changed: it does not fit the key. Restore it.")
    }
}
