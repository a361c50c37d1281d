import Accounts
import Core
import HummingbirdTesting
import Storage
import TestKit
import Testing

/// A small district with its three administrators and two who do the work, and its pages.
struct Desks: Sendable {
    let district: TestDistrict
    let client: any TestClientProtocol
    let system: SignedIn
    let security: SignedIn
    let auditor: SignedIn
    let clerk: SignedIn
    let secretary: SignedIn

    static let persons = """
        人员编号,姓名,单位
        T-1,王试甲,410102001
        T-2,王试甲,410102001
        T-3,<b>李</b>试乙,410102001001

        """

    static let pairs = """
        编号,起始日期,单位,家庭同意,帮扶党员,家庭代码
        D-1,2015-05-04,410102001001,是,T-1,H-1
        D-2,2015-05-04,410102001002,是,T-2,H-2

        """

    static func with(
        _ engine: Engine, clock: TestClock = TestClock(),
        _ body: @escaping @Sendable (Desks) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine, now: { clock.moment }) { district in
            try await district.foundSmallDistrict()
            try await district.accept(persons, what: "persons")
            try await district.accept(pairs, what: "aid_pair")
            let system = try await district.account("xi", office: .system)
            let security = try await district.account("an", office: .security)
            let auditor = try await district.account("shen", office: .audit)
            let clerk = try await district.account(
                "li", role: "community_clerk", unit: "410102001001")
            let secretary = try await district.account("wang", role: "reader", unit: "410102")
            try await district.withSite { client in
                try await body(
                    Desks(
                        district: district, client: client, system: system, security: security,
                        auditor: auditor, clerk: clerk, secretary: secretary))
            }
        }
    }

    func count(_ sql: SQL) async throws -> Int {
        try await district.database.read { try $0.value(sql, as: Int.self) ?? 0 }
    }

    func text(_ sql: SQL) async throws -> String {
        try await district.database.read { try $0.value(sql, as: String.self) ?? "" }
    }

    /// The identity of a person by number.
    func person(_ number: String) async throws -> String {
        try await text("SELECT id FROM person WHERE number = \(number)")
    }

    /// By what the one address is known that waits to be released.
    func waiting() async throws -> String {
        try await text("SELECT key_digest FROM access_key WHERE released_at IS NULL")
    }

    /// Deals with the one address that waits, through the page: releases it or refuses it.
    func release(refusing: Bool = false) async throws -> PageAnswer {
        let path = "/admin/releases/\(try await waiting())" + (refusing ? "/refusal" : "")
        return try await client.submit("/admin/releases", [:], to: path, as: security)
    }

    /// Puts an account on the list of a sealed kind, through its page.
    func list(_ signIn: String, on kind: String) async throws {
        let done = try await client.submit(
            "/admin/sealed/\(kind)", ["account": signIn, "from": "2015-07-01"], as: security)
        #expect(done.location == "/admin/sealed/\(kind)?done=name_listed")
    }
}
