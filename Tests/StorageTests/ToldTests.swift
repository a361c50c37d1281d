import Storage
import TestKit
import Testing

/// Statements whose answer nobody waits for, which PostgreSQL gets with what comes next.
struct ToldTests {
    @Test(arguments: Engine.available)
    func whatWasToldIsThereForWhatComesNext(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let seen = try await database.write { connection in
                try connection.tell("INSERT INTO page (id, title) VALUES (1, 'a')")
                let first = try connection.count(of: "page")
                try connection.insert(
                    into: "line", ["id", "page_id"], [[.integer(1), .integer(1)]])
                try connection.tell("UPDATE page SET title = 'b' WHERE id = 1")
                let changed = try connection.execute("UPDATE page SET note = title")
                return [first, changed, try connection.count(of: "line")]
            }
            #expect(seen == [1, 1, 1])
            let note = try await database.read { connection in
                try connection.value("SELECT note FROM page WHERE title = 'b'", as: String.self)
            }
            #expect(note == "b")
        }
    }

    @Test(arguments: Engine.available)
    func whatWasToldLastIsWrittenAsWell(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let answers = try await database.gather(6) { index, database in
                try await database.write { connection in
                    try connection.tell(
                        "INSERT INTO page (id, title) VALUES (\(index), \("p\(index)"))")
                }
            }
            #expect(answers.allSatisfy { $0 == nil })
            try await database.write { connection in
                try connection.tell("INSERT INTO page (id, title) VALUES (6, 'alone')")
            }
            #expect(try await database.pages() == Array(0...6))
        }
    }

    @Test(arguments: Engine.available)
    func aRefusalOfWhatWasToldEndsItsWriteAndNoOther(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let answers = try await database.gather(5) { index, database in
                try await database.write { connection in
                    try connection.addPage(index)
                    if index == 1 || index == 3 {
                        try connection.tell("INSERT INTO line (id, page_id) VALUES (1, 99)")
                    }
                    // Whether it is caught or not, nothing more is done.
                    if index == 3 { _ = try? connection.count(of: "page") }
                }
            }
            for index in [1, 3] {
                #expect(
                    (answers[index] as? DatabaseError)?.constraint?.kind == .foreignKey)
            }
            #expect(answers.count { $0 == nil } == 3)
            #expect(try await database.pages() == [0, 2, 4])
            let alone = await #expect(throws: DatabaseError.self) {
                try await database.write { connection in
                    try connection.insert(
                        into: "line", ["id", "page_id"], [[.integer(1), .integer(99)]])
                }
            }
            #expect(alone?.constraint?.kind == .foreignKey)
            #expect(try await database.count(of: "line") == 0)
        }
    }

    /// Before it comes to its first answer nothing of a write needs to have been sent.
    @Test(arguments: Engine.available)
    func aWriteThatGivesUpLeavesItsNeighbours(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let answers = try await database.gather(6) { index, database in
                try await database.write { connection in
                    if index == 1 { throw Refused() }
                    try connection.tell(
                        "INSERT INTO page (id, title) VALUES (\(index), \("p\(index)"))")
                    if index == 2 { throw Refused() }
                    if index == 4 {
                        _ = try connection.count(of: "page")
                        try connection.tell("INSERT INTO page (id, title) VALUES (9, 'nine')")
                        throw Refused()
                    }
                }
            }
            for index in [1, 2, 4] { #expect(answers[index] is Refused) }
            #expect(try await database.pages() == [0, 3, 5])
        }
    }

    @Test(arguments: Engine.available)
    func whateverIsToldStaysInOrder(on engine: Engine) async throws {
        let text = String(repeating: "长", count: 1_000)
        try await engine.withDatabase(migrations: [notebook]) { database in
            try await database.write { connection in
                try connection.addPage(1)
                for number in 1...1_500 {
                    try connection.tell(
                        "UPDATE page SET note = \(text + "\(number)"), weight = \(number)")
                    try connection.tell(
                        "UPDATE counter SET count = count * 7 % 1000003 + \(number)")
                }
            }
            var count = 0
            for number in 1...1_500 { count = count * 7 % 1_000_003 + number }
            #expect(try await database.counter() == count)
            let weight = try await database.read { connection in
                try connection.value(
                    "SELECT weight FROM page WHERE note = \(text + "1500")", as: Int.self)
            }
            #expect(weight == 1_500)
        }
    }
}
