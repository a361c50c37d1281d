import Catalogue
import Core
import Mustache

/// The words of the interface, each in both languages, by key.
package struct Terms: Sendable {
    private let wordings: [String: Wording]

    package init(_ wordings: [String: Wording]) { self.wordings = wordings }

    /// Reads `terms/*.yaml` of each catalogue folder in turn; a later one overrides or adds.
    ///
    /// - Parameter base: the words that were read before.
    package init(folders: [String], over base: Terms? = nil) throws(SetupFault) {
        var wordings = base?.wordings ?? [:]
        let list = FaultList()
        for folder in folders {
            for (name, node) in documents(folder, "terms", list) {
                guard let file = Mapping(node, file: name, faults: list) else { continue }
                for key in file.keys {
                    wordings[key] = file.wording(key)
                    if let fault = Terms.fault(key, file.wording(key)) {
                        file.fault(fault, at: key)
                    }
                }
            }
        }
        guard list.faults.isEmpty else { throw SetupFault(list.faults.map(\.description)) }
        self.wordings = wordings
    }

    package var keys: Set<String> { Set(wordings.keys) }

    package subscript(key: String) -> Wording? { wordings[key] }

    package func words(_ language: Language) -> Words {
        Words(terms: self, language: language)
    }

    /// What is wrong with a word itself: a key that templates cannot name, a blank.
    private static func fault(_ key: String, _ wording: Wording) -> String? {
        if key.isEmpty || !key.utf8.allSatisfy(isKeyByte) {
            return "“\(key)” must be named by a-z, 0-9 and _ only"
        }
        let blank = Language.allCases.first { wording[$0].isEmpty }
        return blank.map { "“\(key)” says nothing in \($0.rawValue)" }
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte == 95
    }
}

/// The words of the interface in the reader's language. Templates write `{{words.key}}`.
package struct Words: Sendable, MustacheParent {
    private let terms: Terms
    package let language: Language

    init(terms: Terms, language: Language) {
        self.terms = terms
        self.language = language
    }

    /// A missing word shows its key: a page with a hole tells less than one with a strange word.
    /// Start-up refuses a template that names one, and a test reads the keys in the sources.
    package subscript(key: String) -> String { terms[key]?[language] ?? "[\(key)]" }

    /// The same in both languages; nil when there is no such word.
    func wording(_ key: String) -> Wording? { terms[key] }

    /// The words with each `{name}` in them replaced.
    package subscript(key: String, values: [String: String]) -> String {
        values.reduce(self[key]) { text, value in
            text.replacing("{\(value.key)}", with: value.value)
        }
    }

    /// What parts several names in a row.
    package var comma: String { language == .zh ? "、" : ", " }

    package func child(named name: String) -> Any? { self[name] }
}
