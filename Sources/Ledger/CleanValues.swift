import Catalogue
import Core

/// Written values in their one form, and what is wrong with the texts themselves. Files, forms and
/// commands all come through here.
struct CleanValues {
    private(set) var values: [Heading: String] = [:]
    private(set) var faults: [(heading: Heading, words: Wording)] = []

    init(_ written: [Heading: String], of kind: Kind) {
        for (heading, text) in written {
            if let words = Self.fault(text) {
                faults.append((heading, words))
                continue
            }
            do throws(WrittenCode.Fault) {
                let value = try Self.folded(text, heading, kind)
                if !value.isEmpty { values[heading] = value }
            } catch {
                faults.append((heading, error.words))
            }
        }
    }

    private static func fault(_ text: String) -> Wording? {
        if let unwelcome = Unwelcome(in: text) { return unwelcome.words }
        if let words = SpoiledCell.words(text) { return words }
        guard text.utf8.count > EntryReader.textLimit,
            text.unicodeScalars.count > EntryReader.textLimit
        else { return nil }
        return Wording(
            zh: "内容过长（最多\(EntryReader.textLimit)个字符）。",
            en: "The text is too long (at most \(EntryReader.textLimit) characters).")
    }

    private static func folded(
        _ text: String, _ heading: Heading, _ kind: Kind
    ) throws(WrittenCode.Fault) -> String {
        switch heading {
        case .ref, .unit, .place, .ends, .reverses:
            return try WrittenCode.read(text)
        case .person, .subject:
            var codes: [String] = []
            for part in Reading.list(text) { codes.append(try WrittenCode.read(part)) }
            return codes.joined(separator: "；")
        case .day, .minute, .lastDay, .measure: return Folding.letters(WrittenCode.unguarded(text))
        case .field(let id):
            switch kind.field(id)?.form {
            case .text, nil: return Folding.seen(text).trimmed
            case .choice: return Folding.identifier(text)
            case .number, .day, .flag: return Folding.letters(WrittenCode.unguarded(text))
            }
        case .reason, .privateValue: return Folding.seen(text).trimmed
        }
    }
}
