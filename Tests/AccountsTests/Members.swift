import Accounts
import Core
import Hummingbird
import HummingbirdTesting
import Storage
import TestKit

extension TestDistrict {
    /// An account with a password of its own; an administrator is one of the demonstration's.
    @discardableResult
    func member(
        _ signIn: String, password: String, office: Office? = nil, isDemonstration: Bool = false
    ) async throws -> Account.ID {
        let kept = try await Passwords(cost: 4).keep(password)
        let moment = district.now()
        let id = Account.ID.make()
        try await database.write { db in
            let store = AccountStore(db)
            try store.insert(
                id, signIn: signIn, name: "\(signIn)的名字", person: nil, office: office,
                isDemonstration: isDemonstration || office != nil, at: moment, by: Self.actor)
            try store.setPassword(kept, of: id, at: moment)
        }
        return id
    }
}

extension PageAnswer {
    /// The value of a cookie that the answer sets.
    func cookie(_ name: String) -> String? {
        headers[values: .setCookie].first { $0.hasPrefix(name + "=") }
            .map { String($0.dropFirst(name.count + 1).prefix { $0 != ";" }) }
    }
}

extension TestClientProtocol {
    /// Fills in the form of name and password.
    func signIn(
        _ name: String, _ password: String, next: String? = nil, cookie: String? = nil
    ) async throws -> PageAnswer {
        var headers: HTTPFields = [:]
        headers[.cookie] = cookie
        let page = try await page(
            next.map { "/sign-in?next=\($0.addingEscapes)" } ?? "/sign-in", headers: headers)
        let visit = page.cookie("visit").map { "visit=\($0)" }
        let fields = page.hidden(for: "/sign-in")
            .merging(["name": name, "password": password]) { $1 }
        return try await send(
            "/sign-in", fields.map { ($0.key, $0.value) },
            cookie: [cookie, visit].compactMap { $0 }.joined(separator: "; "))
    }
}

extension String {
    fileprivate var addingEscapes: String {
        utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }
}
