import Catalogue
import Core

/// An indicator's definition as sentences that a reader without the catalogue understands.
package struct Formula {
    private let indicator: Indicator
    private let catalogue: Catalogue
    private let language: Language
    /// The day whose rules are told; the newest where none is given.
    private let day: Day?

    /// - Parameter catalogue: as it holds where the figure is asked for, so that the value of a
    ///   rule is the one that was made for that unit.
    package init(
        indicator: Indicator, catalogue: Catalogue, language: Language, on day: Day? = nil
    ) {
        self.indicator = indicator
        self.catalogue = catalogue
        self.language = language
        self.day = day
    }

    package var sentences: [String] {
        let clauses = FormulaClauses(catalogue: catalogue, day: day)
        var all = [reads(clauses)]
        all += rollsUp
        if let kind, !indicator.conditions.isEmpty {
            let list = clauses.list(indicator.conditions, kind)
            all.append(Wording(zh: "只计\(list.zh)的。", en: "Only those where \(list.en) count."))
        }
        all += indicator.had.map { clauses.had($0, of: indicator) }
        all += since
        if !indicator.per.isEmpty { all += each(clauses) } else { all += worth(clauses) }
        all += over
        return all.map { $0[language] }
    }

    private var kind: Kind? { indicator.kind.flatMap { catalogue.kinds[$0] } }

    // MARK: What is read

    private func reads(_ clauses: FormulaClauses) -> Wording {
        switch indicator.from {
        case .rule: return Wording(zh: "取期末当日执行的规定值。", en: "The rule in force on the last day.")
        case .units(let forms, let seat): return units(forms, seat, clauses)
        case .kind: break
        }
        let name = kind?.name ?? Wording(zh: "", en: "")
        if let follower = indicator.followedBy, let later = catalogue.kinds[follower.kind] {
            return Wording(
                zh: follower.countsFirstDay
                    ? "统计时段内登记、后来有“\(later.name.zh)”的“\(name.zh)”记录。"
                    : "统计首次“\(later.name.zh)”日期在时段内的“\(name.zh)”记录，不论何时登记。",
                en: follower.countsFirstDay
                    ? "Counts the records “\(name.en)” of the period that were later followed by "
                        + "“\(later.name.en)”."
                    : "Counts the records “\(name.en)” whose first “\(later.name.en)” lies in "
                        + "the period, whenever they were entered.")
        }
        switch indicator.when {
        case .happened:
            return Wording(
                zh: "统计时段内发生的“\(name.zh)”记录。",
                en: "Counts the records “\(name.en)” that happened in the period.")
        case .started:
            return Wording(
                zh: "统计时段内开始的“\(name.zh)”记录。",
                en: "Counts the records “\(name.en)” that began in the period.")
        case .inForce:
            return Wording(
                zh: "统计期末当日有效的“\(name.zh)”记录。",
                en: "Counts the records “\(name.en)” in force on the last day of the period.")
        }
    }

    private func units(
        _ forms: [String], _ seat: String?, _ clauses: FormulaClauses
    ) -> Wording {
        let names = forms.map { clauses.form($0) }
        let zh = names.map(\.zh).joined(separator: "、")
        let en = names.map { "“\($0.en)”" }.joined(separator: ", ")
        let place = seat.map { clauses.form($0) }
        let seated = Wording(
            zh: place.map { "设在\($0.zh)的" } ?? "",
            en: place.map { " seated in a unit of the type “\($0.en)”" } ?? "")
        return indicator.when == .started
            ? Wording(
                zh: "统计时段内首次设立的\(seated.zh)\(zh)。",
                en: "Counts the units of the type \(en)\(seated.en) that first stood in the period."
            )
            : Wording(
                zh: "统计期末当日在册的\(seated.zh)\(zh)。",
                en: "Counts the units of the type \(en)\(seated.en) that stood on the last day.")
    }

    /// Under which units an entry counts, where that is not the one it was entered for.
    private var rollsUp: [Wording] {
        var all: [Wording] = []
        if indicator.at == .place, let place = kind?.place {
            all.append(
                Wording(
                    zh: "按“\(place.label.zh)”归入单位，不按填报单位。",
                    en: "Each counts for the unit under “\(place.label.en)”, not for the one "
                        + "that reported it."))
        }
        switch indicator.axis {
        case .territory: break
        case .party:
            all.append(Wording(zh: "沿党组织体系逐级汇总。", en: "Adds up along the Party tree."))
        case .line:
            all.append(Wording(zh: "沿条线体系逐级汇总。", en: "Adds up along the line of bureaus."))
        }
        return all
    }

    private var since: [Wording] {
        guard let id = indicator.since,
            let rule = catalogue.rules[id]?.min(by: { $0.from < $1.from })
        else { return [] }
        return [
            Wording(
                zh: "自“\(rule.name.zh)”执行之日（\(rule.from.chinese)）起计算。",
                en: "Counts from the first day of “\(rule.name.en)”, \(rule.from).")
        ]
    }

    // MARK: What it comes to

    private func worth(_ clauses: FormulaClauses) -> [Wording] {
        if case .rule = indicator.value { return [] }
        let what = clauses.worth(of: indicator)
        return [Wording(zh: "按\(what.zh)计算。", en: "The figure is \(what.en).")]
    }

    private func each(_ clauses: FormulaClauses) -> [Wording] {
        let members = indicator.per.map { clauses.member($0) }
        let what = clauses.worth(of: indicator)
        let absent =
            indicator.onlyPresent || indicator.per == [.record]
            ? Wording(zh: "", en: "")
            : Wording(zh: "，没有记录的按零计", en: "; one without records counts as zero")
        var all = [
            Wording(
                zh: "对\(members.map(\.zh).joined(separator: "的"))分别计算\(what.zh)\(absent.zh)。",
                en: "For \(members.map(\.en).joined(separator: " and ")), it counts "
                    + "\(what.en)\(absent.en).")
        ]
        if case .each = indicator.answer {
            all.append(
                Wording(
                    zh: "各项都相等时，取这个共同的数值；不相等则没有数值。",
                    en: "When all are equal, the figure is that common value; else there is none."))
        } else if let having = indicator.having {
            let limit = clauses.threshold(having, of: indicator)
            all.append(
                indicator.answer == .count
                    ? Wording(
                        zh: "统计\(limit.zh)的个数。", en: "The figure is how many are \(limit.en).")
                    : Wording(
                        zh: "计算\(limit.zh)的个数占应有个数的比例。",
                        en: "The figure is the share of those that are \(limit.en)."))
        }
        return all
    }

    private var over: [Wording] {
        guard let whole = indicator.over.flatMap({ catalogue.indicators[$0] }) else { return [] }
        var all = [
            Wording(
                zh: "除以指标“\(whole.name.zh)”，最后一步才做除法。",
                en: "It is divided by the figure “\(whole.name.en)”, as the last step.")
        ]
        if indicator.part {
            all.append(
                Wording(
                    zh: "分子逐一核对，须都在分母之内。",
                    en: "Each one counted above is checked to be among those below."))
        }
        return all
    }
}
