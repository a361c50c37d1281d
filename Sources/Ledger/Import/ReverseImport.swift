import Core
import Organization
import Storage

extension District {
    /// Undoes an import as a whole: nothing it posted counts any longer, in one short commit.
    ///
    /// - Throws: `Refusal.notFound` when no published import has this id, `Refusal.conflict` when
    ///   something outside it rests on what it posted.
    ///
    /// - Parameter also: what belongs into the same commit.
    package func reverseImport(
        _ id: String, by actor: Actor,
        also: @escaping @Sendable (Connection) throws -> Void = { _ in }
    ) async throws {
        try await database.write { db in
            let imports = ImportStore(db: db)
            guard let standing = try imports.standing(id) else { throw Refusal.notFound }
            if let reason = try imports.restingOn(id, standing) {
                throw Refusal.conflict(reason)
            }
            let audit = Audit(db, key: key)
            let position = try audit.claim(1)
            let moment = now()
            let kind = standing.kind.flatMap { catalogue.kinds[$0] }
            let doubles = try kind.map { try Singles($0, db).doubles } ?? 0
            try imports.reverse(id, position: position, at: moment)
            if let kind, try Singles(kind, db).doubles > doubles {
                throw Refusal.conflict(
                    zh: "撤销后同一事项会同时有两条“\(kind.name.zh)”，请先处理后来的记录。",
                    en: "Without it, something would stand in two of “\(kind.name.en)” at once: "
                        + "settle the later records first.")
            }
            if standing.what == "units" || standing.what == "reorganizations" {
                let store = StructureStore(db: db)
                try store.refreshReach(
                    try store.load().reach(formAxis: formAxis), at: position)
            }
            try audit.record(
                "import.reversed", id, by: actor, at: moment,
                covering: .init(
                    first: position, last: position,
                    digest: Fingerprint(["import.reversed", id]).text,
                    isOfRecords: standing.kind != nil))
            try also(db)
        }
    }
}

extension ImportStore {
    /// What keeps an import from being undone, where the statement finds anything.
    private struct Bar {
        let statement: SQL
        let words: Wording

        init(_ statement: SQL, zh: String, en: String) {
            self.statement = statement
            words = Wording(zh: zh, en: en)
        }
    }

    /// What still rests on an import, in words; nil when it can be undone.
    fileprivate func restingOn(_ id: String, _ standing: Standing) throws -> Wording? {
        let bars: [Bar]
        switch standing.what {
        case "units", "reorganizations": bars = onUnits(standing)
        case "persons":
            if try PersonChangeStore(db: db).hasChanges(ofImport: id) {
                return Wording(
                    zh: "这个文件更改了已有人员，不能整体撤销；请用 person change 逐个改回。",
                    en: "The file changed persons who were there: it is not undone as a whole. "
                        + "Change them back with “person change”.")
            }
            bars = onPersons(id)
        default: bars = onRecords(id)
        }
        return try bars.first { try db.value($0.statement, as: Int.self) != nil }?.words
    }

    private func onUnits(_ standing: Standing) -> [Bar] {
        let last = standing.base + standing.rows
        return [
            Bar(
                """
                SELECT 1 FROM import WHERE base >= \(last) AND reversed IS NULL
                    AND what IN ('units', 'reorganizations') LIMIT 1
                """,
                zh: "此后还有单位调整，请先撤销后来的导入。",
                en: "The units changed again since: undo the later import first."),
            Bar(
                """
                SELECT 1 FROM posted r JOIN org_unit u ON u.id IN (r.unit_id, r.place_id)
                WHERE u.position > \(standing.base) AND u.position <= \(last)
                    AND r.reverses IS NULL
                    AND \(Record.isUnreversed("r")) LIMIT 1
                """,
                zh: "这些单位已有记录，请先撤销相关导入或作废记录。",
                en: "Records stand in these units: undo or reverse them first."),
            Bar(
                """
                SELECT 1 FROM import i JOIN person n ON n.import_id = i.id
                JOIN org_unit u ON u.id = n.unit_id
                WHERE u.position > \(standing.base) AND u.position <= \(last)
                    AND i.base IS NOT NULL AND i.reversed IS NULL LIMIT 1
                """,
                zh: "这些单位已有人员，请先撤销人员的导入。",
                en: "Persons belong to these units: undo their import first."),
        ]
    }

    private func onPersons(_ id: String) -> [Bar] {
        [
            Bar(
                """
                SELECT 1 FROM posted r JOIN record_person p ON p.record_id = r.id
                JOIN person n ON n.id = p.person_id
                WHERE n.import_id = \(id) AND r.reverses IS NULL
                    AND \(Record.isUnreversed("r")) LIMIT 1
                """,
                zh: "已有记录提到这些人员，请先撤销相关导入或作废记录。",
                en: "Records name these persons: undo or reverse them first.")
        ]
    }

    private func onRecords(_ id: String) -> [Bar] {
        [
            Bar(
                "SELECT 1 FROM record WHERE import_id = \(id) AND case_id IS NOT NULL LIMIT 1",
                zh: "其中有办件的记录，请在办件中撤回。",
                en: "Records of cases are among them: take them back in their cases."),
            Bar(
                """
                SELECT 1 FROM posted r JOIN record t ON t.id IN (r.reverses, r.ends)
                WHERE t.import_id = \(id) AND (r.import_id IS NULL OR r.import_id <> \(id))
                    AND \(Record.isUnreversed("r")) LIMIT 1
                """,
                zh: "后来的记录结束或作废了其中的记录，请先处理那些记录。",
                en: "Later records end or reverse some of its records: settle those first."),
            Bar(
                """
                SELECT 1 FROM record r JOIN record t ON t.id = r.reverses
                JOIN posted p ON p.kind = t.kind AND p.case_id IS NULL
                    AND (p.content = t.content OR p.ref = t.ref)
                WHERE r.import_id = \(id) AND p.id <> t.id AND p.reverses IS NULL
                    AND p.import_id IS DISTINCT FROM \(id)
                    AND \(Record.isUnreversed("p")) LIMIT 1
                """,
                zh: "其中作废的记录已重新提交，撤销后会重复，请先作废后来的记录。",
                en: "What it voided was entered anew and would count twice: void that first."),
        ]
    }
}
