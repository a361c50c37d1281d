import Core
import Foundation
import Organization

/// A file as a table: headings and rows with the lines they stand on.
package struct ImportTable: Sendable {
    package static let fileLimit = 64 << 20
    package static let rowLimit = 200_000

    package let name: String
    /// The SHA-256 of the file, by which it is recognized when it comes again.
    package let digest: String
    package let headings: [String]
    package let rows: [CSV.Row]
    /// What a file of text was written in.
    private(set) var encoding = TextEncoding.utf8

    /// Reads a CSV file or a workbook.
    ///
    /// - Parameter knows: whether a text is a heading that the table may have; by them the sign is
    ///   found that parts the values of a file of text.
    /// - Throws: `Refusal.invalid` with a sentence for a file that is too large, in no known
    ///   encoding, no table, or a workbook that unpacks to too much.
    package init(path: String, knows: (String) -> Bool = { _ in false }) throws {
        let name = (path as NSString).lastPathComponent
        guard let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
        else {
            throw Refusal.invalid(
                "文件", zh: "找不到文件 \(path)。", en: "There is no file \(path).")
        }
        guard size <= Self.fileLimit, let data = FileManager.default.contents(atPath: path) else {
            throw Refusal.invalid(
                "文件", zh: "文件有\(size >> 20) MB，超过\(Self.fileLimit >> 20) MB 的上限。",
                en: "The file has \(size >> 20) MB; the limit is \(Self.fileLimit >> 20) MB.")
        }
        try self.init(name: name, bytes: Array(data), knows: knows)
    }

    /// Reads the bytes of a CSV file or a workbook.
    package init(
        name: String, bytes: [UInt8], rowLimit: Int = ImportTable.rowLimit,
        knows: (String) -> Bool = { _ in false }
    ) throws {
        let read =
            Workbook.looksLikeOne(bytes)
            ? (text: try Workbook.csv(bytes), encoding: .utf8) : try TextEncoding.read(bytes)
        try self.init(
            name: name, digest: hexadecimalDigest(bytes), text: read.text, rowLimit: rowLimit,
            knows: knows)
        encoding = read.encoding
    }

    package init(
        name: String, digest: String, text: [UInt8], rowLimit: Int = ImportTable.rowLimit,
        knows: (String) -> Bool = { _ in false }
    ) throws {
        var reader = CSV(text, knows: knows)
        do {
            guard let head = try reader.next() else {
                throw Refusal.invalid("文件", zh: "文件是空的。", en: "The file is empty.")
            }
            self.name = name
            self.digest = digest
            self.headings = head.values
            var rows: [CSV.Row] = []
            while let row = try reader.next() {
                rows.append(row)
                if rows.count > rowLimit {
                    throw Refusal.invalid(
                        "文件", zh: "文件超过\(rowLimit)行，请分成几个文件。",
                        en: "The file has more than \(rowLimit) rows: split it.")
                }
            }
            self.rows = rows
        } catch let fault as RowBreak {
            throw Refusal.invalid([Fault("文件", zh: fault.words.zh, en: fault.words.en)])
        }
        if rows.isEmpty {
            throw Refusal.invalid(
                "文件", zh: "文件只有标题，没有数据。", en: "The file has headings but no rows.")
        }
    }

    /// - Throws: `Refusal.invalid` when no heading is known after a file was read as GB18030: it is
    ///   in an encoding that nothing tells apart from that.
    func requireReadable(_ knows: (String) -> Bool) throws(Refusal) {
        guard encoding == .gb18030, !headings.contains(where: knows) else { return }
        let words = TextEncoding.unknownWords
        throw .invalid("文件", zh: words.zh, en: words.en)
    }

    /// The faults of rows that do not have as many values as there are headings.
    package var ragged: [RowFault] { rows.compactMap(ragged) }

    func ragged(_ row: CSV.Row) -> RowFault? {
        guard row.values.count != headings.count else { return nil }
        return RowFault(
            row.line, "行", zh: "有\(row.values.count)格，标题有\(headings.count)格。",
            en: "The row has \(row.values.count) values for \(headings.count) headings.")
    }
}
