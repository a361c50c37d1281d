import Core
import Ledger
import Web

/// What the form of a field said, without what its sort of field does not ask for.
struct OwnFieldForm {
    let field: OwnKind.Field

    /// - Parameter old: the field as it was; nil for a new one, which gets an id.
    /// - Throws: `Refusal.invalid` for texts that cannot be taken.
    init(_ form: Form, over old: OwnKind.Field?, in own: OwnKind) throws(Refusal) {
        var reader = FormReader(form)
        let zh = reader.line("zh", upTo: OwnKind.nameCharacters)
        let en = reader.optional("en", upTo: OwnKind.nameCharacters) ?? zh
        let chosen = reader.choice(
            "form", as: OwnKind.Form.self, missing: Wording(zh: "请选择。", en: "Choose, please."))
        let written = reader.optionalLines(
            "options", upTo: OwnKind.optionLimit * (2 * OwnKind.nameCharacters + 4))
        let lines = (written ?? "").split(separator: "\n").map { String($0).trimmed }.filter {
            !$0.isEmpty
        }
        if chosen == .choice {
            if lines.count > OwnKind.optionLimit {
                reader.fault(
                    "options", zh: "最多\(OwnKind.optionLimit)个选项。",
                    en: "At most \(OwnKind.optionLimit) options.")
            }
            if lines.contains(where: { $0.unicodeScalars.count > 2 * OwnKind.nameCharacters + 3 }) {
                reader.fault("options", zh: "有一个选项过长。", en: "One option is too long.")
            }
        }
        let unit = reader.optional("unit") ?? ""
        let register = reader.optional("register") ?? ""
        let (least, most) = (reader.optional("least") ?? "", reader.optional("most") ?? "")
        let bounds = (reader.optional("least_of") ?? "", reader.optional("most_of") ?? "")
        try reader.check()
        let id =
            old?.id
            ?? NewName(taken: Set(own.fields.map(\.id)).union(["new", "today"])).id(for: zh)
        var field = OwnKind.Field(id: id)
        (field.zh, field.en, field.form) = (zh, en, chosen ?? .text)
        field.isRequired = !form.all("required").isEmpty
        switch field.form {
        case .choice: field.options = Self.options(lines, over: old?.options ?? [])
        case .number:
            (field.unit, field.least, field.most) = (unit, Self.number(least), Self.number(most))
            (field.leastOf, field.mostOf) = bounds
        case .day:
            (field.leastOf, field.mostOf) = bounds
            field.isPast = !form.all("past").isEmpty
        case .person:
            field.register = register
            field.isMany = !form.all("many").isEmpty
        case .text, .long, .flag: break
        }
        self.field = field
    }

    /// A number as people may write it, in digits; what is no number stays for the check to name.
    private static func number(_ text: String) -> String {
        let folded = Folding.letters(text)
        return Int(folded).map(String.init) ?? folded
    }

    /// Options by their lines, “中文 / English”. One that kept its name in either language is the
    /// same, so that what was recorded of it stays.
    private static func options(
        _ lines: [String], over old: [OwnKind.Option]
    ) -> [OwnKind.Option] {
        var left = old
        let read = lines.map { line in
            let parts = line.split(separator: "/", maxSplits: 1).map { String($0).trimmed }
            let zh = parts.first ?? line
            return (zh: zh, en: parts.count > 1 && !parts[1].isEmpty ? parts[1] : zh)
        }
        // Those that kept both or the Chinese name find theirs before those that kept the English.
        var ids: [Int: String] = [:]
        for (index, option) in read.enumerated() {
            guard let place = left.firstIndex(where: { $0.zh == option.zh }) else { continue }
            ids[index] = left.remove(at: place).id
        }
        for (index, option) in read.enumerated() where ids[index] == nil {
            guard let place = left.firstIndex(where: { $0.en == option.en }) else { continue }
            ids[index] = left.remove(at: place).id
        }
        var taken = Set(old.map(\.id))
        return read.enumerated().map { index, option in
            let id = ids[index] ?? NewName(taken: taken).id(for: option.zh)
            taken.insert(id)
            return OwnKind.Option(id: id, zh: option.zh, en: option.en)
        }
    }
}
