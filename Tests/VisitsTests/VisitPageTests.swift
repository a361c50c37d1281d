import Core
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing
import Visits

/// Booking and what follows as people do it, through the real pages.
@Suite struct VisitPageTests {
    private static let words = ["contact": "13000000000", "address": "3号楼2单元"]

    private func cookies(_ page: PageAnswer) -> String {
        page.headers[values: .setCookie].map { String($0.prefix { $0 != ";" }) }
            .joined(separator: "; ")
    }

    /// Opens a booking with its number and code, as a browser does.
    private func open(
        _ client: any TestClientProtocol, _ booked: Booked, code: String? = nil
    ) async throws -> (answer: PageAnswer, cookie: String) {
        let page = try await client.page("/visits/status")
        let form = page.hidden(for: "/visits/status").merging(
            ["number": booked.number, "secret": code ?? booked.secret]) { $1 }
        let answer = try await client.send(
            "/visits/status", form.map { ($0, $1) }, cookie: cookies(page))
        return (answer, "\(cookies(page)); \(cookies(answer))")
    }

    private func press(
        _ client: any TestClientProtocol, _ step: String, _ cookie: String
    ) async throws -> PageAnswer {
        let page = try await client.page("/visits/status", headers: [.cookie: cookie])
        let form = page.hidden(for: "/visits/status/\(step)")
        return try await client.send(
            "/visits/status/\(step)", form.map { ($0, $1) }, cookie: cookie)
    }

    @Test(arguments: Engine.available)
    func staffOfferAndAResidentBooks(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            try await town.test.withSite { client in
                let path = "/visits/desk/new"
                #expect(try await client.page(path).status == 303)
                let hours = [
                    "unit": VisitDistrict.community, "form": "home", "from": "2026-07-09",
                    "starts": "09:00", "ends": "10:00", "minutes": "30", "capacity": "1",
                ]
                let wrong = try await client.submit(
                    path, hours.merging(["starts": "9点", "unit": "410102001002"]) { $1 },
                    as: town.an)
                #expect(wrong.status == 422)
                let done = try await client.submit(path, hours, as: town.an)
                #expect(done.status == 303, "\(done.text)")
                let list = try await client.page("/visits?unit=\(VisitDistrict.community)")
                #expect(list.text.contains("09:00–09:30") && list.text.contains("周四"))
                #expect(!list.text.contains("an的名字"))
                let slot = try await town.test.database.read {
                    try #require(try town.visits.free(in: nil, $0).first)
                }
                let book = "/visits/book/\(slot.id)"
                let bare = try await client.submit(book, [:], as: nil)
                #expect(bare.status == 422 && bare.text.contains("请写上门的地址"))
                let booked = try await client.submit(book, Self.words, as: nil)
                #expect(booked.status == 200 && booked.text.contains("YY-"), "\(booked.text)")
                let late = try await client.submit(book, Self.words, as: nil)
                #expect(late.status != 200 && !late.text.contains("YY-"))
                let mine = try await client.page("/visits/desk/\(slot.id)", as: town.an)
                #expect(mine.text.contains("3号楼2单元") && mine.text.contains("13000000000"))
                #expect(!mine.text.contains("查询码："))
                let english = try await client.page(
                    "/visits/desk?day=2026-07-09", as: town.an, language: .en)
                #expect(english.text.contains("1 of 1 booked"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func numberAndCodeOpenTheBookingAndTheVisitedConfirm(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            let agreement = try await town.agreed()
            let planned = try await town.planned(agreement, by: town.an, worker: town.bo)
            try await town.test.withSite { client in
                let wrong = try await open(client, planned, code: "AAAAA-AAAAA")
                #expect(wrong.answer.status == 409)
                let opened = try await open(client, planned)
                #expect(opened.answer.location == "/visits/status")
                #expect(!"\(opened.answer.headers)".contains(planned.secret))
                let early = try await client.page(
                    "/visits/status", headers: [.cookie: opened.cookie])
                #expect(early.text.contains("以后不用再来") && !early.text.contains("确认已上门"))
                #expect(!early.text.contains("bo的名字"))
                town.goToThursday()
                let again = try await open(client, planned)
                let bo = try await town.test.session(of: town.bo)
                let booking = try await town.booking(planned.id)
                let own = try await client.page("/visits/desk/\(booking.slot)", as: bo)
                #expect(own.text.contains("您是上门的人") && !own.text.contains("登记本人确认"))
                let kept = try await press(client, "kept", again.cookie)
                #expect(kept.status == 303, "\(kept.text)")
            }
            #expect(try await town.booking(planned.id).confirmed == .code)
        }
    }

    @Test(arguments: Engine.available)
    func hoursThatWereWithdrawnSaySoToWhoBooked(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            let slots = try await town.offered()
            let booked = try await town.booked(slots[0])
            try await town.test.withSite { client in
                let path = "/visits/desk/\(slots[0].id)"
                let form = path + "/withdraw"
                let silent = try await client.submit(path, [:], to: form, as: town.an)
                #expect(silent.status == 422)
                let done = try await client.submit(
                    path, ["reason": "临时开会", "all": "1"], to: form, as: town.an)
                #expect(done.status == 303, "\(done.text)")
                let opened = try await open(client, booked)
                let page = try await client.page(
                    "/visits/status", headers: [.cookie: opened.cookie])
                #expect(page.text.contains("单位已撤下") && !page.text.contains("临时开会"))
                let far = try await town.test.account(
                    "far", role: "community_clerk", unit: "410102001002")
                #expect(try await client.page(path, as: far).status == 404)
            }
            #expect(
                try await town.count(
                    "SELECT COUNT(*) FROM visit_slot WHERE state = 'withdrawn'") == 2)
        }
    }

    @Test(arguments: Engine.available)
    func hoursThatAreOverBecomeRecords(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            let saturday = town.thursday + 2
            let slot = try await town.offered("off_hours", on: [saturday], to: 570)[0]
            let booked = try await town.booked(slot)
            town.clock.advance(4 * 86_400_000)
            let an = try await town.test.session(of: town.an)
            try await town.test.withSite { client in
                let path = "/visits/desk/\(slot.id)"
                let end = "/visits/bookings/\(booked.id)/end"
                let came = try await client.submit(path, ["state": "kept"], to: end, as: an)
                #expect(came.status == 303, "\(came.text)")
                let closed = try await client.submit(path, [:], to: path + "/close", as: an)
                #expect(closed.status == 303, "\(closed.text)")
            }
            #expect(try await town.records("off_hours_service") == 1)
            #expect(try await town.records("appointment_hours") == 1)
            let july = "2026-07-01..2026-07-31"
            for name in ["off_hours_service.count", "appointment_hours.booked"] {
                let said = try await town.test.phrase(name, VisitDistrict.community, july)
                #expect(said.contains("1"), "\(name): \(said)")
            }
        }
    }
}
