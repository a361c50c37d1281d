import Catalogue
import Core

/// How an answer is written: 222 becomes “220余次”, “超过220次” or “222次”.
///
/// The qualifier and the exact value decide; the value is never rounded up past a boundary.
package struct Phrase: Sendable, Hashable {
    package let text: String

    package init(_ answer: Answer, _ indicator: Indicator, _ language: Language) {
        let unit = CountingUnit.words(indicator.unit)[language]
        guard answer.hasValue else {
            text = Phrase.absence(answer.state)[language]
            return
        }
        if answer.numerator == 0, indicator.qualifier != .share, indicator.unit != "%" {
            text = language == .zh ? "0\(indicator.unit)" : "0 \(unit)"
            return
        }
        let writer = Writer(indicator: indicator, language: language, unit: unit)
        switch indicator.qualifier {
        case .exact:
            text =
                indicator.unit == "%" ? writer.share(answer) : writer.exact(answer)
        case .over: text = writer.over(answer)
        case .moreThan: text = writer.moreThan(answer)
        case .each: text = writer.each(answer)
        case .share: text = writer.share(answer)
        case .multiple: text = writer.multiple(answer)
        case .streak: text = writer.streak(answer)
        case .first: text = writer.first()
        }
    }

    /// The number itself, where the phrase would be round: 2266人次 rather than 2260余人次.
    package init(exactly answer: Answer, _ indicator: Indicator, _ language: Language) {
        guard answer.hasValue, [.over, .moreThan].contains(indicator.qualifier) else {
            text = Phrase(answer, indicator, language).text
            return
        }
        let unit = CountingUnit.words(indicator.unit)[language]
        text = Writer(indicator: indicator, language: language, unit: unit).exact(answer)
    }

    /// What is said when there is no value.
    package static func absence(_ state: Answer.State) -> Wording {
        switch state {
        case .value, .noData: Wording(zh: "无数据", en: "no data")
        case .notComparable: Wording(zh: "不可比", en: "not comparable")
        case .notOnTree: Wording(zh: "不适用", en: "does not apply")
        case .differs: Wording(zh: "各不相同", en: "not all equal")
        case .tie: Wording(zh: "并列", en: "a tie")
        case .notAPart: Wording(zh: "定义有误", en: "definition does not fit")
        }
    }
}

private struct Writer {
    let indicator: Indicator
    let language: Language
    let unit: String

    func exact(_ answer: Answer) -> String {
        number(answer.rounded(indicator), digits: indicator.round)
    }

    func over(_ answer: Answer) -> String {
        let floor = answer.floor(to: indicator.step, indicator)
        // Below the first step there is nothing to be over: the number itself is plainer.
        if floor == 0 || answer.isExactly(floor, indicator) { return exact(answer) }
        switch language {
        case .zh: return "\(grouped(floor))余\(unit)"
        case .en: return "over \(number(floor))"
        }
    }

    func moreThan(_ answer: Answer) -> String {
        let floor = answer.floor(to: indicator.step, indicator)
        if floor == 0 { return exact(answer) }
        let reached = answer.isExactly(floor, indicator)
        switch language {
        case .zh: return (reached ? "达到" : "超过") + number(floor)
        case .en: return (reached ? "as many as " : "more than ") + number(floor)
        }
    }

    func each(_ answer: Answer) -> String {
        let text = number(answer.rounded(indicator))
        switch language {
        case .zh: return (indicator.word ?? "各") + text
        case .en: return indicator.word == "每月" ? "\(text) a month" : "\(text) each"
        }
    }

    /// A share that is not whole never prints as whole, and one that is not nothing never as 0.
    func share(_ answer: Answer) -> String {
        let whole = 100 * power(10, indicator.round)
        var rounded = answer.rounded(indicator)
        if rounded >= whole, answer.numerator < answer.denominator { rounded = whole - 1 }
        if rounded == 0, answer.numerator > 0 { rounded = 1 }
        return decimal(rounded, digits: indicator.round) + "%"
    }

    func multiple(_ answer: Answer) -> String {
        let text = decimal(answer.rounded(indicator), digits: indicator.round)
        return language == .zh ? text + "倍" : text + " times"
    }

    func streak(_ answer: Answer) -> String {
        let days = answer.rounded(indicator)
        return language == .zh ? "连续\(days)\(unit)" : "\(days) days running"
    }

    func first() -> String {
        switch language {
        case .zh: indicator.word ?? "首\(unit)"
        case .en: "the first of the district"
        }
    }

    private func number(_ value: Int, digits: Int = 0) -> String {
        if indicator.fold, digits == 0, let folded = folded(value) { return folded }
        let text = decimal(value, digits: digits)
        if language == .zh { return text + unit }
        return text + " " + (value == 1 && digits == 0 ? CountingUnit.singular(unit) : unit)
    }

    /// 110000000元 as 1.1亿元: only where nothing is lost with two decimals.
    private func folded(_ value: Int) -> String? {
        guard language == .zh else { return nil }
        for (size, word) in [(100_000_000, "亿"), (10_000, "万")]
        where value >= size && value % (size / 100) == 0 {
            return (value / (size / 100)).decimal(per: 100) + word + unit
        }
        return nil
    }

    private func decimal(_ value: Int, digits: Int) -> String {
        value.decimal(per: power(10, digits), keepsZeros: true, grouped)
    }

    /// Chinese documents print plain digits; English ones part the thousands.
    private func grouped(_ value: Int) -> String {
        guard language == .en, value >= 1000 else { return String(value) }
        var text = ""
        for (index, digit) in String(value).reversed().enumerated() {
            if index > 0, index % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}

/// The counting units of printed figures, each with its English. They carry meaning: 人 are
/// distinct persons, 人次 are person-times, and neither prints for the other.
package enum CountingUnit {
    private static let english: [String: String] = [
        "人": "persons", "名": "persons", "人次": "person-times", "期": "sessions",
        "期次": "sessions", "批次": "batches", "场次": "events", "节": "lectures", "次": "times",
        "篇": "texts", "份": "copies", "对": "pairs", "支": "teams", "部": "films",
        "户": "households", "件": "matters", "个": "units", "家": "places", "项": "items",
        "种": "ways", "倍": "times", "天": "days", "小时": "hours", "分钟": "minutes",
        "元": "yuan", "平方米": "m²", "%": "%",
    ]

    package static var known: [String] { english.keys.sorted() }

    /// The English word for exactly one.
    static func singular(_ plural: String) -> String {
        if plural == "batches" { return "batch" }
        return plural.hasSuffix("s") ? String(plural.dropLast()) : plural
    }

    package static func words(_ unit: String) -> Wording {
        Wording(zh: unit, en: english[unit] ?? unit)
    }
}
