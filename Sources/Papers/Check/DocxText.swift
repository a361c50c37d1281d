import Core

/// The text of a Word file that came from outside, a line for each paragraph. It is read by a child
/// without rights; macros in it are dropped, and said.
package struct DocxText: Sendable {
    /// The largest file that is taken in.
    package static let fileBytes = 8 << 20

    package let text: String
    package let hasMacros: Bool

    /// - Throws: `Refusal.invalid` beside the field where it cannot be read.
    package init(_ bytes: [UInt8]) async throws {
        guard bytes.count <= Self.fileBytes else { throw Self.tooLarge }
        guard bytes.starts(with: Array("PK".utf8)) else { throw Self.unreadable }
        guard let made = try await PaperPrinter.made(of: bytes, by: "docx_text") else {
            throw Self.unreadable
        }
        let lines = String(decoding: made, as: UTF8.self).split(
            separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        hasMacros = (lines.first.flatMap { Int($0) } ?? 0) > 0
        text = lines.count > 1 ? String(lines[1]) : ""
    }

    static let tooLarge = Refusal.invalid(
        "file", zh: "文件超过\(fileBytes >> 20)MB，请只交文字部分。",
        en: "The file is larger than \(fileBytes >> 20) MB: bring its text alone.")

    private static let unreadable = Refusal.invalid(
        "file", zh: "文件无法读取：不是DOCX，或已损坏、设有密码。请另存为DOCX后再交。",
        en: "The file cannot be read: it is no DOCX, damaged, or locked. Save it as DOCX anew.")
}
