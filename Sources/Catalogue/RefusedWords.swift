import Core

/// The words of data that a district never keeps about a person, and the few places where one of
/// them means something else, each with its reason.
///
/// The list comes with the program: a district's own catalogue is held to it and cannot change it.
package struct RefusedWords: Sendable {
    /// Whole words of an id, as they stand between underscores, dots or hyphens.
    private let ids: Set<String>
    /// Words that may name an event held for everybody, but nothing that is said of a person.
    private let idsOfParts: Set<String>
    /// Words of an id that stand together.
    private let phrases: [String]
    private let chinese: [String]
    private let english: [String]
    private let excused: Set<Excuse>

    private struct Excuse: Hashable, Sendable {
        let place: String
        let word: String
    }

    init(_ mapping: Mapping) {
        ids = Set(mapping.words("ids"))
        idsOfParts = Set(mapping.words("ids_of_parts"))
        phrases = mapping.words("phrases")
        chinese = mapping.words("chinese")
        english = mapping.words("english")
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
        let whole = "_" + words.joined(separator: "_") + "_"
        let refused = isPart ? ids.union(idsOfParts) : ids
        let hits = words.filter(refused.contains) + phrases.filter { whole.contains("_\($0)_") }
        return hits.filter { !excused.contains(Excuse(place: place, word: $0)) }
    }

    /// The refused words in what people read.
    package func found(in label: Wording, at place: String) -> [String] {
        let plain = label.en.lowercased().map { $0.isLetter || $0.isNumber ? $0 : " " }
        let whole = " " + String(plain).split(separator: " ").joined(separator: " ") + " "
        let hits =
            chinese.filter(label.zh.contains) + english.filter { whole.contains(" \($0) ") }
        return hits.filter { !excused.contains(Excuse(place: place, word: $0)) }
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
