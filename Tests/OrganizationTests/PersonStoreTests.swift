import Core
import Organization
import Storage
import TestKit
import Testing

/// Every statement on persons, on every engine.
@Suite struct PersonStoreTests {
    private func withPersons(
        _ engine: Engine, _ body: (Database, OrgUnit.ID) async throws -> Void
    ) async throws {
        let founding = Structure().founding([UnitEntry("S1", "street")]).change
        let unit = Structure().applying(founding).id("S1")
        try await engine.withDatabase(
            migrations: coreMigrations + organizationMigrations
        ) { database in
            try await database.write { _ = try StructureStore(db: $0).post(founding, from: 1) }
            try await body(database, unit)
        }
    }

    private func person(_ name: String, _ number: String?, _ unit: OrgUnit.ID) -> Person {
        Person(id: .make(), number: number, name: name, unit: unit)
    }

    private func addImport(_ id: String, base: Int?, reversed: Int?, _ db: Connection) throws {
        try db.execute(
            """
            INSERT INTO import (id, what, file_name, file_digest, row_count, started_at,
                started_by, base, published_at, reversed)
            VALUES (\(id), 'persons', 'p.csv', '', 1, 0, 'tester', \(base),
                \(base.map { _ in 0 }), \(reversed))
            """)
    }

    @Test(arguments: Engine.available)
    func aPersonIsFoundByNumberAndByName(on engine: Engine) async throws {
        try await withPersons(engine) { database, unit in
            let persons = [
                person("张 三", "001", unit), person("张三", nil, unit), person("Ａnna Li", "002", unit),
            ]
            try await database.write {
                try PersonStore(db: $0).insert(persons, importID: nil)
            }
            try await database.read { db throws in
                let store = PersonStore(db: db)
                #expect(try store.find(number: "001").map(\.id) == [persons[0].id])
                #expect(try store.find(number: "1").isEmpty)
                #expect(
                    try Set(store.find(name: "张三").map(\.id)) == [persons[0].id, persons[1].id])
                #expect(try store.find(name: "anna　LI").map(\.name) == ["Ａnna Li"])
                #expect(try store.find(name: "张").isEmpty)
                #expect(try store.numbers() == ["001": persons[0].id, "002": persons[2].id])
                #expect(
                    try store.names([persons[1].id, .make()]) == [persons[1].id: "张三"])
            }
        }
    }

    @Test(arguments: Engine.available)
    func aPersonOfAnImportCountsWhileItIsPublishedAndStands(on engine: Engine) async throws {
        try await withPersons(engine) { database, unit in
            let persons = ["staged", "undone", "standing"].map { person($0, $0, unit) }
            try await database.write { db in
                try addImport("staged", base: nil, reversed: nil, db)
                try addImport("undone", base: 10, reversed: 12, db)
                try addImport("standing", base: 11, reversed: nil, db)
                for person in persons {
                    try PersonStore(db: db).insert([person], importID: person.name)
                }
            }
            try await database.read { db throws in
                let store = PersonStore(db: db)
                #expect(try store.numbers() == ["standing": persons[2].id])
                for person in persons {
                    let isStanding = person.name == "standing"
                    #expect(try store.find(number: person.name).isEmpty == !isStanding)
                    #expect(try store.find(name: person.name).isEmpty == !isStanding)
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func aNumberTakenMeanwhileIsSeen(on engine: Engine) async throws {
        try await withPersons(engine) { database, unit in
            let (one, other) = (person("甲", "001", unit), person("乙", "001", unit))
            try await database.write { db in
                try addImport("staged", base: nil, reversed: nil, db)
                try PersonStore(db: db).insert([one], importID: "staged")
            }
            let before = try await database.read {
                try PersonStore(db: $0).hasTaken(numbersOf: "staged")
            }
            try await database.write { try PersonStore(db: $0).insert([other], importID: nil) }
            let after = try await database.read {
                try PersonStore(db: $0).hasTaken(numbersOf: "staged")
            }
            #expect(!before && after)
        }
    }

    /// An older program folded names in another way: whoever it wrote is found all the same.
    @Test(arguments: Engine.available)
    func namesThatWereFoldedInAnotherWayAreFoldedAnew(on engine: Engine) async throws {
        try await withPersons(engine) { database, unit in
            let persons = [person("阿依古丽•买买提", "1", unit), person("李二", "2", unit)]
            try await database.write { try PersonStore(db: $0).insert(persons, importID: nil) }
            func found() async throws -> [Person.ID] {
                try await database.read {
                    try PersonStore(db: $0).find(name: "阿依古丽·买买提").map(\.id)
                }
            }
            #expect(try await found() == [persons[0].id])
            try await database.write { db in
                try db.execute("UPDATE person SET sort_name = '阿依古丽•买买提' WHERE number = '1'")
            }
            #expect(try await found() == [])
            #expect(try await database.write { try PersonStore(db: $0).refold() } == 1)
            #expect(try await found() == [persons[0].id])
            #expect(try await database.write { try PersonStore(db: $0).refold() } == 0)
        }
    }
}
