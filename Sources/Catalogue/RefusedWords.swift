import Core

/// The words of data that a district never keeps about a person, and the few places where one of
/// them means something else, each with its reason.
///
/// The list comes with the program: a district's own catalogue is held to it and cannot change it.
package struct RefusedWords: Sendable {
    /// Whole words of an id, as they stand between underscores, dots or hyphens.
    private let ids: Set<String>
    /// These, and words that may name an event held for everybody, but nothing said of a person.
    private let idsOfParts: Set<String>
    /// Words of an id that stand together.
    private let phrases: [Term]
    private let chinese: [Term]
    private let english: [Term]
    private let excused: Set<Excuse>

    private struct Excuse: Hashable, Sendable {
        let place: String
        let word: String
    }

    /// A word, and the bytes that are looked for: the whole catalogue is read at every start, and
    /// comparing letters as people do would take longer than everything else of it.
    private struct Term: Sendable {
        let word: String
        private let bytes: [UInt8]

        init(_ word: String, between mark: String = "") {
            self.word = word
            bytes = Array((mark + word + mark).utf8)
        }

        func stands(in text: [UInt8]) -> Bool {
            guard let first = bytes.first, text.count >= bytes.count else { return false }
            return (0...(text.count - bytes.count)).contains { start in
                text[start] == first
                    && bytes.indices.allSatisfy { text[start + $0] == bytes[$0] }
            }
        }
    }

    init(_ mapping: Mapping) {
        ids = Set(mapping.words("ids"))
        idsOfParts = ids.union(mapping.words("ids_of_parts"))
        phrases = mapping.words("phrases").map { Term($0, between: "_") }
        chinese = mapping.words("chinese").map { Term($0) }
        english = mapping.words("english").map { Term($0, between: " ") }
        var excused: Set<Excuse> = []
        for item in mapping.items("excused") {
            let place = item.requiredText("place")
            if item.requiredText("because").isEmpty { item.fault("“because” says nothing") }
            for word in item.words("words") { excused.insert(Excuse(place: place, word: word)) }
            item.close()
        }
        self.excused = excused
        mapping.close()
    }

    /// The refused words in a name as programs write it: a kind, a field, a column.
    ///
    /// - Parameter isPart: whether it names something said of a person, or the whole matter.
    package func found(inName name: String, at place: String, isPart: Bool) -> [String] {
        let words = name.lowercased().split { "_.-".contains($0) }.map(String.init)
        let whole = Array("_\(words.joined(separator: "_"))_".utf8)
        let refused = isPart ? idsOfParts : ids
        let hits =
            words.filter(refused.contains)
            + phrases.filter { $0.stands(in: whole) }.map(\.word)
        return hits.filter { !excused.contains(Excuse(place: place, word: $0)) }
    }

    /// The refused words in what people read.
    package func found(in label: Wording, at place: String) -> [String] {
        let (zh, en) = (Array(label.zh.utf8), RefusedWords.spaced(label.en))
        let hits =
            chinese.filter { $0.stands(in: zh) } + english.filter { $0.stands(in: en) }
        return hits.map(\.word).filter { !excused.contains(Excuse(place: place, word: $0)) }
    }

    /// Small letters and digits, with one space before, between and after the words.
    private static func spaced(_ text: String) -> [UInt8] {
        let space = UInt8(ascii: " ")
        var spaced = [space]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                0x80...:
                spaced.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): spaced.append(byte | 0x20)
            default: if spaced.last != space { spaced.append(space) }
            }
        }
        if spaced.last != space { spaced.append(space) }
        return spaced
    }
}

extension Catalogue {
    /// Refuses kinds of data that no district keeps, in whatever the catalogue names.
    func checkRefusedWords(_ faults: FaultList) {
        guard let refused else { return }
        func check(
            _ place: String, _ id: String, _ label: Wording, isPart: Bool, _ file: String,
            _ line: Int
        ) {
            let words =
                refused.found(inName: id, at: place, isPart: isPart)
                + refused.found(in: label, at: place)
            for word in words {
                faults.add(
                    file, line, "“\(place)” names “\(word)”, which no district keeps of anybody")
            }
        }
        for kind in kinds.values.sorted(by: { $0.id < $1.id }) {
            check(kind.id, kind.id, kind.name, isPart: false, kind.file, kind.line)
            for part in kind.parts {
                check(
                    "\(kind.id).\(part.id)", part.id, part.label, isPart: true, kind.file,
                    kind.line)
            }
        }
        for entry in register.values.sorted(by: { $0.id < $1.id }) {
            let place = "register.\(entry.id)"
            check(place, entry.id, entry.what, isPart: true, entry.file, entry.line)
        }
        for purpose in purposes.values.sorted(by: { $0.id < $1.id }) {
            let place = "purposes.\(purpose.id)"
            check(place, purpose.id, purpose.name, isPart: true, purpose.file, purpose.line)
            check(place, purpose.id, purpose.what, isPart: true, purpose.file, purpose.line)
        }
        for indicator in indicators.values.sorted(by: { $0.id < $1.id }) {
            let place = "indicators.\(indicator.id)"
            check(
                place, indicator.id, indicator.name, isPart: false, indicator.file,
                indicator.line)
        }
        for rule in rules.values.joined().sorted(by: { $0.id < $1.id }) {
            check("rules.\(rule.id)", rule.id, rule.name, isPart: false, rule.file, rule.line)
        }
    }
}

extension Kind {
    /// Everything that an entry of the kind can say, options included.
    package var parts: [(id: String, label: Wording)] {
        measures.map { ($0.id, $0.label) }
            + fields.flatMap { field in
                [(field.id, field.label)] + field.options.map { ($0.id, $0.name) }
            }
            + persons.map { ($0.id, $0.label) } + subjects.map { ($0.id, $0.label) }
            + privates.map { ($0.id, $0.label) }
    }
}
