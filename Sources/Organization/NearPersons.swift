import Core
import Storage

extension PersonStore {
    /// The most persons that are offered beside a field.
    package static let nearLimit = 8
    /// The most persons of some units that are looked through for a part of a name.
    package static let searchedLimit = 5_000

    /// Persons of some units and of those below them, by name.
    ///
    /// - Parameter heads: units whose rows of `reach` hold everything below them.
    package func list(
        below heads: [OrgUnit.ID], on day: Day, limit: Int
    ) throws -> [Person] {
        guard !heads.isEmpty else { return [] }
        return try list("unit_id IN (\(ReachRow.below(heads, on: day)))", limit: limit)
    }

    /// Persons among some, by name.
    ///
    /// - Parameter ids: a query of their identities.
    package func list(named ids: SQL, limit: Int) throws -> [Person] {
        try list("id IN (\(ids))", limit: limit)
    }

    private func list(_ condition: SQL, limit: Int) throws -> [Person] {
        try db.rows(
            """
            SELECT id, number, name, unit_id FROM person p WHERE \(condition) AND \(standing)
            ORDER BY sort_name, id LIMIT \(limit)
            """
        ).map(Person.init)
    }

    /// Those among some persons who may be meant by a part of a name or number, or by pinyin.
    package static func near(_ text: String, among persons: [Person]) -> [Person] {
        let key = sortName(text)
        guard !key.isEmpty else { return [] }
        let letters = Spelling.letters(text)
        let spelling = letters == nil ? nil : Spelling(of: persons.map(\.name))
        let ranked = persons.compactMap { person -> (rank: Int, person: Person)? in
            let name = sortName(person.name)
            if name == key { return (0, person) }
            if name.hasPrefix(key) { return (1, person) }
            if name.contains(key) { return (2, person) }
            if let letters, let fit = spelling?.pinyin(name).fit(letters) {
                return (3 + fit.rawValue, person)
            }
            let number = person.number.map(Folding.key) ?? ""
            return key.count > 1 && number.contains(key) ? (6, person) : nil
        }
        return ranked.sorted { ($0.rank, $0.person.name) < ($1.rank, $1.person.name) }
            .prefix(nearLimit).map(\.person)
    }
}
