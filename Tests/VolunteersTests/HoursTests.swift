import Core
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

struct HoursTests {
    @Test(arguments: Engine.available)
    func oneSideAloneConfirmsNothing(on engine: Engine) async throws {
        try await VolunteerTown.with(engine) { town in
            let need = try await town.state()
            try await town.join(need, town.helpers[0])
            let wrong = try await town.enter("0", need, town.persons[0])
            #expect(wrong.status == 422)
            let stranger = try await town.client.send(
                need + "/hours",
                try await town.client.page(need, as: town.first).hidden(for: need + "/hours")
                    .merging(["service_minutes": "90"]) { $1 }.map { ($0.key, $0.value) },
                as: town.second)
            #expect(stranger.status != 303)
            let said = try await town.enter("90", need, town.persons[0])
            #expect(said.location?.contains("volunteer_said") == true, "\(said.text)")
            #expect(try await town.counted("volunteer_service.count") != "1人次")
            let other = try await town.confirm("60", need, town.helpers[0])
            #expect(other.location?.contains("volunteer_said") == true)
            #expect(try await town.counted("volunteer_service.count") != "1人次")
            let same = try await town.confirm("90", need, town.helpers[0])
            #expect(same.location?.contains("volunteer_confirmed") == true, "\(same.text)")
            #expect(try await town.counted("volunteer_service.count") == "1人次")
        }
    }

    @Test(arguments: Engine.available)
    func aCorrectionTakesTheRecordBackAndBothBeginAgain(on engine: Engine) async throws {
        try await VolunteerTown.with(engine) { town in
            let need = try await town.serve()
            #expect(try await town.enter("90", need, town.persons[0]).status == 409)
            let corrected = try await town.enter("60", need, town.persons[0])
            #expect(corrected.location?.contains("volunteer_said") == true, "\(corrected.text)")
            #expect(try await town.counted("volunteer_service.count") != "1人次")
            // Back to what it was: the same words are no second deed.
            _ = try await town.enter("90", need, town.persons[0])
            let done = try await town.confirm("90", need, town.helpers[0])
            #expect(done.location?.contains("volunteer_confirmed") == true, "\(done.text)")
            #expect(try await town.counted("volunteer_service.count") == "1人次")
        }
    }

    @Test(arguments: Engine.available)
    func whatIsVoidedInTheLedgerIsConfirmedNoLonger(on engine: Engine) async throws {
        try await VolunteerTown.with(engine) { town in
            let need = try await town.serve()
            let record = try #require(
                try await town.test.database.read { db in
                    try db.value(
                        "SELECT record_id FROM volunteer_sign_up", as: ID<Record>.self)
                })
            _ = try await town.test.district.reverse(
                record, because: "登记有误", by: TestDistrict.actor)
            let page = try await town.client.page("/my/service", as: town.helpers[0])
            #expect(!page.text.contains("双方已确认</span>"))
            #expect(
                try await town.client.page("/my/service/certificate", as: town.helpers[0]).status
                    == 404)
            let said = try await town.confirm("90", need, town.helpers[0])
            #expect(said.location?.contains("volunteer_said") == true, "both begin again")
        }
    }

    @Test(arguments: Engine.available)
    func nobodyEntersTheirOwnHoursAsOrganizer(on engine: Engine) async throws {
        try await VolunteerTown.with(engine) { town in
            let both = try await town.test.account(
                "both", role: "community_clerk", unit: "410102001001", person: town.persons[1])
            let need = try await town.state()
            try await town.join(need, both)
            let page = try await town.client.page(need, as: town.first)
            let form = page.hidden(for: need + "/hours").merging(["service_minutes": "90"]) { $1 }
            let own = try await town.client.page(need, as: both)
            #expect(own.hidden(for: need + "/hours").isEmpty)
            let key = own.hidden(for: need + "/end").filter { $0.key == "_key" }
            let sent = try await town.client.send(
                need + "/hours", form.merging(key) { $1 }.map { ($0.key, $0.value) }, as: both)
            #expect(sent.status != 303)
            #expect(try await town.counted("volunteer_service.count") != "1人次")
        }
    }

    /// Duty: no totals of persons on boards. What hours come to stands on one's own page.
    @Test(arguments: Engine.available)
    func nobodyElseReadsWhatSomebodysHoursComeTo(on engine: Engine) async throws {
        try await VolunteerTown.with(engine) { town in
            let need = try await town.serve("清扫楼道")
            _ = try await town.serve("擦洗宣传栏")
            // Somebody else serves too, so that the unit comes to something else.
            try await town.join(need, town.helpers[1])
            _ = try await town.enter("30", need, town.persons[1])
            _ = try await town.confirm("30", need, town.helpers[1])
            let mine = try await town.client.page("/my/service", as: town.helpers[0])
            #expect(mine.text.contains("共2次，180分钟"), "\(mine.text)")
            let street = try await town.test.account("jie", role: "street_staff", unit: "410102001")
            for reader in [nil, town.first, town.second, street, town.helpers[1]] {
                for address in [
                    "/volunteers", need, "/my/service", "/desk", "/kinds/volunteer_service",
                    "/figures/volunteer_service.hours?unit=410102001001&period=2015",
                    "/figures/volunteer_service.count?unit=410102001001&period=2015",
                    "/records?kind=volunteer_service",
                ] {
                    let text = try await town.client.page(address, as: reader).text
                    #expect(!text.contains("180分钟") && !text.contains("共2次"), "\(address)")
                    if reader == nil || reader?.id == town.helpers[1].id {
                        #expect(!text.contains("志愿者1"), "\(address)")
                    }
                }
            }
            // The copy of a certificate is of whoever asks for it.
            for part in ["", ".txt", ".pdf"] {
                let address = "/my/service/certificate" + part
                #expect(try await town.client.page(address, as: town.first).status == 404)
            }
        }
    }
}
