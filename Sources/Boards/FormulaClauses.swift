import Catalogue
import Core

/// The parts of the sentences that tell a definition.
struct FormulaClauses {
    let catalogue: Catalogue
    let day: Day?

    func form(_ id: String) -> Wording { catalogue.forms[id]?.name ?? Wording(zh: id, en: id) }

    /// Several conditions on the entries of a kind.
    func list(_ conditions: [Indicator.Condition], _ kind: Kind) -> Wording {
        let all = conditions.map { clause($0, kind) }
        return Wording(
            zh: all.map(\.zh).joined(separator: "、"), en: all.map(\.en).joined(separator: " and "))
    }

    private func clause(_ condition: Indicator.Condition, _ kind: Kind) -> Wording {
        let field = kind.field(condition.field)
        let measure = kind.measure(condition.field)?.measure
        let label =
            field?.label ?? measure?.label ?? JudgedField(rawValue: condition.field)?.label
            ?? Wording(zh: condition.field, en: condition.field)
        if field?.form == .flag, case .is(.text(let word)) = condition.comparison {
            return word == "true"
                ? Wording(zh: "“\(label.zh)”为是", en: "“\(label.en)” is yes")
                : Wording(zh: "“\(label.zh)”为否", en: "“\(label.en)” is no")
        }
        func option(_ id: String) -> Wording {
            field?.options.first { $0.id == id }?.name ?? Wording(zh: id, en: id)
        }
        func limit(_ threshold: Indicator.Threshold) -> Wording {
            if case .text(let word) = threshold { return option(word) }
            return amount(threshold, measure?.unit ?? .piece, named: measure != nil)
        }
        let (zh, en) = ("“\(label.zh)”", "“\(label.en)”")
        switch condition.comparison {
        case .is(let threshold):
            let limit = limit(threshold)
            return Wording(zh: "\(zh)为“\(limit.zh)”", en: "\(en) is “\(limit.en)”")
        case .in(let ids):
            let names = ids.map(option)
            return Wording(
                zh: "\(zh)为\(names.map { "“\($0.zh)”" }.joined(separator: "或"))",
                en: "\(en) is \(names.map { "“\($0.en)”" }.joined(separator: " or "))")
        case .atLeast(let threshold):
            let limit = limit(threshold)
            return Wording(zh: "\(zh)不低于\(limit.zh)", en: "\(en) is at least \(limit.en)")
        case .moreThan(let threshold):
            let limit = limit(threshold)
            return Wording(zh: "\(zh)高于\(limit.zh)", en: "\(en) is more than \(limit.en)")
        case .atMost(let threshold):
            let limit = limit(threshold)
            return Wording(zh: "\(zh)不高于\(limit.zh)", en: "\(en) is at most \(limit.en)")
        case .lessThan(let threshold):
            let limit = limit(threshold)
            return Wording(zh: "\(zh)低于\(limit.zh)", en: "\(en) is less than \(limit.en)")
        case .set(let wanted):
            return wanted
                ? Wording(zh: "\(zh)已填写", en: "\(en) is given")
                : Wording(zh: "\(zh)未填写", en: "\(en) is not given")
        }
    }

    private func amount(
        _ threshold: Indicator.Threshold, _ unit: MeasureUnit, named: Bool
    ) -> Wording {
        switch threshold {
        case .text(let word): return Wording(zh: word, en: word)
        case .number(let number):
            let amount = Amount(value: number, unit: unit)
            return named
                ? Wording(zh: amount.text(.zh), en: amount.text(.en))
                : Wording(zh: amount.number, en: amount.number)
        case .rule(let id):
            let newest = catalogue.rules[id]?.max { $0.from < $1.from }
            guard let rule = day.flatMap({ catalogue.rule(id, on: $0) }) ?? newest else {
                return Wording(zh: id, en: id)
            }
            return Wording(
                zh: "“\(rule.name.zh)”规定的\(rule.written.zh)",
                en: "the \(rule.value) \(rule.unit.name.en) of “\(rule.name.en)”")
        }
    }

    /// Something else that was in force for the person, unit or subject.
    func had(_ had: Indicator.Had, of indicator: Indicator) -> Wording {
        guard let other = catalogue.kinds[had.kind] else { return Wording(zh: "", en: "") }
        let kind = indicator.kind.flatMap { catalogue.kinds[$0] }
        let role = kind?.persons.first { $0.id == indicator.role } ?? kind?.persons.first
        let who: Wording
        switch had.by {
        case .person:
            who =
                role.map { Wording(zh: $0.label.zh, en: "the \($0.label.en.lowercased())") }
                ?? Wording(zh: "本人", en: "the person")
        case .unit: who = Wording(zh: "该单位", en: "the unit")
        case .subject:
            let label = other.subjects.first { $0.id == had.subject }?.label
            who = Wording(
                zh: "同一\(label?.zh ?? "")", en: "the same “\(label?.en ?? "")”")
        }
        let day =
            had.on == .record
            ? Wording(zh: "记录当日", en: "on the day of the record")
            : Wording(zh: "期末当日", en: "on the last day of the period")
        let such =
            had.conditions.isEmpty ? Wording(zh: "", en: "") : suffix(list(had.conditions, other))
        return had.wanted
            ? Wording(
                zh: "\(who.zh)在\(day.zh)须有有效的“\(other.name.zh)”\(such.zh)。",
                en: "There must be an entry “\(other.name.en)”\(such.en) for \(who.en), in force "
                    + "\(day.en).")
            : Wording(
                zh: "\(who.zh)在\(day.zh)不得有有效的“\(other.name.zh)”\(such.zh)。",
                en: "There must be no entry “\(other.name.en)”\(such.en) for \(who.en) in force "
                    + "\(day.en).")
    }

    private func suffix(_ list: Wording) -> Wording {
        Wording(zh: "（\(list.zh)）", en: " (\(list.en))")
    }

    /// What a member must come to.
    func threshold(_ having: Indicator.Comparison, of indicator: Indicator) -> Wording {
        let unit = catalogue.measureUnit(of: indicator)
        func text(_ threshold: Indicator.Threshold) -> Wording {
            amount(threshold, unit ?? .piece, named: unit != nil)
        }
        switch having {
        case .is(let limit):
            return Wording(zh: "等于\(text(limit).zh)", en: "exactly \(text(limit).en)")
        case .atLeast(let limit):
            return Wording(zh: "不少于\(text(limit).zh)", en: "at least \(text(limit).en)")
        case .moreThan(let limit):
            return Wording(zh: "多于\(text(limit).zh)", en: "more than \(text(limit).en)")
        case .atMost(let limit):
            return Wording(zh: "不多于\(text(limit).zh)", en: "at most \(text(limit).en)")
        case .lessThan(let limit):
            return Wording(zh: "少于\(text(limit).zh)", en: "less than \(text(limit).en)")
        case .in(let words):
            let list = words.joined(separator: "、")
            return Wording(zh: "等于\(list)之一", en: "one of \(words.joined(separator: ", "))")
        case .set: return Wording(zh: "大于零", en: "more than zero")
        }
    }
}
