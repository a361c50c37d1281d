import Core

/// The text of a section as people write it: a sentence on each line, an empty line between
/// paragraphs, and what a sentence says instead behind a `>` below it.
///
///     走访企业[[enterprise_visit.count]]。
///     > 为零：{span}没有走访企业。
///     > 不低于：80
package struct WrittenText: Sendable, Equatable {
    package var paragraphs: [Paragraph]

    package struct Paragraph: Sendable, Equatable {
        /// What it is about, told before whichever of its sentences is told first.
        package var head: String?
        package var sentences: [Sentence]

        package init(head: String? = nil, sentences: [Sentence] = []) {
            self.head = head
            self.sentences = sentences
        }
    }

    package struct Sentence: Sendable, Equatable {
        package var text: String
        package var zero: String?
        package var otherwise: String?
        package var from: Int?
        package var below: Int?
        package var of: String?

        package init(_ text: String) { self.text = text }
    }

    /// What may stand behind a `>`, and what it is called in each language.
    enum Mark: String, CaseIterable {
        case head, zero
        case otherwise = "else"
        case from, below, of

        var words: Wording {
            switch self {
            case .head: Wording(zh: "段首", en: rawValue)
            case .zero: Wording(zh: "为零", en: rawValue)
            case .otherwise: Wording(zh: "无数", en: rawValue)
            case .from: Wording(zh: "不低于", en: rawValue)
            case .below: Wording(zh: "低于", en: rawValue)
            case .of: Wording(zh: "依据", en: rawValue)
            }
        }

        init?(named name: String) {
            let found = Self.allCases.first {
                $0.words.zh == name || $0.words.en == name.lowercased()
            }
            guard let found else { return nil }
            self = found
        }
    }

    package init(paragraphs: [Paragraph]) { self.paragraphs = paragraphs }

    package var sentences: [Sentence] { paragraphs.flatMap(\.sentences) }

    /// Reads a text; what is wrong is added to some faults, each with the number of its line.
    package init(_ text: String, _ faults: inout [Wording]) {
        paragraphs = []
        var open = Paragraph()
        func isEmpty(_ paragraph: Paragraph) -> Bool {
            paragraph.head == nil && paragraph.sentences.isEmpty
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let line = String(line).trimmed
            if line.isEmpty {
                if !isEmpty(open) { paragraphs.append(open) }
                open = Paragraph()
            } else if let first = line.first, first == ">" || first == "＞" {
                if let wrong = open.take(String(line.dropFirst()).trimmed) {
                    faults.append(
                        Wording(
                            zh: "第\(index + 1)行：" + wrong.zh, en: "Line \(index + 1): " + wrong.en))
                }
            } else {
                open.sentences.append(Sentence(line))
            }
        }
        if !isEmpty(open) { paragraphs.append(open) }
        if sentences.count > WritingLimits.sentences {
            faults.append(
                Wording(
                    zh: "一个部分最多\(WritingLimits.sentences)句。",
                    en: "\(WritingLimits.sentences) sentences of one section at most."))
        }
        if paragraphs.contains(where: { $0.sentences.isEmpty }) {
            faults.append(
                Wording(zh: "段首后面要有句子。", en: "A head needs sentences below it."))
        }
    }

    /// The text as it is written, in the words of a language.
    package func text(_ language: Language) -> String {
        paragraphs.map { paragraph in
            let head = paragraph.head.map { [Self.line(.head, $0, language)] } ?? []
            return (head + paragraph.sentences.flatMap { $0.lines(language) })
                .joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    fileprivate static func line(_ mark: Mark, _ value: String, _ language: Language) -> String {
        "> " + mark.words[language] + (language == .zh ? "：" : ": ") + value
    }
}

extension WrittenText.Sentence {
    /// The sentence with what stands below it, line by line.
    package func lines(_ language: Language) -> [String] {
        let marks: [(WrittenText.Mark, String?)] = [
            (.zero, zero), (.otherwise, otherwise), (.from, from.map(String.init)),
            (.below, below.map(String.init)), (.of, of),
        ]
        return [text]
            + marks.compactMap { mark, value in
                value.map { WrittenText.line(mark, $0, language) }
            }
    }
}

extension WrittenText.Paragraph {
    /// Takes what stands behind a `>`; answers what is wrong with it.
    fileprivate mutating func take(_ line: String) -> Wording? {
        let parts = line.split(
            maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { ":：".contains($0) })
        let name = String(parts[0]).trimmed
        guard parts.count == 2, let mark = WrittenText.Mark(named: name) else {
            let known = WrittenText.Mark.allCases.map(\.words)
            return Wording(
                zh: "“>”后面可写\(known.map(\.zh).joined(separator: "、"))，再写冒号。",
                en: "Behind “>” stands one of "
                    + "\(known.map(\.en).joined(separator: ", ")), and a colon.")
        }
        let value = String(parts[1]).trimmed
        guard !value.isEmpty else {
            return Wording(zh: "“\(name)”后面没有内容。", en: "Nothing stands behind “\(name)”.")
        }
        if mark == .head {
            guard sentences.isEmpty else {
                return Wording(
                    zh: "段首写在一段的最前面。", en: "A head stands before its first sentence.")
            }
            head = value
            return nil
        }
        guard let last = sentences.indices.last else {
            return Wording(
                zh: "“\(name)”写在它所说的句子下面。",
                en: "“\(name)” stands below the sentence that it is about.")
        }
        return sentences[last].take(mark, value)
    }
}

extension WrittenText.Sentence {
    fileprivate mutating func take(_ mark: WrittenText.Mark, _ value: String) -> Wording? {
        let isNumber = Int(value) != nil
        switch mark {
        case .zero: zero = value
        case .otherwise: otherwise = value
        case .from: from = Int(value)
        case .below: below = Int(value)
        case .of: of = value
        case .head: break
        }
        guard [.from, .below].contains(mark), !isNumber else { return nil }
        return Wording(
            zh: "“\(mark.words.zh)”后面是一个整数。", en: "“\(mark.words.en)” is a whole number.")
    }
}
