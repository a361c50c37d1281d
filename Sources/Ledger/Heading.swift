import Catalogue
import Core
import Organization

/// What a column of a file, or a named value of a command, says about an entry.
package enum Heading: Hashable, Sendable {
    case ref, day, minute, lastDay, unit, place, ends, reverses, reason
    case measure(Int)
    case field(String)
    case person(String)
    case subject(String)
    case privateValue(String)
}

extension Heading {
    /// The name of its field in a form, and its key in what is kept of one.
    package var name: String {
        switch self {
        case .ref: "ref"
        case .day: "day"
        case .minute: Kind.minuteName
        case .lastDay: "last_day"
        case .unit: "unit"
        case .place: "place"
        case .ends: "ends"
        case .reverses: "reverses"
        case .reason: "reason"
        case .measure(let index): "measure.\(index)"
        case .field(let id): "field.\(id)"
        case .person(let id): "person.\(id)"
        case .subject(let id): "subject.\(id)"
        case .privateValue(let id): "private.\(id)"
        }
    }
}

extension Kind {
    /// Everything that an entry of this kind can say, in the order in which a form asks for it.
    package var inputHeadings: [Heading] {
        [.unit, .day] + (minute == .none ? [] : [.minute]) + (shape == .standing ? [.lastDay] : [])
            + (place == nil ? [] : [.place])
            + fields.map { .field($0.id) } + measures.indices.map { .measure($0) }
            + persons.map { .person($0.id) } + subjects.map { .subject($0.id) }
            + privates.map { .privateValue($0.id) } + [.ref]
    }

    /// What a heading is called in an entry of this kind.
    package func label(_ heading: Heading) -> Wording {
        func called(_ id: String, _ label: Wording?) -> Wording {
            label ?? Wording(zh: id, en: id)
        }
        return switch heading {
        case .ref: Wording(zh: "编号", en: "Number")
        case .day:
            shape == .standing
                ? Wording(zh: "起始日期", en: "First day") : Wording(zh: "日期", en: "Day")
        case .minute: Kind.minuteLabel
        case .lastDay: Wording(zh: "截止日期", en: "Last day")
        case .unit: Wording(zh: "单位", en: "Unit")
        case .place: place?.label ?? Wording(zh: "地点单位", en: "Place")
        case .ends: Wording(zh: "结束", en: "Ends")
        case .reverses: Wording(zh: "作废", en: "Voids")
        case .reason: Wording(zh: "理由", en: "Reason")
        case .measure(let index): measures[index].label
        case .field(let id): called(id, field(id)?.label ?? JudgedField(rawValue: id)?.label)
        case .person(let id): called(id, persons.first { $0.id == id }?.label)
        case .subject(let id): called(id, subjects.first { $0.id == id }?.label)
        case .privateValue(let id): called(id, privates.first { $0.id == id }?.label)
        }
    }

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
            // Heads are called either way in the sheets people have.
            add(.measure(index), [measure.label.zh.replacing("人数", with: "人次")])
        }
        for field in fields { add(.field(field.id), [field.id, field.label.zh, field.label.en]) }
        for role in persons { add(.person(role.id), [role.id, role.label.zh, role.label.en]) }
        for role in subjects { add(.subject(role.id), [role.id, role.label.zh, role.label.en]) }
        for item in privates {
            add(.privateValue(item.id), [item.id, item.label.zh, item.label.en])
        }
        add(.ref, ["编号", "ref", "number"])
        add(.day, ["日期", "起始日期", "开始日期", "day", "date", "from", "first_day"])
        if minute != .none {
            add(.minute, ["时间", "时刻", "minute", "time", "time_of_day"])
        }
        add(.lastDay, ["截止日期", "结束日期", "last_day", "until"])
        add(.unit, ["单位", "单位编码", "unit"])
        add(.place, ["地点单位", "place"] + (place.map { [$0.label.zh, $0.label.en] } ?? []))
        add(.ends, ["结束", "ends"])
        add(.reverses, ["作废", "冲销", "voids", "reverses"])
        add(.reason, ["理由", "reason"])
        return headings
    }
}

/// Folds a heading: its brackets, spaces, case and width do not matter, nor the star of a column
/// that must be filled in, nor a colon behind it.
package func fold(_ heading: String) -> String {
    var text = ""
    var depth = 0
    for character in Folding.identifier(heading) {
        switch character {
        case "(", "[", "【", "{": depth += 1
        case ")", "]", "】", "}": depth = max(0, depth - 1)
        case _ where depth > 0 || character.isWhitespace || "*※:".contains(character): continue
        case "-": text.append("_")
        default: text += character.lowercased()
        }
    }
    return text
}
