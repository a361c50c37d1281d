import Catalogue
import Core
import Organization
import Storage
import TestKit
import Testing

/// Every statement on the structure, on every engine.
@Suite struct StructureStoreTests {
    private func withTables(
        _ engine: Engine, _ body: (Database) async throws -> Void
    ) async throws {
        try await engine.withDatabase(migrations: coreMigrations + organizationMigrations, body)
    }

    /// Posts changes one after another with the reach that belongs to each.
    ///
    /// - Returns: the newest position and the reach after each change.
    private func post(
        _ changes: [StructureChange], to database: Database
    ) async throws -> [(position: Int, reach: Set<Reach>)] {
        var steps: [(position: Int, reach: Set<Reach>)] = []
        var structure = Structure()
        var first = 1
        for change in changes {
            structure = structure.applying(change)
            let reach = try structure.reach(formAxis: formAxis)
            let last = first + change.rows.count - 1
            let digests = try await database.write { [first] db in
                let store = StructureStore(db: db)
                let digests = try store.post(change, from: first)
                try store.refreshReach(reach, at: last)
                return digests
            }
            #expect(digests == change.rows.map(\.digest))
            steps.append((last, Set(reach)))
            first = last + 1
        }
        return steps
    }

    @Test(arguments: Engine.available)
    func anEmptyLedgerHasAnEmptyStructure(on engine: Engine) async throws {
        try await withTables(engine) { database in
            let (structure, position) = try await database.read { db in
                let store = StructureStore(db: db)
                return (try store.load(), try store.position())
            }
            #expect(structure.versions.isEmpty && structure.reorganizations.isEmpty)
            #expect(position == 0)
        }
    }

    @Test(arguments: Engine.available, [UInt64(1), 2, 3])
    func whatWasPostedIsLoadedAgain(on engine: Engine, _ seed: UInt64) async throws {
        let district = RandomDistrict(seed: seed, reorganizations: 8)
        try await withTables(engine) { database in
            let steps = try await post(district.changes, to: database)
            let (structure, position) = try await database.read { db in
                let store = StructureStore(db: db)
                return (try store.load(), try store.position())
            }
            #expect(structure.contents == district.structure.contents)
            #expect(position == steps.last?.position)
        }
    }

    /// A row of reach that no longer holds is gone from a position on, never deleted: an older
    /// position still reads it.
    @Test(arguments: Engine.available, [UInt64(4), 5])
    func everyOlderPositionKeepsItsReach(on engine: Engine, _ seed: UInt64) async throws {
        let district = RandomDistrict(seed: seed, reorganizations: 8)
        try await withTables(engine) { database in
            let steps = try await post(district.changes, to: database)
            for (position, reach) in steps {
                let rows = try await database.read { db in
                    try db.rows(
                        """
                        SELECT unit_id, axis, ancestor_id, form, valid_from, valid_to FROM reach
                        WHERE position <= \(position) AND (gone IS NULL OR gone > \(position))
                        """
                    ).map(Reach.init)
                }
                #expect(rows.count == reach.count)
                #expect(Set(rows) == reach)
            }
        }
    }

    @Test(arguments: Engine.available)
    func refreshingWhatHasNotChangedWritesNothing(on engine: Engine) async throws {
        let structure = Structure.town()
        let reach = try structure.reach(formAxis: formAxis)
        try await withTables(engine) { database in
            for position in [11, 12] {
                try await database.write {
                    try StructureStore(db: $0).refreshReach(reach, at: position)
                }
            }
            let counts = try await database.read { db in
                [
                    try db.value("SELECT COUNT(*) FROM reach", as: Int.self),
                    try db.value(
                        "SELECT COUNT(*) FROM reach WHERE position = 11 AND gone IS NULL",
                        as: Int.self),
                ]
            }
            #expect(counts == [reach.count, reach.count])
        }
    }

    @Test(arguments: Engine.available)
    func anImportThatWasUndoneNoLongerCountsAndMovesThePosition(on engine: Engine) async throws {
        let founding = Structure().founding(townEntries).change
        let town = Structure().applying(founding)
        let change = town.reorganizing(merger).change
        try await withTables(engine) { database in
            let steps = try await post([founding, change], to: database)
            let base = steps[0].position
            let undone = steps[1].position + 1
            try await database.write { db in
                try db.execute(
                    """
                    INSERT INTO import (id, what, file_name, file_digest, row_count, started_at,
                        started_by, base, published_at, reversed, reversed_at)
                    VALUES ('i', 'reorganizations', 'r.csv', '', \(change.rows.count), 0, 'tester',
                        \(base), 0, \(undone), 0)
                    """)
                let store = StructureStore(db: db)
                try store.refreshReach(
                    try store.load().reach(formAxis: formAxis), at: undone)
            }
            let (structure, position, reach) = try await database.read { db in
                let store = StructureStore(db: db)
                let rows = try db.rows(
                    """
                    SELECT unit_id, axis, ancestor_id, form, valid_from, valid_to FROM reach
                    WHERE gone IS NULL
                    """
                ).map(Reach.init)
                return (try store.load(), try store.position(), rows)
            }
            #expect(structure.contents == town.contents)
            #expect(position == undone)
            #expect(Set(reach) == steps[0].reach && reach.count == steps[0].reach.count)
        }
    }

    @Test(
        arguments: Engine.available,
        [
            "UPDATE org_unit_version SET name = 'x'", "DELETE FROM org_link",
            "UPDATE lineage SET basis = 'whole'", "DELETE FROM org_unit",
            "UPDATE reorganization SET title = 'x'",
        ])
    func postedRowsAreNeitherChangedNorRemoved(
        on engine: Engine, attempt: String
    ) async throws {
        let founding = Structure().founding(townEntries).change
        let change = Structure().applying(founding).reorganizing(merger).change
        try await withTables(engine) { database in
            _ = try await post([founding, change], to: database)
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.script(attempt) }
            }
            #expect(error.map { "\($0)" }?.contains("append-only") == true)
        }
    }

    @Test(arguments: Engine.available)
    func aPositionHoldsOneRowAlone(on engine: Engine) async throws {
        let founding = Structure().founding(townEntries).change
        let again = Structure().founding([UnitEntry("X", "street")]).change
        try await withTables(engine) { database in
            _ = try await post([founding], to: database)
            await #expect(throws: DatabaseError.self) {
                try await database.write { _ = try StructureStore(db: $0).post(again, from: 3) }
            }
            let structure = try await database.read { try StructureStore(db: $0).load() }
            #expect(structure.unit(code: "X", on: day("2014-01-01")) == nil)
        }
    }
}

/// Everything a structure holds, for comparing.
private struct Contents: Equatable {
    let versions: Set<UnitVersion>
    let links: Set<UnitLink>
    let lineage: Set<Lineage>
    let reorganizations: [Reorganization]
}

extension Structure {
    fileprivate var contents: Contents {
        Contents(
            versions: Set(versions.values.joined()), links: Set(parents.values.joined()),
            lineage: Set(successors.values.joined()), reorganizations: reorganizations)
    }
}
