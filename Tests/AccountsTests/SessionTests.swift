import Accounts
import Core
import Storage
import TestKit
import Testing

/// A form that takes its time: the password is weighed while the session may end.
@Suite struct SessionTests {
    @Test(arguments: Engine.available)
    func whoWasSignedOutWhileHisPasswordWasWeighedChangesNothing(on engine: Engine) async throws {
        let clock = TestClock()
        try await TestDistrict.with(engine, now: { clock.moment }) { district in
            let li = try await district.member("li", password: "一句好记的话不难")
            let wang = try await district.member("wang", password: "一句好记的话不难")
            let accounts = district.accounts
            let ended = Session.digest(of: "ended")
            let (mine, other) = (Session.digest(of: "mine"), Session.digest(of: "other"))
            let foreign = Session.digest(of: "foreign")
            try await district.database.write { db in
                for (digest, account) in [(mine, li), (other, li), (foreign, wang)] {
                    try SessionStore(db).open(
                        digest, account: account, device: "test", at: clock.moment)
                }
            }
            let old = try await password(of: li, district)
            for session in [ended, foreign, ""] {
                await #expect(throws: Refusal.self) {
                    try await district.database.write { db in
                        try accounts.changePassword("another", of: li, in: session, db)
                    }
                }
            }
            #expect(try await password(of: li, district) == old)
            #expect(try await sessions(of: li, district) == 2)

            try await district.database.write { db in
                try accounts.changePassword("another", of: li, in: mine, db)
            }
            #expect(try await password(of: li, district) == "another")
            #expect(try await sessions(of: li, district) == 1, "the other session ended")

            clock.advance(Session.idleMilliseconds)
            await #expect(throws: Refusal.self) {
                try await district.database.read { db in
                    try SessionStore(db).requireOpen(mine, of: li, at: clock.moment)
                }
            }
        }
    }

    private func password(of id: Account.ID, _ district: TestDistrict) async throws -> String? {
        try await district.database.read { try AccountStore($0).find(id)?.password }
    }

    private func sessions(of id: Account.ID, _ district: TestDistrict) async throws -> Int {
        try await district.database.read { try SessionStore($0).list(of: id).count }
    }
}
