import Core
import Foundation
import Ledger

/// A file as it came with a form, told by its content and never by its name.
package struct UploadedFile: Sendable {
    package typealias ID = Core.ID<UploadedFile>

    package let id = ID.make()
    package let name: String
    package let bytes: [UInt8]

    /// - Throws: `Refusal.invalid` in a sentence that says what to send instead.
    package init(name: String, bytes: [UInt8]) throws(Refusal) {
        self.name = Self.plain(name)
        self.bytes = bytes
        guard bytes.count <= UploadLimits.fileBytes else { throw .invalid([Self.tooLarge]) }
        if let refusal = FileForm(bytes).refusal(at: "file") { throw refusal }
    }

    package static var tooLarge: Fault {
        let limit = UploadLimits.fileBytes >> 20
        return Fault(
            "file", zh: "文件超过 \(limit) MB 的上限，请分成几个文件。",
            en: "The file is larger than \(limit) MB. Split it into several.")
    }

    /// The last part of a path, in characters that can be read.
    private static func plain(_ name: String) -> String {
        let last = name.split(whereSeparator: { "/\\".contains($0) }).last ?? "file"
        let text = String(
            String.UnicodeScalarView(
                last.unicodeScalars.filter {
                    $0.properties.generalCategory != .control
                        && $0.properties.generalCategory != .format
                })
        ).trimmed
        return text.isEmpty ? "file" : String(text.prefix(100))
    }
}
