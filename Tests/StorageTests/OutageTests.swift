import Foundation
import Storage
import TestKit
import Testing

/// A PostgreSQL server that goes away, at each moment at which it can.
@Suite(.enabled(if: Engine.available.contains(.postgres)))
struct OutageTests {
    @Test func aServerThatComesBackIsUsedAgain() async throws {
        try await ThrowawayServer.run { server in
            let database = try Database(try await server.start())
            defer { database.close() }
            try await database.migrate([notebook])
            try await database.write { try $0.addPage(1) }
            _ = try await database.pages()

            try await server.halt()
            await #expect(throws: DatabaseError.lostConnection) {
                try await database.write { try $0.addPage(2) }
            }
            await #expect(throws: DatabaseError.lostConnection) { try await database.pages() }

            _ = try await server.start()
            #expect(try await database.pages() == [1])
            try await database.write { try $0.addPage(3) }
            #expect(try await database.pages() == [1, 3])
        }
    }

    @Test func aServerThatRestartedBetweenTwoCallsIsNotNoticed() async throws {
        try await ThrowawayServer.run { server in
            let database = try Database(try await server.start())
            defer { database.close() }
            try await database.migrate([notebook])
            _ = try await database.pages()

            try await server.halt()
            _ = try await server.start()
            #expect(try await database.pages() == [])
            try await server.halt()
            _ = try await server.start()
            try await database.write { try $0.addPage(1) }
            #expect(try await database.pages() == [1])
        }
    }

    @Test func aConnectionLostBeforeTheCommitIsMadeGoodOnce() async throws {
        try await Engine.postgres.withDatabase(migrations: [notebook]) { database in
            let tally = Tally()
            try await database.write { connection in
                try connection.addPage(1)
                if tally.add() == 1 { try connection.loseConnection() }
            }
            #expect(tally[0] == 2)
            #expect(try await database.pages() == [1])
        }
    }

    @Test func aConnectionLostAgainIsTheCallersError() async throws {
        try await Engine.postgres.withDatabase(migrations: [notebook]) { database in
            let tally = Tally()
            await #expect(throws: DatabaseError.lostConnection) {
                try await database.write { connection in
                    tally.add()
                    try connection.addPage(1)
                    try connection.loseConnection()
                }
            }
            let pages = try await database.pages()
            #expect(tally[0] == 2 && pages == [])
        }
    }

    @Test func aConnectionLostInASharedCommitTakesNobodyWithIt() async throws {
        try await Engine.postgres.withDatabase(migrations: [notebook]) { database in
            let answers = try await database.gather(4) { index, database in
                try await database.write { connection in
                    try connection.addPage(index)
                    if index == 1 { try connection.loseConnection() }
                }
            }
            #expect(answers[1] as? DatabaseError == .lostConnection)
            #expect(answers.count { $0 == nil } == 3)
            #expect(try await database.pages() == [0, 2, 3])
        }
    }

    @Test func aConnectionLostDuringTheCommitIsUnknownAndNotTriedAgain() async throws {
        try await Engine.postgres.withDatabase(migrations: [notebook, severed]) { database in
            let tally = Tally()
            await #expect(throws: DatabaseError.outcomeUnknown) {
                try await database.write { connection in
                    tally.add()
                    try connection.addPage(1, title: "sever")
                }
            }
            #expect(tally[0] == 1)
            try await database.write { try $0.addPage(2) }
        }
    }

    @Test func membersOfAnUnknownCommitKnowThatAndARefusedOneIsAskedAgain() async throws {
        try await Engine.postgres.withDatabase(migrations: [notebook, severed]) { database in
            let tally = Tally()
            let answers = try await database.gather(3) { index, database in
                try await database.write { connection in
                    tally.add(index)
                    if index == 2, try connection.count(of: "page") > 0 { throw Refused() }
                    try connection.addPage(index, title: index == 0 ? "sever" : nil)
                }
            }
            #expect(answers[0] as? DatabaseError == .outcomeUnknown)
            #expect(answers[1] as? DatabaseError == .outcomeUnknown)
            #expect(answers[2] == nil)
            #expect((0..<3).map { tally[$0] } == [1, 1, 2])
            #expect(try await database.pages() == [2])
        }
    }

    @Test func aReadThatLostItsConnectionIsRunAgainOnce() async throws {
        try await Engine.postgres.withDatabase(migrations: [notebook]) { database in
            let tally = Tally()
            let count = try await database.read { connection in
                if tally.add() == 1 { try connection.loseConnection() }
                return try connection.count(of: "page")
            }
            #expect(count == 0 && tally[0] == 2)
        }
    }

    @Test func aFullDiskOfTheServerHasTheSameName() async throws {
        try await Engine.postgres.withDatabase { database in
            await #expect(throws: DatabaseError.diskFull) {
                try await database.write { connection in
                    try connection.script(
                        "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$")
                }
            }
        }
    }

    @Test func anAddressWithoutAServerIsReportedInFull() {
        let error = #expect(throws: DatabaseError.self) {
            try Database(.postgres(url: "postgres:///x?host=/nowhere", schema: "district"))
        }
        #expect(error?.message?.contains("/nowhere") == true)
    }
}

extension Connection {
    /// The server ends this connection, as it does when it is shut down.
    fileprivate func loseConnection() throws {
        try execute("SELECT pg_terminate_backend(pg_backend_pid())")
    }
}

/// A page titled "sever" ends the connection in the middle of its COMMIT.
private let severed = Migration(id: "2026-01-02-sever") { _ in
    """
    CREATE FUNCTION sever() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF new.title = 'sever' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER sever AFTER INSERT ON page DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sever()
    """
}
