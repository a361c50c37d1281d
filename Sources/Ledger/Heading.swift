import Catalogue
import Core
import Organization

/// What a column of a file, or a named value of a command, says about an entry.
package enum Heading: Hashable, Sendable {
    case ref, day, lastDay, unit, place, ends, reverses, reason
    case measure(Int)
    case field(String)
    case person(String)
    case subject(String)
    case privateValue(String)
}

extension Kind {
    /// The heading a written one stands for: a label in Chinese or English, or an id, in any
    /// case, without spaces and without what stands in brackets.
    package func heading(_ written: String) -> Heading? { headings[fold(written)] }

    private var headings: [String: Heading] {
        var headings: [String: Heading] = [:]
        func add(_ heading: Heading, _ names: [String]) {
            for name in names where headings[fold(name)] == nil { headings[fold(name)] = heading }
        }
        for (index, measure) in measures.enumerated() {
            add(.measure(index), [measure.id, measure.label.zh, measure.label.en])
        }
        for field in fields { add(.field(field.id), [field.id, field.label.zh, field.label.en]) }
        for role in persons { add(.person(role.id), [role.id, role.label.zh, role.label.en]) }
        for role in subjects { add(.subject(role.id), [role.id, role.label.zh, role.label.en]) }
        for item in privates {
            add(.privateValue(item.id), [item.id, item.label.zh, item.label.en])
        }
        add(.ref, ["编号", "ref", "number"])
        add(.day, ["日期", "起始日期", "开始日期", "day", "date", "from", "first_day"])
        add(.lastDay, ["截止日期", "结束日期", "last_day", "until"])
        add(.unit, ["单位", "单位编码", "unit"])
        add(.place, ["地点单位", "place"] + (place.map { [$0.label.zh, $0.label.en] } ?? []))
        add(.ends, ["结束", "ends"])
        add(.reverses, ["冲销", "reverses"])
        add(.reason, ["理由", "reason"])
        return headings
    }
}

/// Folds a heading: its brackets, spaces and case do not matter.
package func fold(_ heading: String) -> String {
    var text = ""
    var depth = 0
    for character in heading {
        switch character {
        case "(", "（", "[", "【": depth += 1
        case ")", "）", "]", "】": depth = max(0, depth - 1)
        case _ where depth > 0 || character.isWhitespace || character == "\u{FEFF}": continue
        case "-": text.append("_")
        default: text += character.lowercased()
        }
    }
    return text
}
