import Catalogue
import Core
import Foundation

/// A person's own copy of what is held about them, as a file that other programs read.
struct DataCopy {
    /// The forms a copy comes in.
    enum Form: String, CaseIterable { case json, csv }

    let data: HeldData
    let catalogue: Catalogue
    let language: Language
    /// The line that says for whom and for what the file was made.
    let watermark: String

    func text(_ form: Form) throws -> String {
        switch form {
        case .json: try json()
        case .csv: csv()
        }
    }

    private func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let parts = data.parts.map { part in
            Part(
                part: part.id, why: part.entries.compactMap(reason),
                rows: part.rows.map { row in
                    Dictionary(zip(part.columns, row)) { first, _ in first }
                })
        }
        let file = File(watermark: watermark, parts: parts)
        return String(decoding: try encoder.encode(file), as: UTF8.self)
    }

    /// One table below the other, each with its name and headings.
    private func csv() -> String {
        var text = "\u{FEFF}" + csvLine([watermark])
        for part in data.parts {
            text += "\r\n" + csvLine([part.id]) + csvLine(part.columns)
            text += part.rows.map(csvLine).joined()
        }
        return text
    }

    private func reason(_ entry: String) -> Reason? {
        catalogue.register[entry].map {
            Reason(
                entry: entry, what: $0.what[language], purpose: $0.purpose[language],
                basis: $0.basis[language], kept: $0.retention[language])
        }
    }

    private struct File: Encodable {
        let watermark: String
        let parts: [Part]
    }

    private struct Part: Encodable {
        let part: String
        let why: [Reason]
        let rows: [[String: String]]
    }

    private struct Reason: Encodable {
        let entry: String
        let what: String
        let purpose: String
        let basis: String
        let kept: String
    }
}
