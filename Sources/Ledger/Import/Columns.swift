import Catalogue
import Core
import Organization

/// A table whose columns are known by name, in any order.
struct Columns {
    struct Row {
        let line: Int
        let values: [String: String]
        /// The columns whose text could not be taken, and is not missing as well.
        let unread: Set<String>
        /// What the columns are called in a file.
        let labels: [String: String]

        func label(_ key: String) -> String { labels[key] ?? key }
    }

    let rows: [Row]
    /// What is wrong with the texts themselves.
    let faults: [RowFault]

    /// - Parameter names: the labels of each column beside its own id.
    /// - Throws: `Refusal.invalid` that names unknown, doubled and missing headings.
    init(_ table: ImportTable, names: [String: [String]], required: [String]) throws(Refusal) {
        try table.requireReadable { Self.key($0, in: names) != nil }
        try table.checkHeadings { Self.key($0, in: names) != nil }
        var keys: [String] = []
        var faults: [Fault] = []
        for written in table.headings {
            guard let key = Self.key(written, in: names) else {
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
        let labels = names.compactMapValues(\.first)
        var rowFaults: [RowFault] = []
        rows = table.rows.map { row in
            var values: [String: String] = [:]
            var unread: Set<String> = []
            for (key, written) in zip(keys, row.values) where !written.isEmpty {
                do throws(TextFault) {
                    let value = try StructureText.read(written, key)
                    if !value.isEmpty { values[key] = value }
                } catch {
                    unread.insert(key)
                    rowFaults.append(
                        RowFault(
                            row.line, labels[key] ?? key, zh: error.words.zh, en: error.words.en))
                }
            }
            return Row(line: row.line, values: values, unread: unread, labels: labels)
        }
        self.faults = rowFaults
    }

    /// The column that a heading means.
    static func key(_ written: String, in names: [String: [String]]) -> String? {
        let folded = fold(written)
        return names.first { $0.key == folded || $0.value.contains { fold($0) == folded } }?.key
    }
}

extension Columns.Row {
    func text(_ key: String, _ faults: inout [RowFault]) -> String? {
        if let text = values[key] { return text }
        if !unread.contains(key) {
            faults.append(RowFault(line, label(key), zh: "缺少内容。", en: "The value is missing."))
        }
        return nil
    }

    func day(_ key: String, _ faults: inout [RowFault]) -> Day? {
        guard text(key, &faults) != nil else { return nil }
        return optionalDay(key, &faults)
    }

    func optionalDay(_ key: String, _ faults: inout [RowFault]) -> Day? {
        guard let text = values[key] else { return nil }
        if let day = Reading.day(text) { return day }
        let words =
            Reading.isOpenEnd(text)
            ? Wording(zh: "没有截止日期的，请留空。", en: "Leave the last day empty where there is none.")
            : Reading.dayFault(text)
        faults.append(RowFault(line, label(key), zh: words.zh, en: words.en))
        return nil
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Choice.Type, _ faults: inout [RowFault]
    ) -> Choice? where Choice.RawValue == String {
        guard let text = text(key, &faults) else { return nil }
        if let choice = Choice(rawValue: text) ?? Choice(rawValue: Folding.key(text)) {
            return choice
        }
        let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        faults.append(
            RowFault(
                line, label(key), zh: "“\(text)”不在选项之内：\(allowed)。",
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
