import Catalogue
import Core

/// Writes a kind as the files of a catalogue, as somebody would by hand. They may be changed by
/// hand afterwards.
struct OwnKindText {
    let id: String
    let own: OwnKind
    /// Which writing of it this is, and when it was let go; nil for a draft.
    var version: (number: Int, day: Day)?

    init(_ id: String, _ own: OwnKind, version: (number: Int, day: Day)? = nil) {
        self.id = id
        self.own = own
        self.version = version
    }

    /// The name of the file in its folder.
    static func file(_ id: String) -> String { "own_\(id).yaml" }

    /// The id of the figure that a kind made on a page has.
    static func figure(_ id: String) -> String { "\(id).figure" }

    /// The kind first: it can be read without its figure, and the figure not without it.
    var files: [CatalogueText] {
        var files = [CatalogueText(.kinds, Self.file(id), remark + kind)]
        if own.reckoning != .none {
            files.append(CatalogueText(.indicators, Self.file(id), remark + figure))
        }
        return files
    }

    /// Of what the files say, letter by letter.
    var digest: String {
        Self.digest(
            CatalogueText.Part.allCases.map { part in files.first { $0.part == part }?.text })
    }

    /// - Parameter texts: the texts of the parts, in their order.
    static func digest(_ texts: [String?]) -> String { Fingerprint(texts).text }

    private var remark: String {
        guard let version else { return "" }
        return """
            # 由组织部门在网页上制定，经安全管理员审核通过。第\(version.number)版，\(version.day)。
            # 可以手工修改；改过以后网页会注明，不会擅自覆盖。
            # Made on a page by the organization department, released by the security administrator:
            # version \(version.number), \(version.day). It may be changed by hand: the page says so
            # then, and writes over it only when somebody asks for that.

            """
    }

    private var kind: String {
        var lines = [
            "\(id):", "  name: \(wording(own.name))", "  shape: \(own.shape)",
            "  visibility: \(own.visibility)",
        ]
        if !own.at.isEmpty { lines.append("  at: [\(own.at.joined(separator: ", "))]") }
        if own.isConfirmed { lines.append("  confirm: true") }
        if own.keepsPictures == true { lines.append("  keeps_pictures: true") }
        if !own.from.isEmpty { lines.append("  from: \(own.from)") }
        if !own.until.isEmpty { lines.append("  until: \(own.until)") }
        lines += part("measures", own.numbers, measure)
        lines += part(
            "fields", own.fields.filter { $0.form != .number && $0.form != .person }, field)
        lines += part("persons", own.fields.filter { $0.form == .person }, person)
        let checks = own.fields.flatMap(checks)
        if !checks.isEmpty { lines += ["  checks:"] + checks }
        return lines.joined(separator: "\n") + "\n"
    }

    private func part(
        _ name: String, _ fields: [OwnKind.Field], _ write: (OwnKind.Field) -> [String]
    ) -> [String] {
        guard !fields.isEmpty else { return [] }
        return ["  \(name):"]
            + fields.flatMap { field in
                ["    \(field.id):", "      label: \(wording(field.name))"]
                    + write(field).map { "      " + $0 } + ["      required: \(field.isRequired)"]
            }
    }

    private func measure(_ field: OwnKind.Field) -> [String] { ["unit: \(field.unit)"] }

    private func field(_ field: OwnKind.Field) -> [String] {
        switch field.form {
        case .text, .number, .person: return ["type: text"]
        case .long: return ["type: text", "long: true"]
        case .day: return ["type: day"]
        case .flag: return ["type: flag"]
        case .choice:
            return ["type: choice", "options:"]
                + field.options.map { option in
                    "  \(option.id): \(wording(Wording(zh: option.zh, en: option.en)))"
                }
        }
    }

    private func person(_ field: OwnKind.Field) -> [String] {
        ["many: \(field.isMany)", "register: \(field.register)"]
    }

    private func checks(_ field: OwnKind.Field) -> [String] {
        let bounds = [
            ("at_least", field.least), ("at_least", field.leastOf), ("at_most", field.most),
            ("at_most", field.mostOf), ("at_most", field.isPast ? "today" : ""),
        ]
        return bounds.filter { !$0.1.isEmpty }.map {
            "    - {field: \(field.id), \($0.0): \($0.1)}"
        }
    }

    private var figure: String {
        let isSum = own.reckoning == .sum
        let summed = own.field(own.sumOf)
        let unit = summed.flatMap { MeasureUnit(rawValue: $0.unit) }
        let name = Wording(
            zh: own.figureZh.isEmpty ? own.zh : own.figureZh,
            en: own.figureEn.isEmpty ? own.en : own.figureEn)
        let source = Wording(
            zh: isSum ? "“\(own.zh)”登记：各条的“\(summed?.zh ?? "")”相加。" : "“\(own.zh)”登记：每条计一次。",
            en: isSum
                ? "Register “\(own.en)”: “\(summed?.en ?? "")” of each entry, added."
                : "Register “\(own.en)”: each entry counts once.")
        var lines = [
            "\(Self.figure(id)):", "  name: \(wording(name))", "  area: \(own.area)",
            "  source: \(wording(source))", "  from: \(id)",
            "  value: \(isSum ? "sum(\(own.sumOf))" : "count")",
        ]
        if own.shape == Kind.Shape.standing.rawValue { lines.append("  when: in_force") }
        if isSum, let unit, unit.written != unit {
            lines.append("  scale: \(unit.written.rawValue)")
        }
        let word = isSum ? unit?.written.name.zh ?? own.counter : own.counter
        lines.append("  unit: \(quoted(word))")
        return lines.joined(separator: "\n") + "\n"
    }

    private func wording(_ words: Wording) -> String {
        "{zh: \(quoted(words.zh)), en: \(quoted(words.en))}"
    }

    /// Whatever somebody wrote, so that it means itself and no YAML.
    private func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where Self.isPlain(scalar): quoted.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return quoted + "\""
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
            .unassigned:
            false
        default: true
        }
    }
}
