import Core
import Organization
import Storage

extension District {
    /// What a file of persons finds when it comes again.
    package struct PersonsAgain: Sendable {
        /// How many of its numbers are somebody's.
        package let there: Int
        /// How many were somebody's whose data were deleted since.
        package let deleted: Int
    }

    /// Looks up every number of a file of persons, and changes nothing.
    package func personsAgain(_ path: String) async throws -> PersonsAgain {
        let table = try ImportTable(path: path)
        let place = table.headings.firstIndex {
            ["人员编号", "number"].contains(Folding.key($0))
        }
        let numbers = Set(
            table.rows.compactMap { row in
                place.flatMap { $0 < row.values.count ? Folding.key(row.values[$0]) : nil }
            }
        ).subtracting([""])
        return try await database.read { db in
            let store = PersonStore(db: db)
            let known = try store.numbers()
            let missing = numbers.filter { known[$0] == nil }
            let deleted = try missing.filter { try store.deletion(ofNumber: $0) != nil }
            return PersonsAgain(there: numbers.count - missing.count, deleted: deleted.count)
        }
    }

    /// Takes out of a file those whose data were deleted earlier: a file does not bring back what
    /// somebody had deleted, or what had had its time.
    func withoutDeleted(_ persons: [Person], _ db: Connection) throws -> [Person] {
        let store = PersonStore(db: db)
        return try persons.filter { person in
            guard let number = person.number else { return true }
            return try store.deletion(ofNumber: number) == nil
        }
    }
}
