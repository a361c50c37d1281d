import Core
import Organization
import Storage

/// The rows of a file of persons whose numbers are somebody's already.
extension District {
    /// What a row would make of somebody.
    struct ChangedPerson: Sendable {
        let row: Int
        let was: Person
        let now: Person
    }

    /// Without a day nothing changes: each row says what it would make another.
    func faults(of changes: [ChangedPerson], _ structure: Structure) -> [RowFault] {
        changes.map { change in
            let day = now().day
            func named(_ unit: OrgUnit.ID) -> String {
                structure.nearestVersion(unit, on: day).map { "\($0.name)（\($0.code)）" } ?? "–"
            }
            var zh: [String] = []
            var en: [String] = []
            if change.was.name != change.now.name {
                zh.append("姓名将由“\(change.was.name)”改为“\(change.now.name)”")
                en.append("the name would be “\(change.now.name)” instead of “\(change.was.name)”")
            }
            if change.was.unit != change.now.unit {
                zh.append("单位将由“\(named(change.was.unit))”改为“\(named(change.now.unit))”")
                en.append(
                    "the unit would be \(named(change.now.unit)) instead of "
                        + named(change.was.unit))
            }
            let number = change.was.number ?? change.was.id.text
            return RowFault(
                change.row, "人员编号",
                zh: "“\(number)”已有人使用：\(zh.joined(separator: "，"))。确是同一人，请用 --from 注明"
                    + "自哪天起，再导入一次；是另一人，请另编编号。",
                en: "“\(number)” is taken: \(en.joined(separator: ", and ")). If it is the same "
                    + "person, import the file once more with --from and the first day; give "
                    + "another person another number.")
        }
    }

    /// The changes on or after the last one of each person.
    func faults(of changes: [ChangedPerson], from day: Day, _ db: Connection) throws -> [RowFault] {
        guard day <= now().day else {
            return [
                RowFault(
                    1, "起始日期", zh: "\(day) 还没有到。", en: "\(day) has not come yet.")
            ]
        }
        let store = PersonChangeStore(db: db)
        return try changes.compactMap { change in
            guard let last = try store.history(of: change.was.id).first?.changedOn, day < last
            else { return nil }
            return RowFault(
                change.row, "人员编号",
                zh: "此人上次变更自\(last)起，本次不能早于该日。",
                en: "The last change of this person holds from \(last): this one cannot lie "
                    + "before it.")
        }
    }

    /// Makes the changes of a file, in the commit that publishes it.
    func apply(
        _ changes: [ChangedPerson], from day: Day, _ incoming: Incoming, _ db: Connection
    ) throws {
        let store = PersonStore(db: db)
        for change in changes {
            guard let found = try store.find([change.was.id]).first,
                !found.isOther(than: change.was)
            else {
                throw Refusal.conflict(
                    zh: "导入期间有人更改了其中的人员，请重新导入。",
                    en: "Somebody changed a person of the file meanwhile: import it again.")
            }
            try note(
                change.now, instead: found, on: day, because: incoming.name,
                importID: incoming.id, by: incoming.actor, db)
        }
    }
}
