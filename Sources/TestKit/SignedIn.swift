import Accounts
import App
import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import Organization
import Storage

/// Somebody who is signed in for a test, without the cost of a password.
package struct SignedIn: Sendable {
    package let id: Account.ID
    package let cookie: String

    package var actor: Actor { Actor(name: id.text, standing: .account) }

    /// The same in a browser that showed a form before: it has kept the cookie of its visit.
    package func inBrowser(_ visit: String) -> SignedIn {
        SignedIn(id: id, cookie: "\(cookie); visit=\(visit)")
    }
}

extension TestDistrict {
    /// Makes an account with a role in a unit, or an office, and opens a session for it. An office
    /// without a person is one of the demonstration's, as the schema has it.
    package func account(
        _ signIn: String, role: String? = nil, unit code: String = "410102",
        office: Office? = nil, person: Person.ID? = nil
    ) async throws -> SignedIn {
        let secret = freshSecret()
        let district = district
        let moment = district.now()
        let id = Account.ID.make()
        try await database.write { db in
            try AccountStore(db).insert(
                id, signIn: signIn, name: "\(signIn)的名字", person: person, office: office,
                isDemonstration: office != nil && person == nil, at: moment, by: Self.actor)
            if let role {
                let structure = try district.structure(db)
                guard let unit = structure.unit(code: code, on: moment.day) else {
                    throw Refusal.notFound
                }
                try GrantStore(db).insert(
                    account: id, role: role, unit: unit.unit, from: moment.day, until: nil,
                    at: moment, by: Self.actor)
            }
            try SessionStore(db).open(
                Session.digest(of: secret), account: id, device: "test", at: moment)
        }
        return SignedIn(id: id, cookie: "session=\(secret)")
    }

    /// Another session of somebody, as after signing in once more.
    package func session(of reader: SignedIn) async throws -> SignedIn {
        let secret = freshSecret()
        let moment = district.now()
        try await database.write { db in
            try SessionStore(db).open(
                Session.digest(of: secret), account: reader.id, device: "test", at: moment)
        }
        return SignedIn(id: reader.id, cookie: "session=\(secret)")
    }
}

/// What a page answered, as a test looks at it.
package struct PageAnswer: Sendable {
    package let status: Int
    package let text: String
    package let headers: HTTPFields

    package init(status: Int, text: String, headers: HTTPFields) {
        self.status = status
        self.text = text
        self.headers = headers
    }

    package var location: String? { headers[.location] }

    /// The hidden fields of the form that is sent to an address, by name.
    package func hidden(for action: String) -> [String: String] {
        let forms = text.components(separatedBy: "<form").dropFirst()
        let wanted = "action=\"\(action.replacing("&", with: "&amp;"))\""
        guard let form = forms.first(where: { $0.prefix { $0 != ">" }.contains(wanted) }) else {
            return [:]
        }
        let body = form.components(separatedBy: "</form>")[0]
        var fields: [String: String] = [:]
        for input in body.components(separatedBy: "<input").dropFirst() {
            let tag = input.prefix { $0 != ">" }
            guard tag.contains("type=\"hidden\""), let name = Self.value("name", tag) else {
                continue
            }
            fields[name] = Self.value("value", tag) ?? ""
        }
        return fields
    }

    private static func value(_ name: String, _ tag: Substring) -> String? {
        let parts = tag.components(separatedBy: " \(name)=\"")
        return parts.count > 1 ? parts[1].components(separatedBy: "\"")[0] : nil
    }
}

extension TestClientProtocol {
    /// Asks for a page, as somebody or as nobody.
    package func page(
        _ address: String, as reader: SignedIn? = nil, language: Language = .zh,
        headers: HTTPFields = [:]
    ) async throws -> PageAnswer {
        var headers = headers
        if let reader { headers[.cookie] = reader.cookie }
        headers[.acceptLanguage] = language.rawValue
        return try await execute(uri: address, method: .get, headers: headers) {
            PageAnswer(
                status: Int($0.status.code), text: String(buffer: $0.body), headers: $0.headers)
        }
    }

    /// Sends fields to an address, just as they are.
    package func send(
        _ address: String, _ fields: [(String, String)], as reader: SignedIn? = nil,
        language: Language = .zh, cookie: String? = nil
    ) async throws -> PageAnswer {
        var headers: HTTPFields = [
            .contentType: "application/x-www-form-urlencoded",
            .acceptLanguage: language.rawValue,
        ]
        headers[.cookie] = cookie ?? reader?.cookie
        let allowed = CharacterSet.alphanumerics
        let body = fields.map { name, value in
            "\(name.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")="
                + (value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")
        }.joined(separator: "&")
        return try await execute(
            uri: address, method: .post, headers: headers, body: ByteBuffer(string: body)
        ) {
            PageAnswer(
                status: Int($0.status.code), text: String(buffer: $0.body), headers: $0.headers)
        }
    }

    /// Opens a page, takes the hidden fields of its form, and sends it with these values.
    ///
    /// - Parameter action: where the form is sent; the page's own address unless given.
    package func submit(
        _ address: String, _ fields: [String: String], to action: String? = nil,
        as reader: SignedIn?, language: Language = .zh
    ) async throws -> PageAnswer {
        let page = try await page(address, as: reader, language: language)
        let path = action ?? address.components(separatedBy: "?")[0]
        let all = page.hidden(for: path).merging(fields) { $1 }
        // A visitor's forms are bound to a cookie that came with the page.
        let visit = page.headers[values: .setCookie].first { $0.hasPrefix("visit=") }
            .map { String($0.prefix { $0 != ";" }) }
        return try await send(
            path, all.map { ($0.key, $0.value) }, as: reader, language: language,
            cookie: reader == nil ? visit : nil)
    }
}

extension TestDistrict {
    /// The accounts of the district, with passwords that cost little.
    package var accounts: Accounts {
        Accounts(district, passwords: Passwords(cost: 4), isDemonstration: false)
    }

    /// What an account may do now.
    package func access(of id: Account.ID) async throws -> Access {
        let (accounts, day) = (accounts, district.now().day)
        return try await database.read { db in
            guard let account = try AccountStore(db).find(id) else { throw Refusal.notFound }
            return try accounts.access(of: account, on: day, db)
        }
    }
}
