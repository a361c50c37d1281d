import Accounts
import App
import Core
import Hummingbird
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

/// Somebody who may write to the database and has no key gains no right by it.
struct ForgeryTests {
    @Test(arguments: Engine.available)
    func aSessionThatWasWrittenByHandIsNone(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let li = try await test.account("li", role: "community_clerk")
            let wang = try await test.account("wang")
            let secret = freshSecret()
            let digest = Session.digest(of: secret)
            try await test.database.write { db in
                try db.execute(
                    """
                    INSERT INTO session (id_digest, account_id, opened_at, seen_at, ends_at, device,
                        mark)
                    SELECT \(digest), account_id, opened_at, seen_at, ends_at, device, mark
                    FROM session WHERE account_id = \(li.id)
                    """)
            }
            try await test.withSite { client in
                #expect(try await client.page("/my", as: li).status == 200)
                let forged = try await client.page(
                    "/my", headers: [.cookie: "session=\(secret)"])
                #expect(forged.status == 303)
                // One's own session given to somebody else's account ends with it.
                #expect(try await client.page("/my", as: wang).status == 200)
                try await test.database.write { db in
                    try db.execute(
                        """
                        UPDATE session SET account_id = \(li.id) WHERE account_id = \(wang.id)
                        """)
                }
                #expect(try await client.page("/my", as: wang).status == 303)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aGrantAndANameThatWereWrittenByHandGiveNothing(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let li = try await test.account("li")
            let wang = try await test.account("wang", role: "organization_officer")
            try await test.database.write { db in
                try db.execute(
                    """
                    INSERT INTO role_grant (id, account_id, role, unit_id, from_on, granted_at,
                        granted_by, mark)
                    SELECT 'x', \(li.id), role, unit_id, from_on, granted_at, granted_by, mark
                    FROM role_grant WHERE account_id = \(wang.id)
                    """)
                try db.execute(
                    """
                    INSERT INTO sealed_name (id, kind, account_id, from_on, listed_at, listed_by)
                    VALUES ('x', 'aid', \(wang.id), '2015-01-01', 1, 'x')
                    """)
                _ = try GrantStore(db).list(
                    wang.id, on: "mediation", from: Day(2015, 1, 1)!, until: nil,
                    at: TestDistrict.moment, by: TestDistrict.actor)
            }
            #expect(try await test.access(of: li.id).holdings.isEmpty)
            #expect(try await test.access(of: wang.id).sealedKinds == ["mediation"])
        }
    }

    @Test(arguments: Engine.available)
    func aKeyToAPasswordThatWasWrittenByHandOpensNothing(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let li = try await test.account("li")
            let secret = freshSecret()
            let digest = Fingerprint(["access_key", "reset", secret]).text
            let isUsed = try await test.database.write { db in
                try db.execute(
                    """
                    INSERT INTO access_key (key_digest, purpose, account_id, made_at, made_by,
                        ends_at, released_at, released_by)
                    VALUES (\(digest), 'reset', \(li.id), 1, 'x', 9000000000000, 1, 'x')
                    """)
                return try AccessKeyStore(db).use(secret, for: .reset, at: TestDistrict.moment)
            }
            #expect(!isUsed)
        }
    }
}
