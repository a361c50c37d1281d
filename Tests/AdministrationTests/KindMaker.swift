import App
import Catalogue
import Core
import Foundation
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

/// A small district in which an officer makes kinds on pages and the security administrator lets
/// them go.
struct KindMaker: Sendable {
    let district: TestDistrict
    let client: any TestClientProtocol
    let officer: SignedIn
    let colleague: SignedIn
    let security: SignedIn
    let clerk: SignedIn

    /// The kind that most tests make.
    static let planting = [
        "zh": "植树活动", "en": "Tree planting", "area": "premises", "shape": "event",
        "at": "community", "visibility": "public",
    ]

    static func with(
        _ engine: Engine, _ body: @escaping @Sendable (KindMaker) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.foundSmallDistrict()
            try await district.accept(Desks.persons, what: "persons")
            let officer = try await district.account("zu", role: "organization_officer")
            let colleague = try await district.account("tong", role: "organization_officer")
            let security = try await district.account("an", office: .security)
            let clerk = try await district.account(
                "li", role: "community_clerk", unit: "410102001001")
            try await district.withSite { client in
                try await body(
                    KindMaker(
                        district: district, client: client, officer: officer,
                        colleague: colleague, security: security, clerk: clerk))
            }
        }
    }

    /// Sends a form of the officer's that must be taken in; answers where it led.
    @discardableResult
    func done(_ address: String, _ fields: [String: String]) async throws -> String {
        let answer = try await client.submit(address, fields, as: officer)
        #expect(answer.status == 303, "\(address): \(answer.text)")
        return answer.location ?? ""
    }

    /// Begins a kind; answers its id.
    func begin(_ changes: [String: String] = [:]) async throws -> String {
        let location = try await done(
            "/admin/kinds/new", Self.planting.merging(changes) { $1 })
        return String(location.dropFirst("/admin/kinds/".count).prefix { $0 != "?" })
    }

    func add(_ field: [String: String], to id: String) async throws {
        try await done("/admin/kinds/\(id)/fields/new", field)
    }

    func sendAndRelease(_ id: String, from day: String = "2015-06-01") async throws {
        try await done("/admin/kinds/\(id)/sending", ["from": day])
        let answer = try await release(id)
        #expect(answer.status == 303, "\(answer.text)")
    }

    func release(_ id: String, _ fields: [String: String] = [:]) async throws -> PageAnswer {
        try await client.submit("/admin/kind-releases/\(id)", fields, as: security)
    }

    func file(_ part: String, _ id: String) -> String {
        "\(district.folder.catalogue)/\(part)/own_\(id).yaml"
    }

    /// The same district as the program finds it when it starts next.
    func restarted() throws -> TestDistrict {
        let old = district.district
        let catalogue = try Catalogue(
            folders: [TestDistrict.home.catalogue, district.folder.catalogue])
        let new = District(
            database: old.database, catalogue: catalogue, key: old.key, sealedKey: old.sealedKey,
            declared: old.declared, now: old.now, folders: old.folders)
        return TestDistrict(district: new, folder: district.folder)
    }

    func count(_ sql: SQL) async throws -> Int {
        try await district.database.read { try $0.value(sql, as: Int.self) ?? 0 }
    }
}
