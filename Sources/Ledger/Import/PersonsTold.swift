import Core
import Organization
import Storage

/// What a file of persons came to.
struct PersonsTold: Sendable {
    /// How many were new.
    var new = 0
    /// How many rows say of somebody what is known of them.
    var unchanged = 0
    var changed = 0
    /// How many were somebody's whose data were deleted since.
    var deleted = 0

    var words: Wording {
        var zh = ["新增\(new)人", "已在册且没有变化\(unchanged)人"]
        var en = ["\(new) new", "\(unchanged) there already and unchanged"]
        if changed > 0 {
            zh.append("更改\(changed)人")
            en.append("\(changed) changed")
        }
        if deleted > 0 {
            zh.append("此前已删除、没有恢复\(deleted)人")
            en.append("\(deleted) deleted earlier and not brought back")
        }
        return Wording(
            zh: "文件中的人员：\(zh.joined(separator: "；"))。",
            en: "Persons of the file: \(en.joined(separator: "; ")).")
    }
}

extension District {
    /// What a file comes to that was brought before, as it was read.
    func personsAgain(_ table: ImportTable) async throws -> PersonsTold {
        let numbers = Set(StructureReader(catalogue: catalogue).numbers(table).map(Folding.key))
            .subtracting([""])
        let rows = table.rows.count
        return try await database.read { db in
            let store = PersonStore(db: db)
            let deleted = try numbers.filter { try store.deletion(ofNumber: $0) != nil }.count
            return PersonsTold(unchanged: rows - deleted, deleted: deleted)
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
