import Cases
import Core
import Ledger
import Organization
import Requests
import Storage
import TestKit
import Testing

/// Filing goes through one door: what is wrong is said beside its field, what is right is a case
/// with the words of whoever asked sealed, and the same form files once.
@Suite struct FilingTests {
    private func faults(_ filing: Filing, _ town: RequestDistrict) async -> [String] {
        do {
            _ = try await town.requests.file(filing, by: .requester, form: "f")
            return []
        } catch Refusal.invalid(let faults) {
            return faults.map { $0.field ?? $0.place }
        } catch {
            return ["\(error)"]
        }
    }

    @Test(arguments: Engine.available)
    func whatIsMissingOrWrongIsSaidBesideItsField(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            let place = try await town.unit(RequestDistrict.grid)
            var filing = Filing(service: "lighting", place: place, words: "  ")
            filing.answers = ["count": "many"]
            #expect(
                Set(await faults(filing, town)) == ["words", "answer.count", "answer.danger"])
            filing = try await town.filing()
            filing.answers["danger"] = "hurt"
            #expect(await faults(filing, town) == ["answer.danger"])
            filing = Filing(service: "certificate", place: place, words: "居住证明")
            filing.answers = ["matter": "入学"]
            #expect(await faults(filing, town) == ["contact"])
            filing = try await town.filing(at: "410102")
            #expect(await faults(filing, town) == ["place"])
            filing = Filing(
                service: "lighting", place: place, words: String(repeating: "灯", count: 1_001))
            filing.answers = ["danger": "no"]
            #expect(await faults(filing, town) == ["words"])
            filing = Filing(service: "lighting", place: place, words: "a\u{202E}b")
            filing.answers = ["danger": "no"]
            #expect(await faults(filing, town) == ["words"])
            #expect(try await town.count("request") == 0)
            #expect(try await town.count("case_state") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aRequestIsACaseWhoseWordsAreSealed(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            var filing = try await town.filing()
            filing.contact = "lamp@example.org"
            filing.address = "3号楼2单元"
            filing.answers["danger"] = "may"
            let filed = try await town.requests.file(filing, by: .requester, form: "form")
            #expect(filed.isNew)
            #expect(filed.secret.count == 10)
            let reading = try await town.reading(filed.id)
            #expect(reading.row.number == filed.number)
            let said = try #require(reading.records.last).record
            #expect(said.fields["service"] == "lighting")
            #expect(said.fields["severity"] == "danger")
            #expect(said.fields["channel"] == "page")
            #expect(said.minute?.description == "10:00")
            #expect(reading.obligations.map(\.step) == ["accept"])
            for table in ["record", "record_private", "request", "audit"] {
                let texts = try await town.texts(table)
                for secret in ["楼道灯不亮", "lamp@", "3号楼", filed.secret] {
                    #expect(!texts.contains(secret), "\(table) holds \(secret)")
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func oneFormFilesOnceAndAnswersTheSame(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            let first = try await town.filed("one")
            for _ in 0..<20 {
                let again = try await town.filed("one")
                #expect(again.number == first.number)
                #expect(again.secret == first.secret)
                #expect(!again.isNew)
            }
            let other = try await town.filed("two")
            #expect(other.number != first.number)
            #expect(other.secret != first.secret)
            #expect(try await town.count("request") == 2)
        }
    }

    @Test(arguments: Engine.available)
    func oneContactAsksSoOftenInADay(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            var filing = try await town.filing()
            filing.contact = "13800000000"
            for number in 0..<FilingLimits.perContact {
                _ = try await town.requests.file(filing, by: .requester, form: "f\(number)")
            }
            filing.contact = "138-0000-0000"
            let more = filing
            await #expect(throws: Refusal.self) {
                try await town.requests.file(more, by: .requester, form: "more")
            }
            filing.contact = "13900000000"
            _ = try await town.requests.file(filing, by: .requester, form: "neighbor")
            town.clock.advance(86_400_000)
            _ = try await town.requests.file(more, by: .requester, form: "tomorrow")
        }
    }

    @Test(arguments: Engine.available)
    func whatLeadsToWhoeverAskedGoesInTime(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            var filing = try await town.filing()
            filing.contact = "13800000000"
            let filed = try await town.requests.file(filing, by: .requester, form: "form")
            try await town.take("withdraw", in: filed.id, [.field("outcome"): "not_needed"])
            let sweeper = try #require(requestsData.sweepers.first)
            let closed = town.clock.moment
            let none = try await town.test.database.write { db in
                try sweeper.sweep(db, Moment(milliseconds: closed.milliseconds - 86_400_000))
            }
            #expect(none == 0)
            let gone = try await town.test.database.write { db in
                try sweeper.sweep(db, Moment(milliseconds: closed.milliseconds + 86_400_000))
            }
            #expect(gone == 1)
            let kept = try await town.test.database.read { db in
                try db.value(
                    "SELECT COUNT(*) FROM request WHERE contact_mark IS NOT NULL", as: Int.self)
            }
            #expect(kept == 0)
        }
    }
}
