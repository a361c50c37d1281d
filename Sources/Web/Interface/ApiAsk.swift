import Core
import Hummingbird

/// What a program asked of a route, checked against what the route may be asked.
package struct ApiAsk: Sendable {
    package let context: AppContext
    package let query: Query

    /// - Throws: `Refusal.invalid` with everything that the route does not take: what is misspelt
    ///   and passed over would answer another question than the one that was meant.
    init(
        _ request: Request, _ context: AppContext, _ parameters: [ApiParameter]
    ) throws(Refusal) {
        self.context = context
        query = Query(request)
        let known = parameters.filter { !$0.isInPath }
        var faults: [Fault] = []
        var counts: [String: Int] = [:]
        for pair in query.pairs {
            guard let parameter = known.first(where: { $0.name == pair.name }) else {
                faults.append(Self.unknown(pair.name, known))
                continue
            }
            counts[pair.name, default: 0] += 1
            if counts[pair.name] == parameter.most + 1 {
                faults.append(
                    Fault(
                        pair.name, zh: "最多写 \(parameter.most) 次。",
                        en: "It may stand \(parameter.most) times at most."))
            }
            if let fault = parameter.fault(pair.value) { faults.append(fault) }
            if faults.count >= Self.mostFaults { break }
        }
        guard faults.isEmpty else { throw .invalid(faults) }
    }

    /// So much is said at once of what is wrong.
    private static let mostFaults = 20
    /// The longest name that is repeated to whoever wrote it.
    private static let nameLetters = 40

    private static func unknown(_ name: String, _ known: [ApiParameter]) -> Fault {
        let names = known.map(\.name)
        let shown = String(
            String.UnicodeScalarView(name.unicodeScalars.filter(Query.isPlain))
                .prefix(nameLetters))
        return Fault(
            shown, zh: "没有这个参数。可用的有：\(names.joined(separator: "、"))。",
            en: "There is no such parameter. There are: \(names.joined(separator: ", ")).")
    }

    /// What was written under a name.
    package subscript(name: String) -> String? { query.pairs.first { $0.name == name }?.value }

    /// A day that was written under a name.
    package func day(_ name: String) -> Day? { self[name].flatMap { Day($0) } }

    /// One of a few words.
    package func choice<Choice: RawRepresentable>(
        _ name: String, default fallback: Choice
    ) -> Choice where Choice.RawValue == String {
        self[name].flatMap(Choice.init) ?? fallback
    }

    /// Which page of a list was asked for.
    package func keyset(parts: Int) throws(Refusal) -> Keyset {
        try Keyset(
            query, parts: parts, limit: self["limit"].flatMap { Int($0) } ?? Limits.rowsPerPage)
    }
}

extension ApiParameter {
    /// What every list takes, to be read page by page.
    package static let paging = [
        ApiParameter(
            "after", zh: "从上一页答复的 next 取得：这一页从哪里开始。",
            en: "Where the page begins: taken from `next` of the page before."),
        ApiParameter(
            "limit", .count(most: Limits.rowsPerPage), zh: "一页最多多少条。",
            en: "The most items of a page."),
    ]
}
