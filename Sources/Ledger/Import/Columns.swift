import Catalogue
import Core
import Organization

/// A table whose columns are known by name, in any order.
struct Columns {
    struct Row {
        let line: Int
        let values: [String: String]
    }

    let rows: [Row]

    /// - Parameter names: the labels of each column beside its own id.
    /// - Throws: `Refusal.invalid` that names unknown, doubled and missing headings.
    init(_ table: ImportTable, names: [String: [String]], required: [String]) throws(Refusal) {
        try table.checkHeadings { written in
            let folded = fold(written)
            return names.contains { $0.key == folded || $0.value.contains { fold($0) == folded } }
        }
        var keys: [String] = []
        var faults: [Fault] = []
        for written in table.headings {
            let folded = fold(written)
            let key = names.first { $0.key == folded || $0.value.contains { fold($0) == folded } }
            guard let key = key?.key else {
                let known = names.values.joined().sorted().joined(separator: "、")
                faults.append(
                    Fault(
                        "标题", zh: "不认识标题“\(written)”。可用的标题：\(known)。",
                        en: "The heading “\(written)” is not known. Known: \(known)."))
                continue
            }
            if keys.contains(key) {
                faults.append(
                    Fault("标题", zh: "标题“\(written)”重复。", en: "“\(written)” is given twice."))
            }
            keys.append(key)
        }
        for key in required where !keys.contains(key) {
            let label = names[key]?.first ?? key
            faults.append(
                Fault("标题", zh: "缺少标题“\(label)”。", en: "The heading “\(label)” is missing."))
        }
        guard faults.isEmpty else { throw .invalid(faults) }
        rows = table.rows.map { row in
            var values: [String: String] = [:]
            for (key, value) in zip(keys, row.values) where !value.isEmpty { values[key] = value }
            return Row(line: row.line, values: values)
        }
    }
}

extension Columns.Row {
    func text(_ key: String, _ faults: inout [RowFault]) -> String? {
        if let text = values[key] { return text }
        faults.append(RowFault(line, key, zh: "缺少内容。", en: "The value is missing."))
        return nil
    }

    func day(_ key: String, _ faults: inout [RowFault]) -> Day? {
        guard text(key, &faults) != nil else { return nil }
        return optionalDay(key, &faults)
    }

    func optionalDay(_ key: String, _ faults: inout [RowFault]) -> Day? {
        guard let text = values[key] else { return nil }
        if let day = Reading.day(text) { return day }
        faults.append(
            RowFault(
                line, key, zh: "“\(text)”不是日期，请写成 2015-03-01。",
                en: "“\(text)” is not a day: write it as 2015-03-01."))
        return nil
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Choice.Type, _ faults: inout [RowFault]
    ) -> Choice? where Choice.RawValue == String {
        guard let text = text(key, &faults) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        faults.append(
            RowFault(
                line, key, zh: "“\(text)”不在选项之内：\(allowed)。",
                en: "“\(text)” is none of: \(allowed)."))
        return nil
    }

    /// The units above, by axis.
    var parents: [Indicator.Axis: String] {
        var parents: [Indicator.Axis: String] = [:]
        for axis in Indicator.Axis.allCases { parents[axis] = values["\(axis.rawValue)_parent"] }
        return parents
    }
}
