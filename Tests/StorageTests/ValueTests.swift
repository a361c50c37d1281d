import Storage
import TestKit
import Testing

struct ValueTests {
    @Test(arguments: Engine.available)
    func hostileTextComesBackAsItWent(on engine: Engine) async throws {
        let texts = [
            "", " ", "'; DROP TABLE page; --", "\"quoted\" and 'quoted'", "$1 ? :name @x #{}",
            "back\\slash \\x00 %_", "line\nbreak\r\n\ttab", "汉字与繁體", "𠮷野家 👩‍👩‍👧‍👦 🇨🇳",
            "e\u{301} \u{202E}right to left", "\u{1}\u{7F}\u{FFFD}", "NULL", "{\"a\": 1}",
            String(repeating: "长", count: 100_000),
        ]
        let back = try await engine.withDatabase(migrations: [notebook]) { database in
            try await database.write { connection in
                for (id, text) in texts.enumerated() {
                    try connection.addPage(id)
                    try connection.execute("UPDATE page SET note = \(text) WHERE id = \(id)")
                }
                return try connection.rows("SELECT note FROM page ORDER BY id").map {
                    try $0.get("note", as: String.self)
                }
            }
        }
        #expect(back.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
    }

    @Test(arguments: Engine.available)
    func textWithANulIsRefusedBeforeItReachesTheEngine(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let refusal = DatabaseError.other(
                code: "22021", message: "Text cannot hold a NUL.")
            await #expect(throws: refusal) {
                try await database.write { try $0.addPage(1, title: "cut\0here") }
            }
            let count = try await database.count(of: "page")
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.available, limits)
    func anIntegerKeepsItsLimits(on engine: Engine, integer: Int64) async throws {
        let back = try await engine.withDatabase(migrations: [notebook]) { database in
            try await database.write { connection in
                try connection.execute("UPDATE counter SET count = \(integer)")
                return try connection.value("SELECT count FROM counter", as: Int64.self)
            }
        }
        #expect(back == integer)
    }

    @Test(arguments: Engine.available)
    func bytesFlagsAndNullsComeBackAsTheyWent(on engine: Engine) async throws {
        let bytes = (0...255).map { UInt8($0) }
        try await engine.withDatabase(migrations: [notebook]) { database in
            try await database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO page (id, title, kept, body, fields, weight)
                    VALUES (1, 'a', \(true), \(bytes), \("{\"b\": \"x\"}"), \(3)),
                        (2, 'b', \(false), \([UInt8]()), \(String?.none), \(Int?.none))
                    """)
            }
            let rows = try await database.read {
                try $0.rows("SELECT *, fields ->> 'b' AS b FROM page ORDER BY id")
            }
            #expect(try rows[0].get("kept", as: Bool.self))
            #expect(try rows[0].get("body", as: [UInt8].self) == bytes)
            #expect(try rows[0].get("b", as: String.self) == "x")
            #expect(try rows[1].get("kept", as: Bool.self) == false)
            #expect(try rows[1].get("body", as: [UInt8].self) == [])
            #expect(try rows[1].optional("fields", as: String.self) == nil)
            #expect(try rows[1].optional("weight", as: Int.self) == nil)
            #expect(rows[1]["weight"] == .null && rows[1]["absent"] == nil)
        }
    }

    @Test(arguments: Engine.available)
    func aColumnThatIsNotWhatItsReaderExpectsIsAFault(on engine: Engine) async throws {
        try await engine.withDatabase { database in
            let row = try await database.read {
                try $0.first("SELECT \(Int?.none) AS absence, 'x' AS word, 2 AS two")
            }
            let found = try #require(row)
            #expect(throws: fault("absence", "text", "NULL")) {
                try found.get("absence", as: String.self)
            }
            #expect(throws: fault("word", "an integer", "text")) {
                try found.get("word", as: Int.self)
            }
            #expect(throws: fault("two", "a flag", "an integer")) {
                try found.get("two", as: Bool.self)
            }
            #expect(throws: fault("absent", "a column", "no such column")) {
                try found.optional("absent", as: Int.self)
            }
            #expect(throws: fault("5", "a column", "3 columns")) { try found.at(5, as: Int.self) }
            #expect(try found.optionalAt(0, as: Int.self) == nil)
        }
    }

    @Test(arguments: Engine.available)
    func aSumIsWholeAndAFractionIsRefused(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let sum = try await database.read {
                try $0.value("SELECT sum(count) FROM counter", as: Int.self)
            }
            #expect(sum == 0)
            await #expect(throws: fault("share", "a whole number", "a fraction")) {
                try await database.read { try $0.first("SELECT 0.5 AS share") }
            }
        }
    }

    @Test(arguments: Engine.available)
    func aCaseIsStoredAsItsRawValueAndAnUnknownWordIsAFault(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            try await database.write { connection in
                try connection.execute("INSERT INTO page (id, title) VALUES (1, \(Color.red))")
                let color = try connection.value("SELECT title FROM page", as: Color.self)
                #expect(color == .red)
                try connection.execute("UPDATE page SET title = 'mauve'")
                #expect(throws: fault("title", "a Color", "another word")) {
                    try connection.value("SELECT title FROM page", as: Color.self)
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func aListFindsItsMembersAndAnEmptyListNothing(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            try await database.write { connection in
                for id in 1...5 { try connection.addPage(id) }
            }
            let (some, none) = try await database.read { connection in
                (
                    try connection.rows("SELECT id FROM page WHERE id IN (\(values: [2, 4, 9]))"),
                    try connection.rows("SELECT id FROM page WHERE id IN (\(values: [Int]()))")
                )
            }
            #expect(some.count == 2 && none.isEmpty)
        }
    }
}

/// The one in the middle is the first that a floating-point number cannot hold.
private let limits: [Int64] = [
    .min, .min + 1, -1, 0, 1, 9_007_199_254_740_993, .max - 1, .max,
]

private enum Color: String, Storable, Readable { case red, green }

private func fault(_ column: String, _ expected: String, _ found: String) -> DatabaseError {
    .column(ColumnFault(column: column, expected: expected, found: found))
}
