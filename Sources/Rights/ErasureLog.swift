import Core
import Foundation

/// The file beside the database that remembers what was erased, restricted and withdrawn, so that
/// a copy of the database put back later learns of it.
///
/// Each line holds codes only and a keyed mark over the line before and itself. Its owner alone
/// can read it. A last line that was not finished when the machine stopped is written again from
/// the database.
struct ErasureLog: Sendable {
    let path: String
    let key: AuditKey

    /// What the finished lines say, in order.
    struct Noted {
        var erasures: [Erasure] = []
        var decisions: [Decision] = []
        /// The byte after the last of them, and its mark.
        fileprivate var end = 0
        fileprivate var mark = ""
    }

    /// Everything that was noted, in order.
    ///
    /// - Throws: `Refusal.conflict` when a line was changed, taken out or added by hand.
    func read() throws -> Noted {
        guard let data = FileManager.default.contents(atPath: path) else { return Noted() }
        return try noted(data)
    }

    /// Adds what is not in the file yet.
    func append(_ erasures: [Erasure], _ decisions: [Decision] = []) throws {
        guard !erasures.isEmpty || !decisions.isEmpty else { return }
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
        let known = try noted(data)
        let ids = Set(known.erasures.map(\.id))
        let decided = Set(known.decisions)
        var mark = known.mark
        var text = ""
        for erasure in erasures where !ids.contains(erasure.id) {
            mark = key.link(mark, erasure.parts)
            text += line(columns(erasure), mark)
        }
        for decision in decisions where !decided.contains(decision) {
            mark = key.link(mark, decision.columns)
            text += line(decision.columns, mark)
        }
        guard !text.isEmpty else { return }
        try file.truncate(atOffset: UInt64(known.end))
        try file.seek(toOffset: UInt64(known.end))
        try file.write(contentsOf: Data(text.utf8))
        try file.synchronize()
    }

    private func line(_ columns: [String], _ mark: String) -> String {
        (columns + [mark]).joined(separator: "\t") + "\n"
    }

    private func columns(_ erasure: Erasure) -> [String] {
        [
            erasure.id, String(erasure.at.milliseconds), erasure.persons.joined(separator: ","),
            erasure.records.joined(separator: ","), erasure.evidence.joined(separator: ","),
        ]
    }

    /// The finished lines; an erasure begins with its id, a decision with its word.
    private func noted(_ data: Data) throws -> Noted {
        var noted = Noted()
        let end = data.lastIndex(of: 10).map { data.distance(from: data.startIndex, to: $0) + 1 }
        noted.end = end ?? 0
        let text = String(decoding: data.prefix(noted.end), as: UTF8.self)
        for line in text.split(separator: "\n") {
            var columns = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
            let mark = columns.removeLast()
            if let decision = Decision(columns) {
                noted.mark = key.link(noted.mark, columns)
                noted.decisions.append(decision)
            } else {
                guard columns.count == 5, let milliseconds = Int64(columns[1]) else {
                    throw damaged
                }
                let erasure = Erasure(
                    id: columns[0], persons: Erasure.list(columns[2]),
                    records: Erasure.list(columns[3]), evidence: Erasure.list(columns[4]),
                    at: Moment(milliseconds: milliseconds))
                noted.mark = key.link(noted.mark, erasure.parts)
                noted.erasures.append(erasure)
            }
            guard mark == noted.mark else { throw damaged }
        }
        return noted
    }

    private var damaged: Refusal {
        .conflict(
            zh: "删除记录文件 \(path) 与密钥不符，可能被改动；请找回原文件。",
            en: "The file of erasures \(path) was changed: it does not fit the key. Restore it.")
    }
}
