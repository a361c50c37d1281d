import Core

/// Something that a route of the interface may be asked: for the document that describes it, and
/// for the reader that refuses whatever it does not describe.
package struct ApiParameter: Sendable {
    /// What may be written in it.
    package enum Form: Sendable {
        case text, day
        case choice([String])
        /// A number from one on.
        case count(most: Int)
    }

    package let name: String
    package let form: Form
    package let isInPath: Bool
    /// How many times it may stand in one address.
    package let most: Int
    package let words: Wording

    /// - Parameter isInPath: whether it is a part of the path; others stand behind the question
    ///   mark, and none of them has to.
    package init(
        _ name: String, _ form: Form = .text, isInPath: Bool = false, most: Int = 1,
        zh: String, en: String
    ) {
        self.name = name
        self.form = form
        self.isInPath = isInPath
        self.most = most
        words = Wording(zh: zh, en: en)
    }

    /// The language of the words, on every route.
    static let language = ApiParameter(
        ReaderChoice.languageName, .choice(Language.allCases.map(\.rawValue)),
        zh: "文字的语言；不写时按 Accept-Language，再不然为中文。",
        en: "The language of the words; else that of Accept-Language, else Chinese.")

    /// What is wrong with a value; nil where nothing is.
    func fault(_ text: String) -> Fault? {
        if text.allSatisfy(\.isWhitespace) {
            return Fault(name, zh: "没有填写内容；不需要时请去掉这个参数。", en: "It is empty: leave it out.")
        }
        guard text.unicodeScalars.count <= Limits.valueCharacters,
            text.unicodeScalars.allSatisfy(Query.isPlain)
        else {
            return Fault(
                name, zh: "最多 \(Limits.valueCharacters) 个字符，且不能含控制字符。",
                en: "\(Limits.valueCharacters) characters at most, no control characters."
            )
        }
        switch form {
        case .text: return nil
        case .day:
            return Day(text) == nil
                ? Fault(
                    name, zh: "日期应写作 2015-03-30 的形式。", en: "Write the day like 2015-03-30.") : nil
        case .choice(let words):
            return words.contains(text)
                ? nil
                : Fault(
                    name, zh: "只能是：\(words.joined(separator: "、"))。",
                    en: "This can only be: \(words.joined(separator: ", ")).")
        case .count(let most):
            let isDigits = text.utf8.allSatisfy { (48...57).contains($0) }
            guard isDigits, let count = Int(text), (1...most).contains(count) else {
                return Fault(
                    name, zh: "应为 1 至 \(most) 的整数。", en: "Write a whole number from 1 to \(most).")
            }
            return nil
        }
    }

    /// As it stands in the description of the interface.
    func json(_ language: Language) -> JSON {
        var members: [JSON.Member] = [
            JSON.Member("name", .text(name)), JSON.Member("in", isInPath ? "path" : "query"),
            JSON.Member("required", .flag(isInPath)),
            JSON.Member("description", .text(words[language])),
        ]
        if most > 1 {
            members.append(
                JSON.Member(
                    "schema",
                    ["type": "array", "maxItems": .number(most), "items": .object(value)]))
            members += [JSON.Member("style", "form"), JSON.Member("explode", true)]
        } else {
            members.append(JSON.Member("schema", .object(value)))
        }
        return .object(members)
    }

    private var value: [JSON.Member] {
        switch form {
        case .text:
            [
                JSON.Member("type", "string"), JSON.Member("minLength", 1),
                JSON.Member("maxLength", .number(Limits.valueCharacters)),
            ]
        case .day: [JSON.Member("type", "string"), JSON.Member("format", "date")]
        case .choice(let words):
            [
                JSON.Member("type", "string"),
                JSON.Member("enum", .list(words.map { .text($0) })),
            ]
        case .count(let most):
            [
                JSON.Member("type", "integer"), JSON.Member("minimum", 1),
                JSON.Member("maximum", .number(most)),
            ]
        }
    }
}
