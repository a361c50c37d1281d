import Core
import Storage
import TestKit
import Testing
import Visits

/// Hours are offered by the calendar; nobody is in two places, and no place is given twice.
@Suite struct SlotTests {
    private func isRefused(_ body: () async throws -> Void) async throws {
        await #expect(throws: Refusal.self) { try await body() }
    }

    @Test(arguments: Engine.available)
    func aDayOffIsOfferedAsOffHoursAlone(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            let saturday = town.thursday + 2
            try await isRefused { _ = try await town.offered(on: [saturday]) }
            try await isRefused { _ = try await town.offered("off_hours") }
            try await isRefused { _ = try await town.offered(from: 545) }
            try await isRefused { _ = try await town.offered(on: [town.thursday - 5]) }
            try await isRefused { _ = try await town.offered("office") }
            let days = [town.thursday, saturday, town.thursday + 4]
            let slots = try await town.offered(on: days)
            #expect(slots.map { $0.day.number - town.thursday.number } == [0, 0, 4, 4])
            let off = try await town.offered("off_hours", on: [saturday])
            #expect(off.count == 2)
            let home = try await town.offered(on: [saturday + 1], off: true)
            #expect(home.count == 2)
        }
    }

    @Test(arguments: Engine.available)
    func nobodyIsInTwoPlaces(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            let slots = try await town.offered()
            try await isRefused { _ = try await town.offered(from: 570, to: 660) }
            let standing = try await town.count("SELECT COUNT(*) FROM visit_slot")
            #expect(standing == 2)
            _ = try await town.offered(by: town.bo)
            try await town.test.database.write { db in
                try town.visits.withdraw(
                    slots[1], all: false, because: "临时开会", by: TestDistrict.actor, db)
            }
            let again = try await town.offered(from: 570, to: 600)
            #expect(again.count == 1)
            try await isRefused { _ = try await town.booked(slots[1]) }
        }
    }

    @Test(arguments: Engine.available)
    func ofFortyAtOnceOneHasThePlace(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            let slot = try await town.offered()[0]
            let made = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        do {
                            let said = BookingWords(
                                words: nil, address: "3号楼", contact: "1300000\(number)")
                            _ = try await town.test.database.write { db in
                                try town.visits.book(
                                    slot.id, said, form: "form \(number)", by: .visitor, db)
                            }
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(made == 1)
            #expect(try await town.count("SELECT COUNT(*) FROM visit_booking") == 1)
            // The database refuses a second one by itself.
            await #expect(throws: (any Error).self) {
                try await town.test.database.write { db in
                    try db.execute(
                        """
                        INSERT INTO visit_booking (id, number, slot_id, place_number, moves, state,
                            form_mark, secret_mark, booked_by, booked_at)
                        VALUES ('x', 'x', \(slot.id), 1, 0, 'booked', 'x', 'x', 'x', 0)
                        """)
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func whoBookedMovesAndCancelsAndTheLedgerSaysSo(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            let slots = try await town.offered()
            let first = try await town.booked(slots[0])
            let same = try await town.booked(slots[0])
            #expect(same == first, "the same form books once")
            let second = try await town.booked(slots[1], "other")
            let booking = try await town.booking(first.id)
            try await isRefused {
                try await town.test.database.write {
                    try town.visits.move(booking, to: slots[1].id, by: .visitor, $0)
                }
            }
            let other = try await town.booking(second.id)
            try await town.test.database.write {
                try town.visits.cancel(other, by: .visitor, $0)
                try town.visits.move(booking, to: slots[1].id, by: .visitor, $0)
            }
            #expect(try await town.booking(first.id).slot == slots[1].id)
            #expect(try await town.booking(first.id).number == first.number)
            #expect(try await town.records("home_visit", "moved") == 1)
            #expect(try await town.records("home_visit", "withdrawn") == 1)
            let text = try await town.test.database.read { db in
                try db.rows("SELECT * FROM visit_booking").map { "\($0)" }.joined()
            }
            #expect(!text.contains("13000000000") && !text.contains("3号楼"))
            #expect(!text.contains(first.secret))
        }
    }
}
