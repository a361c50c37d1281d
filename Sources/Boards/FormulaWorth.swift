import Catalogue
import Core

extension FormulaClauses {
    /// What the entries come to: the noun phrase after “the figure is”.
    func worth(of indicator: Indicator) -> Wording {
        let kind = indicator.kind.flatMap { catalogue.kinds[$0] }
        func measure(_ id: String) -> Wording {
            kind?.measure(id)?.measure.label ?? Wording(zh: id, en: id)
        }
        switch indicator.value {
        case .count:
            return indicator.kind == nil
                ? Wording(zh: "单位个数", en: "the number of units")
                : Wording(zh: "记录条数", en: "the number of records")
        case .sum(let id):
            return Wording(zh: "“\(measure(id).zh)”之和", en: "the sum of “\(measure(id).en)”")
        case .max(let id):
            return Wording(
                zh: "“\(measure(id).zh)”的最大值", en: "the largest “\(measure(id).en)”")
        case .distinctPersons:
            let role = kind?.persons.first { $0.id == indicator.role } ?? kind?.persons.first
            return Wording(
                zh: "“\(role?.label.zh ?? "")”的人数，同一人只计一次",
                en: "the number of persons under “\(role?.label.en ?? "")”, each counted once")
        case .distinctUnits(let level, let now, let places):
            // The places a unit went to; the entries still count for the unit that went.
            let name = level.map(form)
            let visited = places ? kind?.place?.label : nil
            return Wording(
                zh: (visited.map { "“\($0.zh)”" } ?? "") + (now ? "按调整后区划归并后" : "")
                    + "\(name?.zh ?? "单位")的个数，同一个只计一次",
                en: "the number of units\(name.map { " of the form “\($0.en)”" } ?? "")"
                    + "\(now ? " as organized now" : "")"
                    + "\(visited.map { " under “\($0.en)”" } ?? ""), each counted once")
        case .distinctSubjects(let id):
            let subject = kind?.subjects.first { $0.id == id } ?? kind?.subjects.first
            return Wording(
                zh: "不同“\(subject?.label.zh ?? "")”的个数，同一个只计一次",
                en: "the number of different “\(subject?.label.en ?? "")”, each counted once")
        case .distinctField(let id):
            let label = kind?.field(id)?.label ?? Wording(zh: id, en: id)
            return Wording(
                zh: "不同“\(label.zh)”的个数，同一个只计一次",
                en: "the number of different “\(label.en)”, each counted once")
        case .streak:
            return Wording(
                zh: "每天都有记录的最长连续天数", en: "the longest run of days that each have a record")
        case .rule: return Wording(zh: "规定值", en: "the value of the rule")
        case .pick(let pick): return picked(pick, measure)
        }
    }

    private func picked(_ pick: Indicator.Pick, _ measure: (String) -> Wording) -> Wording {
        let within = pick.within.map(form) ?? Wording(zh: "单位", en: "unit")
        let first: Wording
        switch pick.order {
        case .largest(let id):
            first = Wording(
                zh: "“\(measure(id).zh)”合计最大的\(within.zh)",
                en: "the “\(within.en)” with the largest sum of “\(measure(id).en)”")
        case .earliest:
            first = Wording(
                zh: "全\(within.zh)最早的一条记录", en: "the earliest record of the “\(within.en)”")
        }
        let tie =
            pick.allowsTie
            ? Wording(zh: "", en: "")
            : Wording(
                zh: "；并列时没有数值", en: "; a tie has no result")
        switch pick.then {
        case .value:
            return Wording(zh: "\(first.zh)的合计\(tie.zh)", en: "the sum of \(first.en)\(tie.en)")
        case .liesInUnit:
            return Wording(
                zh: "\(first.zh)是否在所查单位\(tie.zh)",
                en: "whether \(first.en) lies in the unit asked for\(tie.en)")
        case .divide(let id, let above, let below, _):
            let kind = catalogue.kinds[id]
            let top = kind?.measure(above)?.measure.label ?? Wording(zh: above, en: above)
            let bottom = kind?.measure(below)?.measure.label ?? Wording(zh: below, en: below)
            return Wording(
                zh:
                    "\(first.zh)最近一条“\(kind?.name.zh ?? id)”记录中“\(top.zh)”"
                    + "除以“\(bottom.zh)”\(tie.zh)",
                en: "“\(top.en)” divided by “\(bottom.en)” in the newest entry "
                    + "“\(kind?.name.en ?? id)” of \(first.en)\(tie.en)")
        }
    }

    /// What a `per` ranges over.
    func member(_ member: Indicator.Member) -> Wording {
        switch member {
        case .week: return Wording(zh: "每一周", en: "each week")
        case .month: return Wording(zh: "每个月", en: "each month")
        case .record: return Wording(zh: "每条记录", en: "each record")
        case .form(let id):
            return Wording(zh: "每个\(form(id).zh)", en: "each “\(form(id).en)”")
        case .standing(let id, _, let conditions):
            guard let kind = catalogue.kinds[id] else { return Wording(zh: id, en: id) }
            let such = conditions.isEmpty ? nil : list(conditions, kind)
            return Wording(
                zh: "每个有效的“\(kind.name.zh)”" + (such.map { "（\($0.zh)）" } ?? ""),
                en: "each “\(kind.name.en)” in force" + (such.map { " (\($0.en))" } ?? ""))
        }
    }
}
