import Catalogue
import Core
import Foundation
import Ledger
import Web

/// One record in a line, wherever several are listed: its day, what it is, where, and what it says
/// in the words and numbers that everybody may read.
struct EntryLine: Sendable {
    let day: String
    let kind: String
    /// Nil for a kind with persons: their records are told of and not opened one by one, so that
    /// nobody adds up small numbers of persons from them.
    let href: String?
    let unit: String
    let before: String
    /// The part that was looked for.
    let hit: String?
    let after: String

    /// The most characters of a line, of one of its parts, and those kept before what was looked
    /// for.
    static let textLimit = 120
    static let partLimit = 60
    static let lead = 24

    init(_ record: Record, _ snapshot: Snapshot, looking words: [FoldedText] = []) {
        let kind = snapshot.catalogue.kinds[record.kind]
        day = record.happenedOn.description
        self.kind = kind?.name[snapshot.language] ?? record.kind
        href = kind?.persons.isEmpty == true ? Address.record(record.id).text : nil
        let version = snapshot.structure.nearestVersion(record.unit, on: record.happenedOn)
        unit = version?.name ?? "–"
        let text =
            kind.map { RecordLines(record: record, kind: $0, snapshot: snapshot) }?
            .line(isWhole: !words.isEmpty) ?? ""
        let options: String.CompareOptions = [.caseInsensitive, .widthInsensitive]
        let range = words.lazy.compactMap { text.range(of: $0.text, options: options) }.first
        guard let range else {
            before = EntryLine.cut(text[...], to: Self.textLimit)
            hit = nil
            after = ""
            return
        }
        let start = text[..<range.lowerBound]
        before = start.count > Self.lead ? "…" + start.suffix(Self.lead) : String(start)
        hit = String(text[range])
        after = EntryLine.cut(text[range.upperBound...], to: Self.textLimit - Self.lead)
    }

    private static func cut(_ text: Substring, to limit: Int) -> String {
        text.count > limit ? text.prefix(limit) + "…" : String(text)
    }
}
