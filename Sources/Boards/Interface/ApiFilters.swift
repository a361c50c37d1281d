import Catalogue
import Core
import Web

/// What a program asks the values of records to be, as the form above their list does:
/// `level:city`, `area:1000..`, `signed_on:2015-Q1`. One parameter takes all of them, since the
/// fields are each kind's own and a description cannot name them.
struct ApiFilters {
    static let name = "filter"
    /// The most of one address.
    static let most = 10

    static let parameter = ApiParameter(
        name, most: most,
        zh: """
            按一项内容筛选，写作“标识”、半角冒号和内容，标识见该种类的 values。文字为包含，数值写“从..至”，\
            日期写时段，如 level:city、area:1000..、signed_on:2015-Q1。可写多项，须同时符合。
            """,
        en: """
            What a value is, as `id:value`, with the ids of the kind's `values`. A text holds it, \
            a number is within `from..through`, a day within a period: level:city, area:1000.., \
            signed_on:2015-Q1. Several hold together.
            """)

    /// The same as the form above the list names it.
    let pairs: [(name: String, value: String)]

    /// - Throws: `Refusal.invalid` for what names no value of the kind, or one twice.
    init(_ query: Query, of kind: Kind) throws(Refusal) {
        var pairs: [(name: String, value: String)] = []
        var met: Set<String> = []
        for text in query.all(Self.name) {
            let sides = text.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
            guard sides.count == 2, !sides[1].isEmpty else {
                throw .invalid(
                    Self.name, zh: "“\(text)”应由标识、半角冒号和内容组成，如 level:city。",
                    en: "Write “\(text)” as `id:value`, such as level:city.")
            }
            let (id, value) = (sides[0], sides[1])
            guard let isRange = Self.isRange(id, of: kind) else {
                let ids = kind.fields.map(\.id) + kind.measures.map(\.id)
                throw .invalid(
                    Self.name, zh: "没有“\(id)”这一项。可用的有：\(ids.joined(separator: "、"))。",
                    en: "There is no value “\(id)”. There are: \(ids.joined(separator: ", ")).")
            }
            guard met.insert(id).inserted else {
                throw .invalid(
                    Self.name, zh: "“\(id)”写了两次。", en: "“\(id)” is asked for twice.")
            }
            pairs += isRange ? Self.range(id, value) : [(AskedRecords.filter(id), value)]
        }
        self.pairs = pairs
    }

    /// Whether what is asked of a value has two ends; nil where the kind has no such value.
    private static func isRange(_ id: String, of kind: Kind) -> Bool? {
        if let field = kind.field(id) { return field.form == .number }
        return kind.measures.contains { $0.id == id } ? true : nil
    }

    private static func range(_ id: String, _ text: String) -> [(name: String, value: String)] {
        guard let dots = text.firstRange(of: "..") else {
            return [(AskedRecords.from(id), text), (AskedRecords.through(id), text)]
        }
        return [
            (AskedRecords.from(id), String(text[..<dots.lowerBound])),
            (AskedRecords.through(id), String(text[dots.upperBound...])),
        ].filter { !$0.1.trimmed.isEmpty }
    }

    /// A fault of the form as one of the parameter.
    static func named(_ fault: Fault) -> Fault {
        fault.place.hasPrefix(AskedRecords.filter("")) ? Fault(name, fault.words) : fault
    }
}
